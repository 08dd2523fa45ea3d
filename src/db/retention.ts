import { sql } from "kysely";
import type { Database, Trx } from "./open.ts";

/** Rows at once: a deletion must not hold what a person waits for, nor run into the statement's time limit. */
const chunk = 2_000;

/** Deletes of a table what this condition names, a chunk at a time, each in its own transaction; returns how many. */
async function deleteInChunks(
  db: Database,
  table:
    | "declared_change"
    | "change_source_mark"
    | "golden_run"
    | "trace_delivery"
    | "retention_run",
  condition: ReturnType<typeof sql>,
): Promise<number> {
  let dropped = 0;
  for (;;) {
    const { numAffectedRows } = await sql`
      delete from ${sql.id(table)} where ctid in (
        select ctid from ${sql.id(table)} where ${condition} limit ${chunk} for update skip locked)`.execute(
      db,
    );
    const count = Number(numAffectedRows ?? 0);
    dropped += count;
    if (count < chunk) return dropped;
  }
}

/** Deletes the changes that were declared, and happened, before then; returns how many. */
export async function dropDeclaredChanges(db: Database, before: Date): Promise<number> {
  return deleteInChunks(
    db,
    "declared_change",
    sql`greatest(at, until_at, recorded_at) < ${before}`,
  );
}

/** Deletes the marks of complete records that reach, and were made, no further than then; returns how many. */
export async function dropSourceMarks(db: Database, before: Date): Promise<number> {
  return deleteInChunks(db, "change_source_mark", sql`greatest(to_at, marked_at) < ${before}`);
}

/** Deletes the golden runs that ran, and came in, before then; returns how many. */
export async function dropGoldenRuns(db: Database, before: Date): Promise<number> {
  return deleteInChunks(db, "golden_run", sql`greatest(ran_at, recorded_at) < ${before}`);
}

/** Forgets the deliveries that came in before then: nobody sends one again after so long. Returns how many. */
export async function dropDeliveries(db: Database, before: Date): Promise<number> {
  return deleteInChunks(db, "trace_delivery", sql`received_at < ${before}`);
}

/** Deletes what was written of runs of the retention before then. */
export async function dropRetentionRuns(db: Database, before: Date): Promise<void> {
  await deleteInChunks(db, "retention_run", sql`ran_at < ${before}`);
}

/** A service of a workspace as telemetry names it. */
export interface LedgerServiceKey {
  teamId: string;
  service: string;
}

/** Services that have been known since before then: others can hold nothing older. */
export async function listOldServices(db: Database, before: Date): Promise<LedgerServiceKey[]> {
  return db
    .selectFrom("ledgerService")
    .select(["teamId", "service"])
    .where("firstSeenAt", "<", before)
    .orderBy("teamId")
    .orderBy("service")
    .execute();
}

/**
 * Deletes intervals of a service that were seen, and recorded, before then, and counts the values that its
 * pins have left; at most 2,000. Returns how many. Holds the service's lock: who records sightings of it waits.
 */
export async function dropIntervals(
  trx: Trx,
  { teamId, service }: LedgerServiceKey,
  before: Date,
): Promise<number> {
  await lockService(trx, { teamId, service });
  const { rows } = await sql<{ pinId: number; dropped: number }>`
    with gone as (
      delete from pin_interval where id in (
        select i.id from pin p join pin_interval i on i.pin_id = p.id
        where p.team_id = ${teamId} and p.service = ${service}
          and i.last_seen_at < ${before} and i.recorded_at < ${before}
        limit ${chunk})
      returning pin_id)
    select pin_id, count(*) as dropped from gone group by pin_id`.execute(trx);
  const pinIds = rows.map(({ pinId }) => pinId);
  await sql`
    update pin p set value_count = (
      select count(distinct i.value) from pin_interval i where i.pin_id = p.id)
    where p.id = any (${pinIds}::bigint[])`.execute(trx);
  return rows.reduce((sum, { dropped }) => sum + dropped, 0);
}

/** Deletes pins of a service that have no interval and were not seen since then, and the service where nothing is left of it. */
export async function dropEmpty(
  trx: Trx,
  { teamId, service }: LedgerServiceKey,
  before: Date,
): Promise<{ pins: number; services: number }> {
  await lockService(trx, { teamId, service });
  const pins = await sql`
    delete from pin p where p.team_id = ${teamId} and p.service = ${service}
      and p.last_seen_at < ${before}
      and not exists (select from pin_interval i where i.pin_id = p.id)`.execute(trx);
  const services = await sql`
    delete from ledger_service s where s.team_id = ${teamId} and s.service = ${service}
      and s.last_seen_at < ${before} and s.received_at < ${before}
      and not exists (select from pin p where p.team_id = s.team_id and p.service = s.service)`.execute(
    trx,
  );
  return {
    pins: Number(pins.numAffectedRows ?? 0),
    services: Number(services.numAffectedRows ?? 0),
  };
}

async function lockService(trx: Trx, { teamId, service }: LedgerServiceKey): Promise<void> {
  await sql`select from ledger_service
    where team_id = ${teamId} and service = ${service} for update`.execute(trx);
}

/** What was dropped because it was older than the retention, by what it was. */
export interface RetentionRun {
  ranAt: Date;
  /** What was older than this. */
  beforeAt: Date;
  /** {pinIntervals: 12, declaredChanges: 3, …} */
  dropped: Record<string, number>;
}

/** Writes down what a run of the retention dropped. */
export async function saveRetentionRun(db: Database, run: RetentionRun): Promise<void> {
  const { ranAt, beforeAt, dropped } = run;
  await db
    .insertInto("retentionRun")
    .values({ ranAt, beforeAt, dropped: JSON.stringify(dropped) })
    .execute();
}

/** The newest run of the retention that dropped anything, else the newest one; undefined: none yet. */
export async function findLastRetention(db: Database | Trx): Promise<RetentionRun | undefined> {
  const { rows } = await sql<RetentionRun>`
    select ran_at, before_at, dropped from retention_run
    order by exists (select from jsonb_each_text(dropped) as d (what, n) where n::bigint > 0) desc,
      ran_at desc, id desc limit 1`.execute(db);
  return rows[0];
}
