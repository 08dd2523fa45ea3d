import { sql } from "kysely";
import type { TeamId, UserId } from "#src/domain/person.ts";
import type { CountedIncident } from "#src/domain/stats.ts";
import type { Database } from "./open.ts";
import { fromJsonRow, type JsonRow } from "./rows.ts";

/**
 * What is counted of a team's incidents, declared at or after `since` (null: all): drills, cancelled ones
 * and those taken away left out, private ones only for those in their channel. One statement.
 */
export async function listCountedIncidents(
  db: Database,
  teamId: TeamId,
  viewer: UserId,
  since: Date | null,
): Promise<CountedIncident[]> {
  const { rows } = await sql<{ counted: JsonRow }>`
    select jsonb_build_object('incident_id', i.id, 'status', i.status, 'onset_at', i.onset_at,
        'noticed_at', i.noticed_at, 'declared_at', i.declared_at, 'diagnosed_at', i.diagnosed_at,
        'first_layer', first.layer,
        'first_broke_first', (select coalesce(jsonb_agg(distinct v.layer), '[]') from verdict v
          where v.incident_id = i.id and v.is_current and v.verdict = 'proximate'
            and v.strand_number = first.strand_number),
        'broke_first', (select coalesce(jsonb_agg(b.layer), '[]') from (
          select distinct v.strand_number, v.layer from verdict v
          where v.incident_id = i.id and v.is_current and v.verdict = 'proximate') b),
        'strands', (select count(*) from strand s where s.incident_id = i.id),
        'unattributed', (select count(*) from strand s where s.incident_id = i.id
          and not exists (select from verdict v where v.incident_id = i.id and v.is_current
            and v.verdict = 'proximate' and v.strand_number = s.number)),
        'refused_claims', (select count(*) from refusal r
          where r.incident_id = i.id and r.attempted = 'set-verdict')) as counted
    from incident i
    left join lateral (select h.layer, h.strand_number from hypothesis h
      where h.incident_id = i.id order by h.raised_at, h.number limit 1) first on true
    where i.team_id = ${teamId} and not i.is_drill and i.status <> 'cancelled'
      and i.hidden_at is null
      and (${since}::timestamptz is null or i.declared_at >= ${since})
      and (not i.is_private or exists (select from channel_member m
        where m.incident_id = i.id and m.user_id = ${viewer}))`.execute(db);
  return rows.map(({ counted }) => fromJsonRow(counted) as CountedIncident);
}
