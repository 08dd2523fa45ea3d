import { type RawBuilder, sql } from "kysely";
import type { IncidentId } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { TeamId } from "#src/domain/person.ts";
import type { OtherIncident } from "#src/domain/similar.ts";
import type { Database, Trx } from "./open.ts";
import { fromJsonRow, type JsonRow } from "./rows.ts";

/**
 * The incidents of these ids that may be shown in another one's channel, by id: of this team, not
 * cancelled, not taken away, not private.
 */
export async function findOtherIncidents(
  db: Database | Trx,
  teamId: TeamId,
  ids: readonly IncidentId[],
): Promise<Map<IncidentId, OtherIncident>> {
  if (ids.length === 0) return new Map();
  const others = await read(db, teamId, sql`i.id = any (${[...ids]}::integer[])`);
  return new Map(others.map((other) => [other.id, other]));
}

/** The incident of this number that may be shown in another one's channel; undefined where there is none such. */
export async function findOtherByNumber(
  db: Database | Trx,
  teamId: TeamId,
  number: number,
): Promise<OtherIncident | undefined> {
  const [other] = await read(db, teamId, sql`i.number = ${number}`);
  return other;
}

/** Whether an incident was found to look like another one, or linked with it, in its own channel. */
export async function isShownAsSimilar(
  db: Database | Trx,
  incidentId: IncidentId,
  otherId: IncidentId,
): Promise<boolean> {
  const row = await db
    .selectFrom("similarIncident")
    .select("state")
    .where("incidentId", "=", incidentId)
    .where("otherId", "=", otherId)
    .executeTakeFirst();
  return row !== undefined;
}

async function read(
  db: Database | Trx,
  teamId: TeamId,
  which: RawBuilder<unknown>,
): Promise<OtherIncident[]> {
  // every action counts as open until the incident has learned: nothing tells of a single one being done
  const { rows } = await sql<{ other: JsonRow }>`
    select jsonb_build_object('id', i.id, 'number', i.number, 'title', i.title,
        'is_drill', i.is_drill, 'status', i.status, 'phase', i.phase, 'closed_as', i.closed_as,
        'closed_at', i.closed_at, 'declared_at', i.declared_at, 'channel_id', i.channel_id,
        'postmortem_url', i.postmortem_url,
        'broke_first', (select coalesce(jsonb_agg(distinct v.layer), '[]') from verdict v
          where v.incident_id = i.id and v.is_current and v.verdict = 'proximate'),
        'open_actions', (select coalesce(jsonb_agg(jsonb_build_object('number', a.number,
            'title', a.title, 'owner', a.owner, 'dueOn', a.due_on, 'issueUrl', a.issue_url)
            order by a.number), '[]')
          from corrective_action a where a.incident_id = i.id and i.status <> 'learned')) as other
    from incident i
    where i.team_id = ${teamId} and i.status <> 'cancelled' and i.hidden_at is null
      and not i.is_private and ${which}`.execute(db);
  return rows.map(({ other }) => {
    const incident = fromJsonRow(other) as OtherIncident;
    const brokeFirst = layerIds.filter((layer) => incident.brokeFirst.includes(layer));
    return { ...incident, brokeFirst };
  });
}
