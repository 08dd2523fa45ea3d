import { sql } from "kysely";
import type { Trx } from "./open.ts";

/**
 * Takes the kept text out of the traces of incidents that ended before this time, and says so in them;
 * names, lengths and hashes stay. Gives how many items of evidence it was taken out of.
 */
export async function dropOldExhibits(trx: Trx, before: Date): Promise<number> {
  // under the incident's lock, as every change of what it holds: one that is being reopened is waited for
  const result = await sql`
    with ended as (
      select id from incident
      where status <> 'open' and closed_at < ${before}
        and exists (
          select from evidence_item
          where incident_id = incident.id and data #>> '{trace,text}' = 'kept'
        )
      for no key update
    )
    update evidence_item
    set data = jsonb_set(
      jsonb_set(data, '{trace,text}', '"dropped"'),
      '{trace,hops}',
      (
        select coalesce(jsonb_agg(
          jsonb_set(hop, '{content}', (
            select coalesce(jsonb_agg(content - 'text' order by place), '[]')
            from jsonb_array_elements(hop -> 'content') with ordinality as held (content, place)
          )) order by number), '[]')
        from jsonb_array_elements(data #> '{trace,hops}') with ordinality as hops (hop, number)
      )
    )
    from ended
    where evidence_item.incident_id = ended.id and data #>> '{trace,text}' = 'kept'
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}
