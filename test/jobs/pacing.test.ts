// Goal: all processes together call Slack and GitHub no faster than these take it, and waiting is no attempt.
// Method: the token buckets on a real database, asked in transactions as the claim asks them.
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import { openDatabase } from "#src/db/open.ts";
import { forgetFullBuckets, tokenBuckets } from "#src/db/token-buckets.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import { handlers } from "#src/jobs/index.ts";
import { githubOwnerOf } from "#src/jobs/destinations.ts";
import { createPace, defaultPacing } from "#src/jobs/pacing.ts";
import { startWorker } from "#src/jobs/worker.ts";
import { systemClock } from "#src/lib/clock.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";
import { OutsideSlack } from "./outside.ts";
import { effectRows, incidentIn, team, write } from "./support.ts";

const { db, url } = await testDatabase();
const log = createLog("silent");
const settings = {
  teamId: team,
  postmortemPath: "postmortems",
  command: "/incident",
  ledger: noLedgerSettings,
};

beforeAll(() => prepareJobs(url, log));

test("a channel takes a burst and then one message a second, counted over all processes", async () => {
  const second = await openDatabase({ url, log });
  const incidentId = 1 as IncidentId;
  const waits: number[] = [];
  for (let nth = 0; nth < 12; nth += 1) {
    waits.push(await waitOf(evidence(incidentId, nth), {}, nth % 2 === 0 ? db : second));
  }
  await second.destroy();
  // one for this second, and ten more
  expect(waits.slice(0, 11)).toEqual(Array(11).fill(0));
  expect(waits[11]).toBeGreaterThan(0);
  expect(waits[11]).toBeLessThanOrEqual(1_000);
  expect(await waitOf(evidence(2 as IncidentId, 1))).toBe(0);
});

test("one message is written once a second at most, however much its channel takes", async () => {
  const panel = message(3 as IncidentId, { kind: "panel" });
  expect(await waitOf(panel)).toBe(0);
  const wait = await waitOf(panel);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(1_000);
  expect(await waitOf(message(3 as IncidentId, { kind: "evidence-request" }))).toBe(0);
});

test("announcements share one bucket whatever their incident, and so do the direct messages of a person", async () => {
  const narrow = { slackBurst: 1, slackPerSecond: 1 };
  const announce = (id: number) => message(id as IncidentId, { kind: "announcement" });
  const ask = (id: number, userId: string) =>
    message(id as IncidentId, { kind: "evidence-request-dm", userId: userId as UserId });
  expect(await waitOf(announce(11), narrow)).toBe(0);
  expect(await waitOf(announce(12), narrow)).toBe(0);
  expect(await waitOf(announce(13), narrow)).toBeGreaterThan(0);
  const change = { name: "announce-change", incidentId: null, intervalId: 1 } as const;
  expect(await waitOf(change, narrow)).toBeGreaterThan(0);
  expect(await waitOf(ask(11, "U1"), narrow)).toBe(0);
  expect(await waitOf(ask(12, "U1"), narrow)).toBe(0);
  expect(await waitOf(ask(13, "U1"), narrow)).toBeGreaterThan(0);
  expect(await waitOf(ask(14, "U2"), narrow)).toBe(0);
});

test("GitHub is paced by the owner of the repository that the incident's service names", async () => {
  const service = { teamId: team, isDefault: false };
  await db
    .insertInto("service")
    .values([
      { ...service, name: "support", issuesRepo: "acme/support" },
      { ...service, name: "search", issuesRepo: "other/search" },
    ])
    .execute();
  const file = async (serviceName: string): Promise<Effect> => {
    const incidentId = await incidentIn(db);
    await db.updateTable("incident").set({ serviceName }).where("id", "=", incidentId).execute();
    return { name: "file-issue", incidentId, actionNumber: 1 };
  };
  const two = { githubPerMinute: 2 };
  expect(await waitOf(await file("support"), two)).toBe(0);
  expect(await waitOf(await file("support"), two)).toBe(0);
  expect(await waitOf(await file("support"), two)).toBeGreaterThan(1_000);
  expect(await waitOf(await file("search"), two)).toBe(0);
});

test("a token that was taken in a transaction that fails is given back", async () => {
  const narrow = { slackBurst: 1, slackPerSecond: 1 };
  const pace = paceWith(narrow);
  for (let nth = 0; nth < 5; nth += 1) {
    const failed = db.transaction().execute(async (trx) => {
      expect(await pace(trx, evidence(21 as IncidentId, nth))).toBe(0);
      throw new Error("rolled back");
    });
    await expect(failed).rejects.toThrow("rolled back");
  }
});

test("buckets that nobody has used for an hour are forgotten", async () => {
  const buckets = sql.table(`${tokenBuckets.schema}.${tokenBuckets.table}`);
  await waitOf(evidence(31 as IncidentId, 1));
  const count = async () => {
    const { rows } = await sql`select key from ${buckets}`.execute(db);
    return rows.length;
  };
  expect(await count()).toBeGreaterThan(0);
  await sql`update ${buckets} set expire = expire - 3700000`.execute(db);
  await forgetFullBuckets(db);
  expect(await count()).toBe(0);
});

test("what has to wait for its turn goes out in order, each in one attempt", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const worker = await startWorker({
    url,
    context: { db, slack, github: undefined, clock: systemClock, log, settings },
    handlers,
    pacing: { ...defaultPacing, slackBurst: 1 },
  });
  const kinds = ["panel", "evidence-request", "closed"] as const;
  await write(db, ...kinds.map((kind) => message(incidentId, { kind })));
  while ((await effectRows(db, "post-message")).some((row) => row.state !== "done")) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await worker.stop(1_000);
  expect(slack.posts).toHaveLength(3);
  const rows = await effectRows(db, "post-message");
  expect(rows.map((row) => row.attempts)).toEqual([1, 1, 1]);
  // two at once, and the third when the first second is over
  expect(rows[2]!.doneAt!.getTime() - rows[0]!.writtenAt.getTime()).toBeGreaterThan(950);
});

test("a panel that was written a moment ago waits for its turn, and what stands behind it does not", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const worker = await startWorker({
    url,
    context: { db, slack, github: undefined, clock: systemClock, log, settings },
    handlers,
    pacing: { ...defaultPacing, slackBurst: 100 },
  });
  const done = async (count: number) =>
    (await effectRows(db, "post-message")).filter(
      (row) => row.incidentId === incidentId && row.state === "done",
    ).length === count;
  await write(db, message(incidentId, { kind: "panel" }));
  await expect.poll(() => done(1)).toBe(true);
  await write(
    db,
    message(incidentId, { kind: "panel" }),
    message(incidentId, { kind: "evidence-request" }),
    message(incidentId, { kind: "closed" }),
  );
  await expect.poll(() => done(4)).toBe(true);
  await worker.stop(1_000);
  const rows = (await effectRows(db, "post-message")).filter(
    (row) => row.incidentId === incidentId,
  );
  const [, panel, request, closed] = rows.map((row) => row.doneAt!.getTime());
  expect(request).toBeLessThan(panel!);
  expect(closed).toBeLessThan(panel!);
  expect(request).toBeLessThan(closed!);
});

function paceWith(over: Partial<typeof defaultPacing> = {}) {
  return createPace({ ...defaultPacing, ...over }, githubOwnerOf(settings));
}

async function waitOf(
  effect: Effect,
  over: Partial<typeof defaultPacing> = {},
  from = db,
): Promise<number> {
  return from.transaction().execute((trx) => paceWith(over)(trx, effect));
}

function message(
  incidentId: IncidentId,
  ref: Extract<Effect, { name: "post-message" }>["message"],
): Effect {
  return { name: "post-message", incidentId, message: ref };
}

function evidence(incidentId: IncidentId, evidenceNumber: number): Effect {
  return message(incidentId, { kind: "evidence", evidenceNumber });
}
