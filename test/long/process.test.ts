// Goal: the bot as a process: it says what it lacks, says whether it is well, stops in order, and keeps
// secrets and what people wrote out of its log.
// Method: real children, `node src/main.ts`, in S0's world; the sandbox is in this process.

import { expect, test, vi } from "vitest";
import { testDatabase } from "#test/support/database.ts";
import { children, ended, holdIncidents, patience } from "#test/e2e/children.ts";
import { countRows } from "#test/e2e/records.ts";
import { walkThrough } from "#test/e2e/walk.ts";

const { aWorld, start, started, world } = await children();

// every test starts processes, and the machine may be busy with others
vi.setConfig({ testTimeout: 60_000 });

test("without tokens it names in one message what is missing and where to get it, and ends with 1", async () => {
  const bot = start({});
  expect(await ended(bot)).toBe(1);
  const said = await bot.output();
  for (const words of [
    "SLACK_BOT_TOKEN: the bot's token, it starts with xoxb-.",
    "OAuth & Permissions > Bot User OAuth Token.",
    "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: how Slack reaches the bot.",
    "Basic Information > App Credentials > Signing Secret.",
    "GITHUB_TOKEN: files action items as issues",
    "To see Faultline without any of this: npm run demo",
  ]) {
    expect(said).toContain(words);
  }
  expect(said.match(/cannot start/g)).toHaveLength(1);
  expect(said).not.toContain("    at ");
});

test("wrong values are all told in one message that holds no secret, and it ends with 1", async () => {
  const bot = start({
    SLACK_BOT_TOKEN: "xoxp-a-person's-token",
    SLACK_SIGNING_SECRET: "s3cret-of-this-test",
    GITHUB_TOKEN: "ghp_of-this-test",
    FAULTLINE_ISSUES_REPO: "incidents",
    FAULTLINE_ANNOUNCE_CHANNEL: "#incidents",
    PORT: "70000",
    LOG_LEVEL: "loud",
  });
  expect(await ended(bot)).toBe(1);
  const said = await bot.output();
  expect(said.match(/cannot start/g)).toHaveLength(1);
  for (const name of [
    "SLACK_BOT_TOKEN must be",
    "FAULTLINE_ISSUES_REPO must be",
    "FAULTLINE_ANNOUNCE_CHANNEL must be",
    "PORT must be",
    "LOG_LEVEL must be",
  ]) {
    expect(said).toContain(name);
  }
  for (const secret of ["xoxp-a", "s3cret-of", "ghp_of"]) expect(said).not.toContain(secret);
});

test("it says that it is well, keeps secrets and what people wrote out of its log, and ends with 0", async () => {
  const { sandbox, environment, deskFor } = await aWorld();
  const { url, db } = await testDatabase();
  const bot = await started({ ...environment, DATABASE_URL: url, LOG_LEVEL: "trace" });
  for (const path of ["/healthz", "/readyz"]) {
    expect((await fetch(`${bot.url}${path}`)).status, path).toBe(200);
  }
  await sandbox.control.connectBot({ requestUrl: `${bot.url}/slack/events` });
  // some calls fail, so that what is logged of failures is looked at too
  const failing = { kind: "status", status: 500, share: 0.1 } as const;
  await sandbox.control.setFaults({
    faults: [
      { side: "slack", method: "chat\\.|conversations\\.", ...failing },
      { side: "github", method: ".", ...failing },
    ],
  });
  await walkThrough(deskFor(db), (field) =>
    field.endsWith(".link")
      ? "https://example.com/zanzibar"
      : `The job fails when zanzibar ${field}`,
  );
  expect((await sandbox.control.state()).pullRequests).toHaveLength(1);
  expect(await ended(bot, "SIGTERM")).toBe(0);
  const log = await bot.output();
  expect(log).toContain("answered a request");
  expect(log).toContain("an effect has to wait");
  const { bot: secrets, github } = world.seed;
  for (const secret of ["zanzibar", secrets.token, secrets.signingSecret, github.token]) {
    expect(
      log.split("\n").filter((line) => line.includes(secret)),
      secret,
    ).toEqual([]);
  }
});

test("asked to stop while a form is being saved it answers the form first, and ends with 0", async () => {
  const { sandbox, environment, deskFor } = await aWorld();
  const { url, db } = await testDatabase();
  const desk = deskFor(db);
  const bot = await started({ ...environment, DATABASE_URL: url });
  await sandbox.control.connectBot({ requestUrl: `${bot.url}/slack/events` });
  const { channelId } = await desk.declare("declarer", { title: "Stopped while saving" });
  const what = "Saved while stopping";
  const held = await holdIncidents(db);
  await desk.open("declarer", "evidence", channelId);
  const answer = desk.submit("declarer", { kind: "E9", what });
  await held.isWaitedFor();
  const askedAt = performance.now();
  bot.child.kill("SIGTERM");
  // it takes nothing more
  const isRefused = async () => (await desk.type("owner_model", "list")).status === "failed";
  await vi.waitUntil(isRefused, patience);
  await held.release();
  expect(await answer).toMatchObject({ status: "acked" });
  expect((await answer).fieldErrors).toBeUndefined();
  expect(await ended(bot)).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(10_000);
  expect(await countRows(db, "evidenceItem", { what })).toBe(1);
});
