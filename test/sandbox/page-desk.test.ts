// Goal: at the desk the bot is killed, restarted and broken in every way the switches name, and the page
// always says how it stands with it.
// Method: a real process in the bot's place, a sandbox in this process, and a tab that looks on.
import { rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connectSandbox } from "#sandbox/client.ts";
import type { BotDesk } from "#sandbox/page-server/bot-desk.ts";
import { readEffects } from "#sandbox/page-server/effects.ts";
import { type Page, startPage } from "#sandbox/page-server/page.ts";
import { allOff, faultsOf } from "#sandbox/page-server/switches.ts";
import type { EffectRow } from "#sandbox/page/live/topics.ts";
import {
  makeRunFolder,
  prepareBot,
  removeRunFolder,
  type StartedBot,
} from "#sandbox/play/start.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { s0World } from "#test/support/bot.ts";
import { testDatabase } from "#test/support/database.ts";
import { openTab, type Tab } from "./page-tab.ts";

const { scenario, world } = await s0World();
const [ana = ""] = [...world.userIds.values()];

const tinyBot = relative(".", fileURLToPath(new URL("./tiny-bot.ts", import.meta.url)));

let folder: string;
let page: Page;
let sandbox: Sandbox;
let bot: StartedBot;
let desk: BotDesk;
let tab: Tab;
beforeEach(async () => {
  folder = await makeRunFolder();
  sandbox = await startSandbox(world.seed);
  const { addresses } = sandbox;
  const control = connectSandbox(addresses.controlUrl);
  page = await startPage({
    scenario,
    world,
    transport: "http",
    port: 0,
    folder: Promise.resolve(folder),
  });
  page.useSandbox(control);
  bot = await prepareBot({
    started: { world, addresses, control, folder },
    transport: "http",
    script: tinyBot,
  });
  desk = page.useBot(bot);
  tab = await openTab(page.url, ana);
});
afterEach(async () => {
  tab.close();
  await page.close();
  await bot.kill();
  await sandbox.close();
  await removeRunFolder(folder);
});

async function ask(name: string, input: unknown = null) {
  const response = await fetch(`${page.url}/desk/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: await response.json() };
}
const botIs = (state: string) => tab.shows(({ ones }) => ones.bot?.state === state);

test("a bot is killed and started again while a tab is open, and the tab is told each time", async () => {
  await botIs("starting");
  await desk.start();
  await botIs("up");
  expect(await ask("kill-bot")).toEqual({ status: 200, body: null });
  await botIs("down");
  expect(tab.ones.bot).toEqual({ state: "down", transport: "http" });
  expect(bot.isRunning()).toBe(false);
  await ask("restart-bot");
  await botIs("restarting");
  await botIs("up");
  await ask("restart-bot");
  await botIs("restarting");
  await botIs("up");
  // the tab was not closed: it is the same connection
  expect(tab.patches.filter(({ one }) => one?.me)).toHaveLength(1);
});

test("a bot that dies by itself, or does not start, is shown with its last words", async () => {
  await desk.start();
  await fetch(`${bot.url}/die`).catch(() => undefined);
  await botIs("down");
  expect(tab.ones.bot?.lastWords).toMatch(/ended by itself[^]*Out of memory/);
  await writeFile(join(bot.dataDir, "broken"), "");
  await ask("restart-bot");
  await tab.shows(({ ones }) => ones.bot?.lastWords?.includes("another workspace"));
  expect(tab.ones.bot?.state).toBe("down");
  await rm(join(bot.dataDir, "broken"));
  await ask("restart-bot");
  await botIs("up");
  expect(tab.ones.bot).not.toHaveProperty("lastWords");
});

test("a start that is broken off by a kill does not come back later", async () => {
  const starting = desk.start();
  await vi.waitUntil(() => bot.isRunning());
  await ask("kill-bot");
  await starting;
  expect(desk.isUp()).toBe(false);
  expect(bot.isRunning()).toBe(false);
  await botIs("down");
});

test("each switch breaks what it names, and mends it again", async () => {
  const { slackApiUrl, githubApiUrl } = sandbox.addresses;
  const { bot: app, github } = world.seed;
  const statusOf = async (url: string, authorization: string) =>
    (
      await fetch(url, {
        method: url.includes("auth.test") ? "POST" : "GET",
        headers: { authorization },
      })
    ).status;
  const slackSays = () => statusOf(`${slackApiUrl}auth.test`, `Bearer ${app.token}`);
  const githubSays = () => statusOf(`${githubApiUrl}/user`, `token ${github.token}`);
  const both = async () => [await slackSays(), await githubSays()];
  expect(await both()).toEqual([200, 200]);
  await ask("switches", { slackDown: true, githubDown: true });
  expect(await both()).toEqual([503, 503]);
  await tab.shows(({ ones }) => ones.switches?.slackDown && ones.switches.githubDown);
  await ask("switches", { slackDown: false });
  expect(await both()).toEqual([200, 503]);
  await ask("switches", { githubDown: false, slackRateLimited: true });
  const answers = await Promise.all(Array.from({ length: 40 }, slackSays));
  expect(new Set(answers)).toEqual(new Set([200, 429]));
  await tab.shows(({ lists }) =>
    Object.values(lists.calls ?? {}).some((one) => one.status === 429),
  );
  await ask("switches", { slackRateLimited: false });
  expect(await both()).toEqual([200, 200]);
  await tab.shows(({ ones }) => JSON.stringify(ones.switches) === JSON.stringify(allOff));
});

test("what the switches do to calls", () => {
  const on = (name: keyof typeof allOff) => faultsOf({ ...allOff, [name]: true });
  expect(faultsOf(allOff)).toEqual([]);
  expect(on("lostAnswers").map(({ side, kind, share }) => [side, kind, share])).toEqual([
    ["slack", "cut_after", 1 / 3],
    ["github", "cut_after", 1 / 3],
  ]);
  const slow = on("slackSlow").map(({ kind, latencyMs = 0 }) => [kind, latencyMs] as const);
  expect(slow).toEqual([
    ["latency", 1_500],
    ["latency", 2_000],
  ]);
  expect(on("slackRateLimited")).toMatchObject([{ status: 429, retryAfterSeconds: 2, share: 0.5 }]);
});

test("what cannot be done at the desk is said in a sentence", async () => {
  expect(await ask("switches", { slackAway: true })).toMatchObject({ status: 400 });
  expect(await ask("switches", { slackDown: "yes" })).toMatchObject({ status: 400 });
  expect(await ask("play", { until: "soon" })).toMatchObject({ status: 400 });
  expect(await ask("sweep")).toMatchObject({ status: 404 });
  expect(await ask("refresh-sockets")).toEqual({
    status: 409,
    body: { error: expect.stringContaining("--socket") },
  });
});

test("the script waits for the bot, and can be paused while it does", async () => {
  await ask("play", { until: 3 });
  await tab.shows(({ ones }) => ones.script?.state === "playing");
  expect(tab.ones.script?.steps.every(({ state }) => state === "to_do")).toBe(true);
  await ask("pause");
  await tab.shows(({ ones }) => ones.script?.state === "idle");
});

test("effects are read while somebody looks; after the database was away they are read again", async () => {
  const { db, url } = await testDatabase();
  const told: EffectRow[][] = [];
  let isWatched = false;
  const reader = readEffects({
    databaseUrl: async () => url,
    isWatched: () => isWatched,
    onRows: (rows) => told.push(rows),
  });
  const write = (id: string) =>
    db
      .insertInto("effect")
      .values({ id, name: "post-message", key: id, lane: "C1", payload: "{}" })
      .execute();
  const [first, second] = [1, 2].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
  if (!first || !second) return expect.fail();
  try {
    await write(first);
    expect(told).toEqual([]);
    isWatched = true;
    await vi.waitUntil(() => told.length > 0, { timeout: 5_000 });
    expect(told.at(-1)).toMatchObject([
      { id: first, position: 1, name: "post-message", lane: "C1", state: "pending", attempts: 0 },
    ]);
    expect(told.at(-1)?.[0]?.writtenAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const reads = sql`from pg_stat_activity where application_name = 'faultline sandbox page'`;
    await sql`select pg_terminate_backend(pid) ${reads}`.execute(db);
    await write(second);
    await vi.waitUntil(() => told.at(-1)?.length === 2, { timeout: 5_000 });
    expect(told.every((rows) => rows.length > 0)).toBe(true);
  } finally {
    await reader.stop();
  }
});
