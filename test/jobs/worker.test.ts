// Goal: effects survive whatever happens to the process that attempts them: each one takes effect once,
// in order, and soon, with two workers, lost answers, rate limits and killed processes.
// Method: real rows and the real engine; handlers that call an outside kept in memory, with short leases.
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterEach, beforeAll, expect, test } from "vitest";
import { claimEffect } from "#src/db/effect-claims.ts";
import { prepareJobs } from "#src/db/effects.ts";
import { type Database, openDatabase } from "#src/db/open.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { Handlers } from "#src/jobs/handler.ts";
import { watchLateness } from "#src/jobs/lateness.ts";
import { startWorker, type Worker } from "#src/jobs/worker.ts";
import { PermanentError, TransientError } from "#src/lib/errors.ts";
import type { Clock } from "#src/lib/clock.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";
import { cut, OutsideSlack, rateLimited } from "./outside.ts";
import {
  evidence,
  lookUp,
  message,
  numberOf,
  optionsOf,
  postingHandlers,
} from "./plain-handlers.ts";
import { effectRows, incidentIn, write } from "./support.ts";

const { db, url } = await testDatabase();
const log = createLog("silent");
const workers: { stop(deadlineMs: number): Promise<unknown> }[] = [];

beforeAll(() => prepareJobs(url, log));
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop(2_000)));
  const unfinished = (await effectRows(db)).filter((row) => !["done", "dead"].includes(row.state));
  await db.deleteFrom("effect").execute();
  expect(unfinished.map((row) => row.name)).toEqual([]);
});

test("an effect is attempted soon after it was written, by a worker that was idle", async () => {
  const slack = new OutsideSlack();
  // no sweep comes to its help
  await worker(slack, { sweepMs: 60_000 });
  await write(db, lookUp(1));
  await allDone();
  expect(slack.calls).toEqual(["findUser"]);
});

test("what is due is found although the reminders could not be looked for", async () => {
  const slack = new OutsideSlack();
  await write(db, lookUp(1));
  await sql`delete from pgboss.job`.execute(db);
  let asked = 0;
  // no other sweep comes to its help
  await worker(slack, {
    sweepMs: 60_000,
    clock: async () => {
      asked += 1;
      if (asked === 1) throw new TransientError("clock_away", "the clock does not answer");
      return new Date();
    },
  });
  await allDone();
  expect(slack.calls).toEqual(["findUser"]);
});

test("effects of a lane run one after the other, in the order in which they were written", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const order: number[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const handlers = postingHandlers(async (slack_, ctx, effect) => {
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    order.push(numberOf(effect));
    await slack_.postMessage("C1", message, ctx.effectId);
    atOnce -= 1;
  });
  await Promise.all([worker(slack, { handlers }), worker(slack, { handlers })]);
  await write(db, ...Array.from({ length: 30 }, (_, nth) => evidence(incidentId, nth + 1)));
  await allDone();
  expect(order).toEqual(Array.from({ length: 30 }, (_, nth) => nth + 1));
  expect(mostAtOnce).toBe(1);
});

test("two workers on one database run each effect once", async () => {
  const slack = new OutsideSlack();
  const second = await openDatabase({ url, log });
  await Promise.all([worker(slack), worker(slack, { db: second })]);
  for (let from = 0; from < 200; from += 20) {
    await write(db, ...Array.from({ length: 20 }, (_, nth) => lookUp(from + nth)));
  }
  await allDone();
  expect(slack.calls).toHaveLength(200);
  await stopAll();
  await second.destroy();
});

test("with every tenth answer lost, exactly as many messages are posted as were meant", async () => {
  const slack = new OutsideSlack();
  const incidents = await Promise.all(Array.from({ length: 6 }, () => incidentIn(db)));
  let calls = 0;
  slack.trouble = (method) => {
    calls += 1;
    return method === "postMessage" && calls % 10 === 0 ? { after: cut() } : undefined;
  };
  await worker(slack, { handlers: postingHandlers() });
  for (const incidentId of incidents) {
    await write(db, ...Array.from({ length: 20 }, (_, nth) => evidence(incidentId, nth)));
  }
  await allDone();
  expect(slack.posts).toHaveLength(120);
  expect(slack.calls.filter((call) => call === "findMessage").length).toBeGreaterThan(5);
});

test("an effect of a worker that died is looked for, and taken over, when its lease has run out", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  await write(db, evidence(incidentId, 1), evidence(incidentId, 2));
  const [posted] = await effectRows(db);
  // it claimed the effect, posted, and was gone before it could say so
  expect(await claimEffect(db, posted!.id, 150)).toMatchObject({ kind: "claimed" });
  await slack.postMessage("C1", message, posted!.id);
  await sql`delete from pgboss.job`.execute(db);
  await worker(slack, { handlers: postingHandlers(), sweepMs: 50 });
  await allDone();
  expect(slack.posts).toHaveLength(2);
  expect(slack.calls).toEqual(["postMessage", "findMessage", "postMessage"]);
});

test("a worker that is slower than its lease keeps it", async () => {
  const slack = new OutsideSlack();
  await write(db, lookUp(1));
  const id = (await effectRows(db))[0]!.id;
  let attempts = 0;
  slack.trouble = async () => {
    attempts += 1;
    // another worker tries to take it over for two leases
    const until = Date.now() + 1_200;
    while (Date.now() < until) {
      await pause(20);
      expect((await claimEffect(db, id, 600)).kind).toBe("later");
    }
    return undefined;
  };
  await worker(slack, { leaseMs: 600, sweepMs: 50 });
  await allDone();
  expect(attempts).toBe(1);
});

test("what a worker that lost its lease brings is dropped, and the one who has it finds what was posted", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  await write(db, evidence(incidentId, 1));
  const id = (await effectRows(db))[0]!.id;
  const posting = postingHandlers();
  const sleepy: Handlers["post-message"]["run"] = async (ctx) => {
    await ctx.slack.postMessage("C1", message, ctx.effectId);
    // the machine slept: its lease ran out, and somebody else has the effect before it can save
    await db
      .updateTable("effect")
      .set({ leaseUntil: new Date(0) })
      .where("id", "=", id)
      .execute();
    expect(await claimEffect(db, id, 50)).toMatchObject({ kind: "claimed" });
    return { outcome: {}, effects: [lookUp(1)] };
  };
  const handlers = { ...posting, "post-message": { ...posting["post-message"], run: sleepy } };
  await worker(slack, { handlers, leaseMs: 60_000, sweepMs: 30 });
  await allDone();
  expect(slack.calls).toEqual(["postMessage", "findMessage"]);
  expect((await effectRows(db))[0]).toMatchObject({ state: "done", outcome: { found: true } });
});

test("after a rate limit an effect waits as long as it was asked to, and does not count as uncertain", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const at: number[] = [];
  slack.trouble = (method, call) => {
    at.push(Date.now());
    return method === "postMessage" && call === 1 ? { before: rateLimited(200) } : undefined;
  };
  await worker(slack, { handlers: postingHandlers() });
  await write(db, evidence(incidentId, 1));
  await waitUntil(async () => (await effectRows(db))[0]!.attempts === 1 && at.length === 1);
  await waitUntil(async () => (await effectRows(db))[0]!.lastError !== null);
  expect((await effectRows(db))[0]).toMatchObject({
    state: "pending",
    lastError: expect.stringContaining("rate_limited"),
  });
  await allDone();
  expect(slack.calls).toEqual(["postMessage", "postMessage"]);
  expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(195);
});

test("an effect of unknown outcome stays uncertain while the look for it is refused", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  slack.trouble = (method, call) => {
    if (method === "postMessage" && call === 1) return { after: cut() };
    return method === "findMessage" && call === 1 ? { before: rateLimited(1) } : undefined;
  };
  await worker(slack, { handlers: postingHandlers() });
  await write(db, evidence(incidentId, 1));
  await allDone();
  expect(slack.calls).toEqual(["postMessage", "findMessage", "findMessage"]);
  expect(slack.posts).toHaveLength(1);
});

test("an effect that happened and could not be saved is looked for, however sure it is that nothing was saved", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const posting = postingHandlers();
  const busy: Handlers["post-message"]["run"] = async (ctx) => {
    await ctx.slack.postMessage("C1", message, ctx.effectId);
    const cause = new TransientError("db_away", "the statement took too long", {
      isAmbiguous: false,
    });
    return { outcome: {}, save: () => Promise.reject(cause) };
  };
  const handlers = { ...posting, "post-message": { ...posting["post-message"], run: busy } };
  await worker(slack, { handlers });
  await write(db, evidence(incidentId, 1));
  await allDone();
  expect(slack.calls).toEqual(["postMessage", "findMessage"]);
});

test("an effect that Slack refuses for good is dead at once, and the coordinator is told", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const told: Effect[] = [];
  const handlers: Handlers = {
    ...postingHandlers(async (_, __, effect) => void told.push(effect)),
    "set-topic": {
      run: () =>
        Promise.reject(
          new PermanentError("restricted_action", "a policy of the workspace forbids it"),
        ),
    },
  };
  await worker(slack, { handlers });
  await write(db, { name: "set-topic", incidentId });
  await allDone();
  const [dead] = await effectRows(db, "set-topic");
  expect(dead).toMatchObject({
    state: "dead",
    attempts: 1,
    lastError: expect.stringContaining("restricted_action"),
  });
  expect(told).toEqual([
    { name: "post-message", incidentId, message: { kind: "trouble", effectId: dead!.id } },
  ]);
});

test("an unexpected error is tried a few times and then given up, with a reference", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const handlers: Handlers = {
    ...postingHandlers(),
    "set-topic": { run: () => Promise.reject(new TypeError("undefined is not a function")) },
  };
  await worker(slack, { handlers });
  await write(db, { name: "set-topic", incidentId });
  await allDone();
  const [dead] = await effectRows(db, "set-topic");
  expect(dead).toMatchObject({
    state: "dead",
    attempts: 5,
    lastError: expect.stringMatching(/^unexpected: [-0-9a-f]{36}$/),
  });
  expect(await effectRows(db, "post-message")).toHaveLength(1);
});

test("while Slack is away effects wait in order, people are told that it is slow, and then all of it drains", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  let isAway = true;
  slack.trouble = () => (isAway ? { before: cut() } : undefined);
  const one = await worker(slack, { handlers: postingHandlers(), sweepMs: 20 });
  expect(one.isOutsideSlow()).toBe(false);
  await write(db, ...[1, 2, 3].map((nth) => evidence(incidentId, nth)));
  await waitUntil(() => one.isOutsideSlow());
  isAway = false;
  await allDone();
  await waitUntil(() => !one.isOutsideSlow());
  expect(slack.posts.map((post) => post.text)).toEqual(["evidence 1", "evidence 2", "evidence 3"]);
});

test("a failed attempt tells people at once that Slack is slow, before any sweep", async () => {
  const slack = new OutsideSlack();
  let isAway = true;
  slack.trouble = () => (isAway ? { before: cut() } : undefined);
  const one = await worker(slack, { sweepMs: 600_000 });
  await write(db, lookUp(1));
  await waitUntil(() => one.isOutsideSlow());
  isAway = false;
  await allDone();
});

test("a process without a worker sees that effects are late as soon as it looks again", async () => {
  const watch = await watchLateness(db, log, 10);
  workers.push(watch);
  expect(watch.isOutsideSlow()).toBe(false);
  await write(db, lookUp(1));
  await db.updateTable("effect").set({ lastError: "network: the connection was cut" }).execute();
  await waitUntil(() => watch.isOutsideSlow());
  await db.deleteFrom("effect").execute();
  await waitUntil(() => !watch.isOutsideSlow());
});

test("a worker that is stopped finishes what it has begun, and begins nothing more", async () => {
  const slack = new OutsideSlack();
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  slack.trouble = async () => {
    begun.resolve();
    await goOn.promise;
    return undefined;
  };
  const one = await worker(slack, { concurrency: 1 });
  await write(db, lookUp(1), lookUp(2));
  await begun.promise;
  const stopped = one.stop(5_000);
  goOn.resolve();
  await stopped;
  const states = (await effectRows(db)).map((row) => row.state);
  expect(states.toSorted()).toEqual(["done", "pending"]);
  await db.deleteFrom("effect").execute();
});

interface Timing {
  leaseMs?: number;
  sweepMs?: number;
  concurrency?: number;
}

async function worker(
  slack: OutsideSlack,
  over: Timing & { db?: Database; handlers?: Handlers; clock?: Clock } = {},
): Promise<Worker> {
  const { db: _, handlers: __, clock, ...timing } = over;
  const options = optionsOf(over.db ?? db, slack, over.handlers);
  const started = await startWorker({
    ...options,
    context: { ...options.context, ...(clock ? { clock } : {}) },
    ...timing,
    url,
  });
  workers.push(started);
  return started;
}

async function stopAll(): Promise<void> {
  await Promise.all(workers.splice(0).map((one) => one.stop(2_000)));
}

async function allDone(): Promise<void> {
  await waitUntil(async () =>
    (await effectRows(db)).every((row) => row.state === "done" || row.state === "dead"),
  );
}

/** Asks until the answer is yes; the test's own time limit ends it. */
async function waitUntil(ask: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await ask())) await pause(2);
}
