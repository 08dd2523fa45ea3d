// Goal: several bots, one after the other or side by side, killed or stopped: what was said is kept, and
// nothing is doubled.
// Method: real children, `node src/main.ts`, in S0's world; the sandbox is in this process.

import { expect, test, vi } from "vitest";
import { testDatabase } from "#test/support/database.ts";
import { children, ended, holdIncidents, patience } from "#test/e2e/children.ts";
import { expectNothingDoubled, shown } from "#test/e2e/desk.ts";
import { countRows } from "#test/e2e/records.ts";

const { aWorld, start, started, world } = await children();

// every test starts processes, and the machine may be busy with others
vi.setConfig({ testTimeout: 60_000 });

test("a form that could not be saved before the stop is sent again to the next bot, and is recorded once", async () => {
  const { sandbox, environment, deskFor } = await aWorld();
  const { url, db } = await testDatabase();
  const desk = deskFor(db);
  const bot = await started({ ...environment, DATABASE_URL: url });
  await sandbox.control.connectBot({ requestUrl: `${bot.url}/slack/events` });
  const { channelId } = await desk.declare("declarer", { title: "Stopped before it was saved" });
  const what = "Sent to two bots";
  const held = await holdIncidents(db);
  await desk.open("declarer", "evidence", channelId);
  const answer = desk.submit("declarer", { kind: "E9", what });
  await held.isWaitedFor();
  expect(await ended(bot, "SIGTERM")).toBe(0);
  const refused = await answer;
  expect(refused.status).not.toBe("acked");
  expect(refused.view?.values).toMatchObject({ what });
  await held.release();

  const next = await started({ ...environment, DATABASE_URL: url });
  await sandbox.control.connectBot({ requestUrl: `${next.url}/slack/events` });
  expect(await desk.submit("declarer", {})).toMatchObject({ status: "acked" });
  expect(await countRows(db, "evidenceItem", { what })).toBe(1);
  expect(await ended(next, "SIGTERM")).toBe(0);
});

test("two bots that start at once on an empty database both work, and each effect happens once", async () => {
  const { sandbox, environment, deskFor } = await aWorld("socket");
  const { url, db } = await testDatabase({ isEmpty: true });
  const env = { ...environment, DATABASE_URL: url };
  const bots = await Promise.all([started(env), started(env)]);
  for (const bot of bots) expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  const desk = deskFor(db);
  const { channelId } = await desk.declare("declarer", { title: "Two bots" });
  // one post takes so long that the other bot looks around meanwhile
  await sandbox.control.setFaults({
    faults: [
      { side: "slack", method: "chat\\.postMessage", kind: "latency", latencyMs: 2_200, times: 1 },
    ],
  });
  for (const number of [1, 2, 3, 4]) {
    await desk.record("declarer", "evidence", channelId, { kind: "E9", what: `Seen ${number}` });
  }
  await desk.settle();
  // also where somebody else has done it meanwhile, the slow post has arrived by now
  const isSlowPostIn = async () =>
    (await sandbox.control.wire()).calls.some(({ fault }) => fault === "latency");
  await vi.waitUntil(isSlowPostIn, patience);
  const { channels, messages } = await sandbox.control.state();
  expect(channels.filter(({ name }) => name.startsWith("inc-"))).toHaveLength(1);
  expectNothingDoubled(messages, world.seed.bot.userId);
  for (const number of [1, 2, 3, 4]) {
    const shownOnce = (await desk.messages(channelId)).filter(({ text }) =>
      text.includes(`Seen ${number}`),
    );
    expect(shownOnce).toHaveLength(1);
  }
  expect(await Promise.all(bots.map((bot) => ended(bot, "SIGTERM")))).toEqual([0, 0]);
});

test("a second bot on a data folder says so and ends with 1; after kill -9 the next one has everything", async () => {
  const { sandbox, environment, deskFor } = await aWorld();
  const bot = await started(environment);
  await sandbox.control.connectBot({ requestUrl: `${bot.url}/slack/events` });
  const desk = deskFor();
  await desk.record("declarer", "declare Survives a kill", world.generalChannelId, {
    severity: "SEV3",
  });

  const second = start({ ...environment, LOG_LEVEL: "info" });
  expect(await ended(second)).toBe(1);
  const said = (await second.output())
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("{"));
  expect(said).toEqual([
    `Another Faultline (process ${bot.child.pid}) already uses ${environment["FAULTLINE_DATA_DIR"]}. Stop it first, or give this one a FAULTLINE_DATA_DIR of its own; two bots on one database need DATABASE_URL.`,
  ]);

  bot.child.kill("SIGKILL");
  await ended(bot);
  const next = await started(environment);
  await sandbox.control.connectBot({ requestUrl: `${next.url}/slack/events` });
  const list = await desk.type("declarer", "list");
  expect(shown(list.ephemerals[0]!)).toContain("Incident 1 · SEV3 · Survives a kill");
  const opened = async () =>
    (await sandbox.control.state()).channels.filter(({ name }) => name.startsWith("inc-"));
  await vi.waitUntil(async () => (await opened()).length > 0, patience);
  expect(await opened()).toHaveLength(1);
  expect(await ended(next, "SIGTERM")).toBe(0);
});
