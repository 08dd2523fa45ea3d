import { fromKysely, PgBoss } from "pg-boss";
import { type Effect, effectKey, effectLane } from "#src/domain/effect.ts";
import { newId } from "#src/lib/id.ts";
import type { Log } from "#src/lib/log.ts";
import type { Trx } from "./open.ts";
import { insertOf, runInOneStatement, type Write } from "./rows.ts";
import { createTokenBuckets } from "./token-buckets.ts";

/**
 * Writes what has to happen outside, one row an effect, together with the job that starts it. Where a
 * row of the same key still waits for its first attempt, none is added: that attempt renders what this
 * transaction writes, because it cannot begin before this transaction ends. One statement, and a second
 * one where something new was written. The caller holds the incident's lock, so that the order of the
 * rows is the order of what happened.
 */
export async function writeEffects(trx: Trx, effects: Effect[]): Promise<void> {
  const insert = insertOfEffects(effects);
  if (!insert) return;
  const written = await runInOneStatement<{ id: string }>(trx, [], insert);
  await sendJobs(
    trx,
    written.map(({ id }) => id),
  );
}

/**
 * The same insert, to be part of a statement of the caller's, who hands the ids that it returns to
 * `sendJobs`; undefined where there is nothing to write.
 */
export function insertOfEffects(effects: Effect[]): Write | undefined {
  const rows = rowsOf(effects);
  if (rows.length === 0) return undefined;
  // "do update … where false" changes nothing but locks the row that waits. With "do nothing" a
  // worker could begin it, read what stood before us, and the newer truth would never be shown.
  const coalescing = `on conflict (key) where state = 'pending' and attempts = 0
    do update set key = excluded.key where false returning id`;
  return insertOf("effect", rows, coalescing);
}

function rowsOf(effects: Effect[]) {
  const byKey = new Map<string, Effect>();
  for (const effect of effects) {
    const key = effectKey(effect);
    if (!byKey.has(key)) byKey.set(key, effect);
  }
  return [...byKey]
    .map(([key, effect]) => ({
      id: newId(),
      name: effect.name,
      incidentId: effect.incidentId,
      key,
      lane: effectLane(effect),
      payload: JSON.stringify(effect),
    }))
    .toSorted(byLockOrder);
}

/** Those of no incident last and by key: two transactions that share some take them in the same order. */
function byLockOrder(
  a: { incidentId: number | null; key: string },
  b: { incidentId: number | null; key: string },
): number {
  if (a.incidentId !== null && b.incidentId !== null) return 0;
  if (a.incidentId !== null) return -1;
  if (b.incidentId !== null) return 1;
  return a.key < b.key ? -1 : 1;
}

/** The engine's queue; a job's id is the id of its effect. */
export const effectQueue = "effect";

/** An engine that only writes jobs, each time on the transaction it is handed; it is never started. */
let sender: PgBoss | undefined;

/** Writes a job for each of these effects; none where there is none. */
export async function sendJobs(trx: Trx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const db = fromKysely(trx.withoutPlugins());
  const boss = sender ?? new PgBoss({ db, migrate: false, supervise: false, schedule: false });
  await boss.insert(
    effectQueue,
    ids.map((id) => ({ id })),
    { db },
  );
  // kept only now: it has read the queue's settings, so it never uses this transaction again
  sender = boss;
}

/** The engine as a worker uses it: its own pool of a few connections, woken by NOTIFY. Not started yet. */
export function createBoss(url: string, log: Log): PgBoss {
  const boss = new PgBoss({
    connectionString: url,
    max: 3,
    application_name: "faultline jobs",
    schedule: false,
    useListenNotify: true,
  });
  boss.on("error", (error) => log.warn({ err: error }, "the job engine failed"));
  boss.on("warning", (warning) => log.warn({ warning: warning.message }, "the job engine warns"));
  return boss;
}

/**
 * Makes the engine's own tables, its queue, and the token buckets of pacing, where they are missing.
 * Safe with several processes at once. Call it after the migrations and before the first effect.
 */
export async function prepareJobs(url: string, log: Log): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    max: 1,
    application_name: "faultline jobs",
    supervise: false,
    schedule: false,
  });
  boss.on("error", (error) => log.warn({ err: error }, "the job engine failed"));
  await boss.start();
  try {
    await boss.createQueue(effectQueue, {
      notify: true,
      // the effect row decides what is tried again and when; a job only starts it
      retryLimit: 0,
      expireInSeconds: 60,
      deleteAfterSeconds: 600,
    });
    await boss.getDb().executeSql(createTokenBuckets);
  } finally {
    await boss.stop({ graceful: false });
  }
}
