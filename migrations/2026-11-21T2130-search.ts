import { type Kysely, sql } from "kysely";

// Recurrence (R13): what is compared of two incidents, and the indexes that find it. Additive.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists pg_trgm`.execute(db).catch((cause: unknown) => {
    throw new Error(
      "earlier incidents are found with PostgreSQL's own extension pg_trgm, and this user may not create it, or the server lacks it. Have an administrator run “create extension pg_trgm” in this database (packages postgresql-contrib), then start again.",
      { cause },
    );
  });
  await sql`
    create index incident_words on incident
      using gin (to_tsvector('english', title || ' ' || coalesce(user_impact, '')));
    create index incident_title_trigrams on incident using gin (title gin_trgm_ops);
    create index strand_words on strand
      using gin (to_tsvector('english', name || ' ' || coalesce(symptom, '')));
    create index verdict_words on verdict
      using gin (to_tsvector('english', contribution)) where is_current and contribution is not null;

    -- one row for each text by which an incident is known again, with what broke first there
    create view incident_text as
      select i.id as incident_id, 'symptom' as kind, null::integer as number,
        array(select distinct v.layer from verdict v
          where v.incident_id = i.id and v.is_current and v.verdict = 'proximate') as layers,
        i.title || coalesce('. ' || i.user_impact, '') as text
      from incident i
      union all
      select s.incident_id, 'symptom', s.number,
        array(select distinct v.layer from verdict v where v.incident_id = s.incident_id
          and v.strand_number = s.number and v.is_current and v.verdict = 'proximate'),
        s.name || coalesce('. ' || s.symptom, '')
      from strand s
      union all
      -- what the layer that broke first did
      select v.incident_id, 'mechanism', v.strand_number, array[v.layer], v.contribution
      from verdict v
      where v.is_current and v.contribution is not null
        and exists (select from verdict first where first.incident_id = v.incident_id
          and first.strand_number = v.strand_number and first.layer = v.layer
          and first.is_current and first.verdict = 'proximate')
      union all
      select g.incident_id, 'golden', g.number, '{}', g.input from golden g;
  `.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  // the extension stays: it may have been there before
  await sql`
    drop view incident_text;
    drop index verdict_words, strand_words, incident_title_trigrams, incident_words;
  `.execute(db);
}
