// Goal: what has to happen outside is written once, runs in order, and is never held by two at a time.
// Method: effect rows on a real database, claimed and finished directly, without a worker.
import { beforeAll, expect, test } from "vitest";
import {
  claimEffect,
  type Claimed,
  failEffect,
  finishEffect,
  postponeEffect,
  renewLease,
} from "#src/db/effect-claims.ts";
import { findHeads, isAnyEffectLate } from "#src/db/effect-states.ts";
import { effectQueue, prepareJobs, writeEffects } from "#src/db/effects.ts";
import type { Database } from "#src/db/open.ts";
import { sql } from "kysely";
import type { Effect } from "#src/domain/effect.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";
import { ada, bo, effectRows, incidentIn, write } from "#test/jobs/support.ts";

const { db, url } = await testDatabase();
const lookUp = (userId: typeof ada): Effect => ({
  name: "look-up-person",
  incidentId: null,
  userId,
});

beforeAll(async () => {
  await prepareJobs(url, createLog("error"));
});

test("the engine's tables are made once by several processes that start at the same moment", async () => {
  const fresh = await testDatabase({ isEmpty: true });
  const log = createLog("error");
  await Promise.all([1, 2, 3].map(() => prepareJobs(fresh.url, log)));
  const queues = await sql<{
    name: string;
  }>`select name from pgboss.queue where name = ${effectQueue}`.execute(fresh.db);
  expect(queues.rows).toEqual([{ name: effectQueue }]);
});

test("of several effects with one key that wait at the same time one row is written, with one job", async () => {
  const incidentId = await incidentIn(db);
  const panel: Effect = { name: "post-message", incidentId, message: { kind: "panel" } };
  await write(db, panel, panel);
  await write(db, panel);
  const rows = await rowsOf(incidentId);
  expect(rows).toHaveLength(1);
  expect(await jobsOf(rows[0]!.id)).toBe(1);
});

test("an effect that was attempted, or is finished, does not stand in the way of a new one", async () => {
  const incidentId = await incidentIn(db);
  const topic: Effect = { name: "set-topic", incidentId };
  await write(db, topic);
  const first = await claim(db, (await rowsOf(incidentId))[0]!.id);
  await write(db, topic);
  await db.transaction().execute((trx) => finishEffect(trx, first, {}));
  await write(db, topic);
  expect((await rowsOf(incidentId)).map((row) => row.state)).toEqual(["done", "pending"]);
});

test("a transaction that finds its effect waiting already holds it back until it has committed", async () => {
  const incidentId = await incidentIn(db);
  const panel: Effect = { name: "post-message", incidentId, message: { kind: "panel" } };
  await write(db, panel);
  const id = (await rowsOf(incidentId))[0]!.id;
  const order: string[] = [];
  let claiming: Promise<void> | undefined;
  await db.transaction().execute(async (trx) => {
    await writeEffects(trx, [panel]);
    claiming = claim(db, id).then(() => void order.push("claimed"));
    await waitUntil(() => isAnybodyWaitingForALock());
    order.push("committed");
  });
  await claiming;
  expect(order).toEqual(["committed", "claimed"]);
});

test("nothing is written, and no job, where the transaction is rolled back", async () => {
  const incidentId = await incidentIn(db);
  await expect(
    db.transaction().execute(async (trx) => {
      await writeEffects(trx, [{ name: "set-topic", incidentId }]);
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await rowsOf(incidentId)).toEqual([]);
});

test("effects of a lane are claimed in the order in which they were written", async () => {
  const incidentId = await incidentIn(db);
  await write(db, { name: "create-channel", incidentId }, { name: "set-topic", incidentId });
  const [first, second] = await rowsOf(incidentId);
  expect(await claimEffect(db, second!.id, 1_000)).toEqual({ kind: "none" });
  const claimed = await claim(db, first!.id);
  expect(await claimEffect(db, second!.id, 1_000)).toEqual({ kind: "none" });
  await db.transaction().execute((trx) => finishEffect(trx, claimed, {}));
  expect(await claimEffect(db, second!.id, 1_000)).toMatchObject({ kind: "claimed" });
});

test("of many who claim effects of one lane at the same moment one gets one", async () => {
  const incidentId = await incidentIn(db);
  await write(
    db,
    { name: "create-channel", incidentId },
    { name: "set-topic", incidentId },
    { name: "pin-panel", incidentId },
  );
  const ids = (await rowsOf(incidentId)).map((row) => row.id);
  const claims = await Promise.all(
    [...ids, ...ids, ...ids].map((id) => claimEffect(db, id, 5_000)),
  );
  expect(claims.filter((one) => one.kind === "claimed")).toHaveLength(1);
});

test("while a later effect of the lane is held, an earlier one that shows up late waits", async () => {
  const incidentId = await incidentIn(db);
  await write(db, { name: "create-channel", incidentId }, { name: "set-topic", incidentId });
  const [first, second] = await rowsOf(incidentId);
  await db.updateTable("effect").set({ state: "done" }).where("id", "=", first!.id).execute();
  await claim(db, second!.id);
  await db.updateTable("effect").set({ state: "pending" }).where("id", "=", first!.id).execute();
  expect(await claimEffect(db, first!.id, 1_000)).toEqual({ kind: "none" });
});

test("an effect whose lease ran out is taken over, and its first worker can save nothing any more", async () => {
  const incidentId = await incidentIn(db);
  await write(db, { name: "set-topic", incidentId });
  const id = (await rowsOf(incidentId))[0]!.id;
  const slow = await claim(db, id, 30);
  expect(slow.isUncertain).toBe(false);
  const early = await claimEffect(db, id, 1_000);
  expect(early).toMatchObject({ kind: "later" });
  const second = await waitUntil(async () => {
    const taken = await claimEffect(db, id, 5_000);
    return taken.kind === "claimed" ? taken.claimed : undefined;
  });
  expect(second).toMatchObject({ attempts: 2, fence: 2, isUncertain: true });
  expect(await renewLease(db, slow, 5_000)).toBe(false);
  expect(await db.transaction().execute((trx) => finishEffect(trx, slow, { by: "slow" }))).toBe(
    false,
  );
  const why = { delayMs: 0, lastError: "slow", state: "pending" as const };
  expect(await postponeEffect(db, slow, why)).toBe(false);
  expect(await failEffect(db, slow, { lastError: "slow", isTold: true })).toBe(false);
  expect(await db.transaction().execute((trx) => finishEffect(trx, second, { by: "second" }))).toBe(
    true,
  );
  expect(await rowsOf(incidentId)).toMatchObject([{ state: "done", outcome: { by: "second" } }]);
});

test("an effect that was put off waits until it is due, and is found by the sweep then", async () => {
  await write(db, lookUp(ada));
  const row = (await effectRows(db, "look-up-person")).at(-1)!;
  const claimed = await claim(db, row.id);
  await postponeEffect(db, claimed, { delayMs: 60_000, lastError: "away: no", state: "uncertain" });
  expect(await claimEffect(db, row.id, 1_000)).toMatchObject({ kind: "later" });
  const due = async (withinMs: number) =>
    (await findHeads(db, { withinMs })).some((head) => head.id === row.id);
  expect(await due(0)).toBe(false);
  expect(await due(61_000)).toBe(true);
  expect(await isAnyEffectLate(db)).toBe(true);
  await db
    .updateTable("effect")
    .set({ dueAt: new Date(0) })
    .where("id", "=", row.id)
    .execute();
  expect(await due(0)).toBe(true);
  expect(await claim(db, row.id)).toMatchObject({ attempts: 2, isUncertain: true });
});

test("an effect that is put off by pacing was not attempted", async () => {
  await write(db, lookUp(bo));
  const row = (await effectRows(db, "look-up-person")).at(-1)!;
  const paced = await claimEffect(db, row.id, 1_000, async () => 40_000);
  expect(paced).toMatchObject({ kind: "later", inMs: 40_000 });
  const after = (await effectRows(db, "look-up-person")).at(-1)!;
  expect(after).toMatchObject({ state: "pending", attempts: 0, fence: 0 });
  expect(after.dueAt.getTime()).toBeGreaterThan(Date.now() + 30_000);
});

test("an effect that fails for good is listed as dead, and the coordinator is told once", async () => {
  const incidentId = await incidentIn(db);
  await write(db, { name: "set-topic", incidentId });
  const claimed = await claim(db, (await rowsOf(incidentId))[0]!.id);
  await failEffect(db, claimed, { lastError: "restricted_action: not allowed", isTold: true });
  const [dead, trouble] = await rowsOf(incidentId);
  expect(dead).toMatchObject({ state: "dead", lastError: "restricted_action: not allowed" });
  expect(trouble!.payload).toEqual({
    name: "post-message",
    incidentId,
    message: { kind: "trouble", effectId: claimed.id },
  });
  const telling = await claim(db, trouble!.id);
  await failEffect(db, telling, { lastError: "restricted_action: not allowed", isTold: true });
  expect(await rowsOf(incidentId)).toHaveLength(2);
});

test("nobody is told of a failure where there is no channel left to tell it in", async () => {
  const incidentId = await incidentIn(db);
  await write(db, { name: "set-topic", incidentId });
  const claimed = await claim(db, (await rowsOf(incidentId))[0]!.id);
  await failEffect(db, claimed, { lastError: "is_archived: it is archived", isTold: false });
  expect(await rowsOf(incidentId)).toHaveLength(1);
});

async function rowsOf(incidentId: number) {
  return (await effectRows(db)).filter((row) => row.incidentId === incidentId);
}

async function claim(from: Database, id: string, leaseMs = 5_000): Promise<Claimed> {
  const taken = await claimEffect(from, id, leaseMs);
  if (taken.kind !== "claimed") throw new Error(`not claimed: ${taken.kind}`);
  return taken.claimed;
}

async function jobsOf(id: string): Promise<number> {
  const { rows } =
    await sql`select id from pgboss.job where name = ${effectQueue} and id = ${id}`.execute(db);
  return rows.length;
}

async function isAnybodyWaitingForALock(): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and not l.granted`.execute(db);
  // the row lock of another transaction is waited for by its transaction id, which has no database
  const byId = await sql`select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
  return rows.length + byId.rows.length > 0;
}

/** Asks until there is an answer; the test's own time limit ends it. */
async function waitUntil<Value>(ask: () => Promise<Value>): Promise<NonNullable<Value>> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
  }
}
