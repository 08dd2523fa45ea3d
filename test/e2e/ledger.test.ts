// Goal: "did anything change?" is answered in Slack from what machines send: changes that nobody declared are
// found in spans alone, an open incident hears of them without being asked, nothing counts twice, and results
// that ran with other values than their arm says are no arm.
// Method: the whole bot over signed HTTP, S2 and S3 side by side; the spans and the declared changes are those
// of scenarios/otlp.mjs in a process of its own, with one kind of change left undeclared.

import { readFile } from "node:fs/promises";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { type Machines, machinesOf, send } from "#sandbox/play/machines.ts";
import { listTimeline } from "#src/db/timeline.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { testBot, type TestBot } from "#test/support/bot.ts";
import { type DeclaredIncident, type Desk, deskOf, shown } from "./desk.ts";
import { figuresDesk } from "./figures-desk.ts";

interface Case {
  scenario: "s2" | "s3";
  /** The kind of change that nobody declares. */
  kind: string;
  /** Which spans: enough to see it, few enough to be quick. */
  spans: { from: string; to: string; rate: string };
  /** What stands in the block about it. */
  says: string[];
  /** Keys of the declared changes in the window, and of those that are not in it. */
  declared: string[];
  absent: string[];
}
const cases: Case[] = [
  {
    scenario: "s2",
    kind: "param_default",
    spans: { from: "2026-03-02T12:00:00Z", to: "2026-03-10T11:30:00Z", rate: "0.1" },
    says: ["high → medium", "Orchestration & tools"],
    declared: ["S2-CP2", "S2-CP3"],
    absent: ["S2-CP1", "S2-CP4"],
  },
  {
    scenario: "s3",
    kind: "model_rollout",
    spans: { from: "2025-04-22T12:00:00Z", to: "2025-04-27T11:30:00Z", rate: "0.2" },
    says: ["gpt-4o-2025-03-27 → gpt-4o-2025-04-25", "Model"],
    declared: [],
    absent: ["S3-CP1", "S3-CP2", "S3-CP3"],
  },
];

interface Playground extends Case {
  bot: TestBot;
  desk: Desk;
  machines: Machines;
  urlOf(path: string): string;
}

async function playgroundOf(one: Case): Promise<Playground> {
  const bot = await testBot("http", { scenario: one.scenario });
  const { from, to, rate } = one.spans;
  const options = ["--undeclared", one.kind, "--from", from, "--to", to, "--rate", rate];
  return {
    ...one,
    bot,
    desk: deskOf(bot),
    machines: await machinesOf(bot.scenario, options),
    urlOf: (path) => `http://127.0.0.1:${bot.service.port}${path}`,
  };
}

const grounds = await Promise.all(cases.map(playgroundOf));
const [anywhere] = grounds as [Playground];

/** Declared when the scenario was, with the onset that was held then. */
async function declareIn({ bot, desk }: Playground): Promise<DeclaredIncident> {
  const { detection, title } = bot.scenario;
  const seconds = (iso: string) => String(Date.parse(iso) / 1_000);
  await bot.control.setClock({ now: detection.declared });
  return desk.declare("declarer", {
    title,
    onset_at: seconds(detection.onset_held ?? ""),
    noticed_at: seconds(detection.detected),
  });
}

async function sendSpans({ machines, urlOf }: Playground): Promise<void> {
  for (const body of machines.requests) {
    const answer = await send(urlOf("/v1/traces"), body);
    expect([answer.status, await answer.text()]).toEqual([200, "{}"]);
  }
}

/** The blocks about changes in `/incident versions`, by their key. */
async function changesShown(
  { desk, bot }: Playground,
  { channelId }: DeclaredIncident,
): Promise<Map<string, string>> {
  const { blocks, id } = await desk.open("declarer", "versions", channelId);
  await bot.control.closeView({ userId: desk.id("declarer"), viewId: id });
  return new Map(
    blocks.flatMap((block) => {
      const key = /^change:(.+)$/.exec(block.block_id ?? "")?.[1];
      return key === undefined ? [] : [[key, shown({ blocks: [block] })] as const];
    }),
  );
}

/** What the control-plane lane holds of changes: whether each was declared, and its words. */
async function laneOf({ bot, desk }: Playground): Promise<[boolean, string][]> {
  await desk.settle();
  const entries = await listTimeline(bot.database.db, 1 as IncidentId);
  return entries
    .filter(({ kind }) => kind === "change_found")
    .map(({ data }) => [data["isDeclared"] === true, String(data["summary"])]);
}

/** Requests that the ledger has counted, over all values of all pins. */
async function countRequests({ bot }: Playground): Promise<string> {
  const counted = await sql<{ n: string }>`
    select coalesce(sum(request_count), 0)::text as n from pin_interval
  `.execute(bot.database.db);
  return counted.rows[0]?.n ?? "";
}

describe.each(grounds.map((one) => [one.bot.scenario.id, one] as const))("%s", (_id, one) => {
  test("a change that nobody declared is found in the spans, and an open incident hears of it", async () => {
    const incident = await declareIn(one);
    const answer = await send(one.urlOf("/v1/changes"), one.machines.changes, {
      contentType: "application/x-ndjson",
    });
    expect(answer.status, await answer.text()).toBe(201);
    expect((await laneOf(one)).map(([isDeclared]) => isDeclared)).toEqual(
      one.declared.map(() => true),
    );

    await sendSpans(one);
    const lane = await laneOf(one);
    expect(lane.filter(([isDeclared]) => isDeclared)).toHaveLength(one.declared.length);
    const undeclared = lane.filter(([isDeclared]) => !isDeclared).map(([, summary]) => summary);
    expect(undeclared).toHaveLength(1);

    const changes = await changesShown(one, incident);
    const keys = [...changes.keys()];
    expect(keys.filter((key) => !key.startsWith("pin:")).toSorted()).toEqual(one.declared);
    for (const key of one.absent) expect(keys).not.toContain(key);
    const seen = keys.filter((key) => key.startsWith("pin:")).map((key) => changes.get(key));
    expect(seen).toHaveLength(1);
    for (const words of [...one.says, "Nobody declared this"]) expect(seen[0]).toContain(words);
    // what nobody declared is read first
    expect(keys[0]).toMatch(/^pin:/);
  }, 60_000);

  test("the same spans sent twice count once", async () => {
    const before = await countRequests(one);
    expect(Number(before)).toBeGreaterThan(1_000);
    const lane = await laneOf(one);
    await sendSpans(one);
    expect(await countRequests(one)).toBe(before);
    expect(await laneOf(one)).toEqual(lane);
  }, 60_000);
});

test.each(["/v1/traces", "/v1/changes", "/v1/test-results"])(
  "%s takes nothing from whoever has no token, or a wrong one",
  async (path) => {
    const before = await countRequests(anywhere);
    for (const token of [null, "sandbox-intake-tokem", ""]) {
      const answer = await send(anywhere.urlOf(path), anywhere.machines.requests[0] ?? "", {
        token,
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      await answer.text();
    }
    expect(await countRequests(anywhere)).toBe(before);
  },
);

test("results of a run that took stored values are refused as an arm, with what they ran with", async () => {
  const [{ bot, desk }] = grounds as [Playground];
  const incident = await desk.declare("declarer", { title: "Refund answers cite the old rule" });
  const figures = figuresDesk(bot, desk, () => incident);
  const name = "promptfoo-filter-failing-trap.json";
  const content = await readFile(`test/samples/promptfoo/${name}`, "utf8");
  const { fileId } = await bot.control.upload({
    userId: desk.id("declarer"),
    file: { name, mimetype: "application/json", content },
  });
  const arm = "index idx-2026-11-06 (override, Retrieval & data): index_version=idx-2026-11-06";
  const sent = await figures.submitKind("E4", { arms: arm, file: [fileId] });
  expect(sent.fieldErrors).toBeUndefined();
  await desk.settle();
  expect(await figures.newest()).toBe(0);
  const told = (await desk.direct("declarer")).filter(({ blocks }) =>
    blocks.some(({ block_id: id }) => id === "file-unread"),
  );
  expect(told).toHaveLength(1);
  for (const words of [name, "index_version is idx-2026-10-30", "the arm says idx-2026-11-06"]) {
    expect(shown(told[0]!)).toContain(words);
  }
}, 60_000);
