import { type Kysely, sql } from "kysely";

// Attribution: what the figures of an item say, verdicts with a reason and a locus, suggested splits and
// how they were answered, a strand's failure type where a person set it. Additive.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table verdict
      -- R5: why no decisive item can be had, where it rests on two supporting ones
      add column reason text,
      -- where the layer broke: ours, or the provider's
      add column locus text not null default 'ours';

    alter table strand
      -- B13.9: follows what broke first until a person sets it
      add column failure_type text,
      add column failure_type_by text;

    -- R10: what was said to a suggestion to split a strand
    create table split_answer (
      incident_id integer not null references incident (id),
      number integer not null,
      strand_number integer not null,
      -- the items that differed
      evidence_numbers integer[] not null,
      is_accepted boolean not null,
      -- the strands that were added
      new_strands integer[] not null default '{}',
      why text,
      author text not null,
      recorded_at timestamptz not null,
      primary key (incident_id, number)
    );

    -- what somebody believed was the cause, as it was first written down
    create table hypothesis (
      incident_id integer not null references incident (id),
      number integer not null,
      strand_number integer not null,
      layer text not null,
      statement text,
      -- it was claimed as a verdict, and not written down by itself
      is_claim boolean not null,
      author text not null,
      raised_at timestamptz not null,
      primary key (incident_id, number)
    );

    -- R13: earlier incidents that look like this one, and what people made of it
    create table similar_incident (
      incident_id integer not null references incident (id),
      other_id integer not null references incident (id),
      -- what they have in common: 'mechanism', 'layer_and_symptom', 'golden'
      reasons text[] not null,
      -- 'shown', 'linked', 'reopened' (the other one), 'dismissed'
      state text not null,
      found_at timestamptz not null,
      decided_by text,
      decided_at timestamptz,
      primary key (incident_id, other_id)
    );
  `.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop table similar_incident;
    drop table hypothesis;
    drop table split_answer;
    alter table strand drop column failure_type, drop column failure_type_by;
    alter table verdict drop column reason, drop column locus;
  `.execute(db);
}
