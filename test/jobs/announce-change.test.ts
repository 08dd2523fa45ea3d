// Goal: a change that nobody declared is told once, where the service's incidents are announced, and one
// that was declared by then, is old or has nowhere to go is not.
// Method: the real handler, drained over a real database, against a Slack kept in memory.

import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import { createLog } from "#src/lib/log.ts";
import { recordChanges } from "#src/usecases/record-changes.ts";
import { testDatabase } from "#test/support/database.ts";
import { handling } from "./handling.ts";
import { cut, OutsideSlack } from "./outside.ts";
import { effectRows, team, write } from "./support.ts";

const { db, url } = await testDatabase();
const { drain } = handling(db);
const ledger: LedgerSettings = {
  pinKeys: {},
  paths: [],
  services: [
    {
      name: "assistant",
      telemetryNames: ["assistant-api"],
      repositories: [],
      announcesUndeclared: true,
    },
  ],
};
const settings = { ledger, announceChannel: "CALL" };
const hourMs = 3_600_000;

beforeAll(() => prepareJobs(url, createLog("silent")));
beforeEach(async () => {
  await db.deleteFrom("pin").execute();
  await db.deleteFrom("declaredChange").execute();
  await db.deleteFrom("service").execute();
});
afterEach(async () => {
  const unfinished = (await effectRows(db)).filter(({ state }) => state !== "done");
  await db.deleteFrom("effect").execute();
  expect(unfinished).toEqual([]);
});

/** The model that answers changed so many hours ago; the new value's interval, with its effect written. */
async function changed(hoursAgo: number): Promise<number> {
  const at = new Date(Date.now() - hoursAgo * hourMs);
  const before = new Date(at.getTime() - 24 * hourMs);
  const { id: pinId } = await db
    .insertInto("pin")
    .values({
      teamId: team,
      service: "assistant-api",
      layer: "model",
      pin: "model.served",
      firstSeenAt: before,
      lastSeenAt: new Date(),
      requestCount: 5_040,
      valueCount: 2,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const interval = (value: string, firstSeenAt: Date, lastSeenAt: Date, fromCount: number) => ({
    pinId,
    value,
    isDerived: false,
    source: "gen_ai.response.model",
    firstSeenAt,
    lastSeenAt,
    requestCount: value.endsWith("25") ? 40 : 5_000,
    fromCount,
    toCount: value.endsWith("25") ? 5_040 : 5_000,
    sampleTraceIds: [],
    isFirst: !value.endsWith("25"),
    recordedAt: new Date(),
  });
  const rows = await db
    .insertInto("pinInterval")
    .values([
      interval("gpt-4o-03-27", before, at, 0),
      interval("gpt-4o-04-25", at, new Date(), 5_000),
    ])
    .returning("id")
    .execute();
  const intervalId = rows[1]!.id;
  await write(db, { name: "announce-change", incidentId: null, intervalId });
  return intervalId;
}

const outcomes = async () => (await effectRows(db)).map(({ outcome }) => outcome);

test("a change that nobody declared is announced once, in the service's own channel or the default one", async () => {
  const slack = new OutsideSlack();
  await changed(1);
  await drain(slack, settings);
  expect(slack.posts).toMatchObject([
    {
      channelId: "CALL",
      text: expect.stringMatching(
        /^assistant: the model that answers changed, and nobody declared it\. gpt-4o-03-27 → gpt-4o-04-25, first seen .*, in 40 of 40 requests/,
      ),
    },
  ]);
  await db
    .insertInto("service")
    .values({ teamId: team, name: "assistant", isDefault: true, announceChannel: "COWN" })
    .execute();
  await db.deleteFrom("pin").execute();
  await changed(1);
  await drain(slack, settings);
  expect(slack.posts.map(({ channelId }) => channelId)).toEqual(["CALL", "COWN"]);
  expect(slack.calls.filter((call) => call === "joinChannel")).toHaveLength(2);
});

test("a post whose answer was lost is found by its effect's id, and not posted a second time", async () => {
  const slack = new OutsideSlack();
  slack.trouble = (method, call) =>
    method === "postMessage" && call === 1 ? { after: cut() } : undefined;
  await changed(1);
  await drain(slack, settings);
  expect(slack.posts).toHaveLength(1);
  expect(slack.calls).toContain("findMessage");
  expect(await outcomes()).toEqual([{ channelId: "CALL", ts: slack.posts[0]!.ts }]);
});

test("what was declared meanwhile, is old, is gone or has no channel is not announced", async () => {
  const slack = new OutsideSlack();
  await changed(1);
  const declared = {
    key: "rollout-1",
    service: "assistant",
    at: new Date(Date.now() - 2 * hourMs),
    until: null,
    kind: "model_rollout",
    layer: "model" as const,
    summary: "The new model for everybody",
    link: null,
    declaredBy: null,
    sets: {},
  };
  const ctx = { db, teamId: team, now: new Date(), settings: ledger };
  await recordChanges(ctx, [declared], { source: "api" });
  await drain(slack, settings);
  await db.deleteFrom("declaredChange").execute();
  await db.deleteFrom("pin").execute();
  await changed(24 * 8);
  await drain(slack, settings);
  await db.deleteFrom("pin").execute();
  await changed(1);
  await db.deleteFrom("pin").execute();
  await drain(slack, settings);
  await changed(1);
  await drain(slack, { ledger });
  expect(await outcomes()).toEqual(
    ["declared", "old", "no_longer_kept", "no_channel"].map((skipped) => ({ skipped })),
  );
  expect(slack.posts).toEqual([]);
});
