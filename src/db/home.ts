import { type RawBuilder, sql } from "kysely";
import type { Home, HomeIncident, Some } from "#src/domain/home.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import type { Database } from "./open.ts";

/** How much of each list is read: Home shows no more, and counts the rest. */
const readAtMost = { answers: 8, levers: 5, actions: 8, incidents: 10, services: 10 };

/** The columns that a line about an incident needs. */
const incidentColumns = sql`i.id, i.number, i.title, i.severity, i.is_severity_unsure, i.status, i.phase,
  i.closed_as, i.is_drill, i.channel_id, i.channel_name, i.coordinator`;

/**
 * What the Home of this person shows: five statements, however much there is. Answers and levers are
 * those that `wantedOf` names.
 */
export async function readHome(db: Database, teamId: TeamId, userId: UserId): Promise<Home> {
  const [answers, levers, actions, incidents, services] = await Promise.all([
    readAnswers(db, teamId, userId),
    readLevers(db, teamId, userId),
    readActions(db, teamId, userId),
    readIncidents(db, teamId, userId),
    readServices(db, teamId, userId),
  ]);
  return { answers, levers, actions, incidents, services };
}

/** A row of one of the statements below, with the count of all that there are. */
type Counted<Row> = Row & { total: string };

async function readAnswers(db: Database, teamId: TeamId, userId: UserId): Promise<Home["answers"]> {
  const rows = await run<HomeIncident & { layers: LayerId[] }>(
    db,
    sql`select ${incidentColumns}, array_agg(o.layer) as layers, count(*) over () as total
      from incident i join incident_owner o on o.incident_id = i.id
      where i.team_id = ${teamId} and i.status = 'open' and i.hidden_at is null
        and (coalesce(o.taken_by, o.user_id) = ${userId}
          or (o.stand_in_user_id = ${userId} and o.reminded_at is not null
            and not exists (select from reminder r
              where r.incident_id = i.id and r.fired_at is null and r.key = 'answer-late:' || o.layer
                and r.payload->>'step' in ('owner', 'stand-in'))))
        and exists (select from strand s
          where s.incident_id = i.id and not exists (select from answer a
            where a.incident_id = i.id and a.layer = o.layer and a.is_current
              and (a.strand_numbers is null or s.number = any (a.strand_numbers))))
      group by i.id order by i.severity, i.number desc limit ${readAtMost.answers}`,
  );
  return some(rows, (row) => ({ incident: row, layers: inOrder(row.layers) }));
}

async function readLevers(db: Database, teamId: TeamId, userId: UserId): Promise<Home["levers"]> {
  type Row = HomeIncident & Omit<Home["levers"]["first"][number], "incident" | "number">;
  const rows = await run<Row & { leverNumber: number }>(
    db,
    sql`select ${incidentColumns}, l.number as lever_number, l.lever, l.own_words,
        count(*) over () as total
      from incident i join lever_use l on l.incident_id = i.id
      where i.team_id = ${teamId} and i.status = 'open' and i.hidden_at is null
        and l.ended_at is null
        and (i.severity not in ('SEV1', 'SEV2') or l.recorder <> ${userId})
        and ((l.authorizer = ${userId} and l.state = 'claimed')
          or (l.second_authorizer = ${userId} and l.second_state = 'claimed'))
      order by l.started_at limit ${readAtMost.levers}`,
  );
  return some(rows, (row) => ({
    incident: row,
    number: row.leverNumber,
    lever: row.lever,
    ownWords: row.ownWords,
  }));
}

async function readActions(db: Database, teamId: TeamId, userId: UserId): Promise<Home["actions"]> {
  interface Row extends HomeIncident {
    actionNumber: number;
    actionTitle: string;
    dueOn: string;
    issueUrl: string | null;
  }
  const rows = await run<Row>(
    db,
    sql`select ${incidentColumns}, c.number as action_number, c.title as action_title,
        to_char(c.due_on, 'YYYY-MM-DD') as due_on, c.issue_url, count(*) over () as total
      from incident i join corrective_action c on c.incident_id = i.id
      where i.team_id = ${teamId} and i.status in ('open', 'closed') and i.hidden_at is null
        and not i.is_drill and c.owner = ${userId}
      order by c.due_on, i.number, c.number limit ${readAtMost.actions}`,
  );
  return some(rows, (row) => ({
    incident: row,
    number: row.actionNumber,
    title: row.actionTitle,
    dueOn: row.dueOn,
    issueUrl: row.issueUrl,
  }));
}

async function readIncidents(
  db: Database,
  teamId: TeamId,
  userId: UserId,
): Promise<Home["incidents"]> {
  const rows = await run<HomeIncident & { isMine: boolean }>(
    db,
    sql`with seen as (
        select i.*,
          ${userId} in (i.declared_by, i.coordinator, i.postmortem_driver,
            coalesce(i.communications, ''), coalesce(i.scribe, ''))
          or exists (select from incident_owner o
            where o.incident_id = i.id and ${userId} in (o.user_id, o.taken_by)) as is_mine,
          exists (select from channel_member m
            where m.incident_id = i.id and m.user_id = ${userId}) as is_member
        from incident i
        where i.team_id = ${teamId} and i.status = 'open' and i.hidden_at is null)
      select ${incidentColumns}, coalesce(i.is_mine, false) as is_mine, count(*) over () as total
      from seen i
      where (not i.is_private or i.is_mine or i.is_member) and (not i.is_drill or i.is_mine or i.is_member)
      order by coalesce(i.is_mine, false) desc, i.number desc limit ${readAtMost.incidents}`,
  );
  return some(rows, (row) => row);
}

async function readServices(
  db: Database,
  teamId: TeamId,
  userId: UserId,
): Promise<Home["services"]> {
  const rows = await run<{ name: string; owns: LayerId[] | null; standsIn: LayerId[] | null }>(
    db,
    sql`select service_name as name, count(*) over () as total,
        array_agg(layer) filter (where user_id = ${userId}) as owns,
        array_agg(layer) filter (where stand_in_user_id = ${userId}) as stands_in
      from service_owner
      where team_id = ${teamId} and ${userId} in (user_id, stand_in_user_id)
      group by service_name order by service_name limit ${readAtMost.services}`,
  );
  return some(rows, ({ name, owns, standsIn }) => ({
    name,
    owns: inOrder(owns ?? []),
    standsIn: inOrder(standsIn ?? []),
  }));
}

async function run<Row>(db: Database, query: RawBuilder<unknown>): Promise<Counted<Row>[]> {
  const { rows } = await query.execute(db);
  return rows as Counted<Row>[];
}

function some<Row, Item>(rows: Counted<Row>[], item: (row: Row) => Item): Some<Item> {
  return { first: rows.map(item), total: Number(rows[0]?.total ?? 0) };
}

function inOrder(layers: readonly LayerId[]): LayerId[] {
  return layerIds.filter((layer) => layers.includes(layer));
}
