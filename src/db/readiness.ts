import { sql } from "kysely";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { ChangeSourceMark } from "#src/domain/ledger/ledger.ts";
import type { ReadinessFacts, ReadinessPin } from "#src/domain/ledger/readiness.ts";
import type { TeamId } from "#src/domain/person.ts";
import { findGoldenRuns } from "./golden-runs.ts";
import type { Database } from "./open.ts";

/**
 * What the ledger has of a service: `names` are those under which machines know it (`ledgerNamesOf`);
 * what was declared or marked for every service counts for it too. Five statements, each by an index.
 */
export async function findReadinessFacts(
  db: Database,
  { teamId, service, names }: { teamId: TeamId; service: string; names: readonly string[] },
): Promise<ReadinessFacts> {
  const [telemetry, pins, declared, marks, runs] = await Promise.all([
    findTelemetry(db, teamId, names),
    listPins(db, teamId, names),
    countDeclared(db, teamId, names),
    listMarks(db, teamId, names),
    findGoldenRuns(db, { teamId, names }),
  ]);
  return { service, telemetry, pins, declared, marks, ...runs };
}

async function findTelemetry(
  db: Database,
  teamId: TeamId,
  names: readonly string[],
): Promise<ReadinessFacts["telemetry"]> {
  const row = await db
    .selectFrom("ledgerService")
    .select((eb) => [
      eb.fn.sum<string>("requestCount").as("requests"),
      eb.fn.min("firstSeenAt").as("firstSeenAt"),
      eb.fn.max("lastSeenAt").as("lastSeenAt"),
    ])
    .where("teamId", "=", teamId)
    .where("service", "in", names)
    .executeTakeFirstOrThrow();
  const { firstSeenAt, lastSeenAt } = row;
  if (firstSeenAt === null || lastSeenAt === null) return null;
  return { requests: Number(row.requests), firstSeenAt, lastSeenAt };
}

/** Each pin with its newest value; where several names of the service have it, the one that was seen last. */
async function listPins(
  db: Database,
  teamId: TeamId,
  names: readonly string[],
): Promise<ReadinessPin[]> {
  const { rows } = await sql<ReadinessPin>`
    select distinct on (p.layer, p.pin) p.layer, p.pin, p.last_seen_at, p.request_count as requests,
      p.value_count as values, p.overflow_count as overflow, newest.value, newest.is_derived
    from pin p
    cross join lateral (select i.value, i.is_derived from pin_interval i
      where i.pin_id = p.id order by i.last_seen_at desc limit 1) newest
    where p.team_id = ${teamId} and p.service = any(${names})
    order by p.layer, p.pin, p.last_seen_at desc`.execute(db);
  return rows;
}

async function countDeclared(
  db: Database,
  teamId: TeamId,
  names: readonly string[],
): Promise<ReadinessFacts["declared"]> {
  const rows = await db
    .selectFrom("declaredChange")
    .select((eb) => ["layer", eb.fn.countAll<string>().as("count"), eb.fn.max("at").as("newestAt")])
    .where("teamId", "=", teamId)
    .where((eb) => eb.or([eb("service", "in", names), eb("service", "is", null)]))
    .groupBy("layer")
    .execute();
  return rows.map(({ layer, count, newestAt }) => ({
    layer: layer as LayerId,
    count: Number(count),
    newestAt,
  }));
}

/** Of each layer the mark that reaches furthest. */
async function listMarks(
  db: Database,
  teamId: TeamId,
  names: readonly string[],
): Promise<ChangeSourceMark[]> {
  const rows = await db
    .selectFrom("changeSourceMark")
    .distinctOn("layer")
    .select(["service", "layer", "fromAt", "toAt", "source", "markedBy", "markedAt"])
    .where("teamId", "=", teamId)
    .where((eb) => eb.or([eb("service", "in", names), eb("service", "is", null)]))
    .orderBy("layer")
    .orderBy("toAt", "desc")
    .execute();
  return rows.map(({ layer, fromAt, toAt, ...mark }) => ({
    ...mark,
    layer: layer as LayerId,
    from: fromAt,
    to: toAt,
  }));
}
