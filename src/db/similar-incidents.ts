import { sql } from "kysely";
import type { IncidentId } from "#src/domain/incident.ts";
import { commonWords, type TextPair } from "#src/domain/recurrence.ts";
import type { Database } from "./open.ts";

/** How many incidents are compared word by word, of those that the search finds. */
const comparedAtMost = 40;

/**
 * R13: the texts of this incident beside those of the team's other incidents that share words with it, in
 * any pair that can mean something. Left out: cancelled ones, drills taken away, a drill beside an
 * incident, private ones (nobody outside may learn of them, and members differ), and those in whose
 * channel this one was shown already. Found by full text and by trigrams.
 */
export async function listTextPairs(db: Database, incidentId: IncidentId): Promise<TextPair[]> {
  return db.transaction().execute(async (trx) => {
    // nobody waits for it, and thousands of incidents take longer than a person would
    await sql`set local statement_timeout = '10s'`.execute(trx);
    const { rows } = await textPairs(incidentId).execute(trx);
    return rows;
  });
}

/** One statement: who shares words, then the texts of the likeliest. */
function textPairs(incidentId: IncidentId) {
  return sql<TextPair>`
    with own as (select id, team_id, is_drill from incident where id = ${incidentId}),
    mine as (
      select kind, layers, text, to_tsvector('english', text) as words
      from incident_text where incident_id = ${incidentId}
    ),
    question as (
      select string_agg(distinct
        '''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || '''', ' | ')::tsquery as query
      from mine, unnest(tsvector_to_array(mine.words)) as word
      where word <> all (${[...commonWords]}::text[])
    ),
    hit as (
      select i.id as incident_id, ts_rank(to_tsvector('english', i.title || ' ' || coalesce(i.user_impact, '')), query) as rank
        from incident i, question
        where to_tsvector('english', i.title || ' ' || coalesce(i.user_impact, '')) @@ query
      union all
      select s.incident_id, ts_rank(to_tsvector('english', s.name || ' ' || coalesce(s.symptom, '')), query)
        from strand s, question
        where to_tsvector('english', s.name || ' ' || coalesce(s.symptom, '')) @@ query
      union all
      select v.incident_id, ts_rank(to_tsvector('english', v.contribution), query)
        from verdict v, question
        where v.is_current and v.contribution is not null
          and to_tsvector('english', v.contribution) @@ query
      union all
      select i.id, similarity(i.title, ours.title) from incident i, own, incident ours
        where ours.id = own.id and i.title % ours.title
      union all
      select g.incident_id, 1 from golden g, mine where word_similarity(g.input, mine.text) > 0.8
    ),
    candidate as (
      select o.id from hit join incident o on o.id = hit.incident_id, own
      where o.id <> own.id and o.team_id = own.team_id and o.is_drill = own.is_drill
        and o.status <> 'cancelled' and o.hidden_at is null and not o.is_private
        and not exists (select from similar_incident s
          where s.incident_id = o.id and s.other_id = own.id)
      group by o.id order by max(hit.rank) desc, o.id desc limit ${comparedAtMost}
    )
    select t.incident_id as "otherId", mine.kind as "ourKind", t.kind as "theirKind",
      mine.layers as "ourLayers", t.layers as "theirLayers",
      tsvector_to_array(mine.words) as "ourWords",
      tsvector_to_array(to_tsvector('english', t.text)) as "theirWords",
      similarity(mine.text, t.text) as trigrams, word_similarity(t.text, mine.text) as contained
    from candidate join incident_text t on t.incident_id = candidate.id, mine
    where mine.kind <> 'golden' or t.kind = 'golden'`;
}
