import { sql } from "kysely";
import type { Incident, IncidentId, LayerOwner } from "#src/domain/incident.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import type { Strand } from "#src/domain/strand.ts";
import type { Outcome } from "#src/domain/decision.ts";
import type { Trx } from "./open.ts";
import { runInOneStatement } from "./rows.ts";

/**
 * The next incident number of a team, and a row id. The counter's row stays locked until the
 * transaction ends, and a number whose transaction fails is given again: numbers have no gaps.
 */
export async function takeIncidentNumber(
  trx: Trx,
  teamId: TeamId,
): Promise<{ incidentId: IncidentId; number: number }> {
  const result = await sql<{ incidentId: number; number: number }>`
    insert into incident_counter (team_id, last_number) values (${teamId}, 1)
    on conflict (team_id) do update set last_number = incident_counter.last_number + 1
    returning last_number as number, nextval(pg_get_serial_sequence('incident', 'id'))::integer as incident_id
  `.execute(trx);
  const row = result.rows[0]!;
  return { incidentId: row.incidentId as IncidentId, number: row.number };
}

/** Writes a new incident with its owners and its first strand, in one statement. */
export async function insertIncident(
  trx: Trx,
  incident: Incident,
  owners: LayerOwner[],
  strand: Strand,
): Promise<void> {
  const incidentId = incident.id;
  const writes = [
    trx.insertInto("incident").values(incident),
    trx.insertInto("strand").values({ ...strand, incidentId, slice: JSON.stringify(strand.slice) }),
    ...(owners.length > 0
      ? [trx.insertInto("incidentOwner").values(owners.map((owner) => ({ ...owner, incidentId })))]
      : []),
  ];
  await runInOneStatement(trx, writes);
}

/**
 * Writes down that this request is being answered. Returns undefined where it is new; where it was
 * accepted before, what was answered. Waits for another transaction that holds the same key.
 */
export async function beginRequest(
  trx: Trx,
  request: { key: string; teamId: TeamId; userId: UserId },
): Promise<Outcome | undefined> {
  const inserted = await trx
    .insertInto("request")
    .values(request)
    .onConflict((conflict) => conflict.column("key").doNothing())
    .returning("key")
    .executeTakeFirst();
  if (inserted) return undefined;
  const seen = await trx
    .selectFrom("request")
    .select("outcome")
    .where("key", "=", request.key)
    .executeTakeFirst();
  return (seen?.outcome as Outcome | null) ?? undefined;
}
