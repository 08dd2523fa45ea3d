// Goal: the bot as a process: it says what it lacks, says whether it is well, stops in order, keeps secrets
// and what people wrote out of its log, and runs beside others and after a kill without doubling anything.
// Method: real children, `node src/main.ts`, in S0's world; the sandbox is in this process.

import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { killNow, type Running, startNode, stopDatabases } from "#sandbox/play/processes.ts";
import { botEnvironment } from "#sandbox/play/world.ts";
import { startSandbox } from "#sandbox/start.ts";
import { testDatabase } from "#test/support/database.ts";
import { s0World } from "#test/support/bot.ts";
import { deskOf, expectNothingDoubled } from "./desk.ts";
import { countRows } from "./records.ts";
import { walkThrough } from "./walk.ts";

const { world } = await s0World();
const folder = await mkdtemp(join(tmpdir(), "faultline-process-"));
// the embedded database runs as another user where we are root
await chmod(folder, 0o755);
const servicesPath = join(folder, "services.yml");
await writeFile(servicesPath, world.servicesFile);
const running: Running[] = [];
afterAll(async () => {
  for (const one of running) await killNow(one, folder);
  await stopDatabases(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

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
  const { sandbox, environment } = await aWorld();
  const bot = await started({ ...environment, DATABASE_URL: (await testDatabase()).url, LOG_LEVEL: "trace" });
  for (const path of ["/healthz", "/readyz"]) {
    expect((await fetch(`${bot.url}${path}`)).status, path).toBe(200);
  }
  await sandbox.control.connectBot({ requestUrl: `${bot.url}/slack/events` });
  const desk = deskOf({ control: sandbox.control, world });
  // some calls fail, so that what is logged of failures is looked at too
  const failing = { kind: "status", status: 500, share: 0.1 } as const;
  await sandbox.control.setFaults({
    faults: [
      { side: "slack", method: "chat\\.|conversations\\.", ...failing },
      { side: "github", method: ".", ...failing },
    ],
  });
  await walkThrough(desk, (field) =>
    field.endsWith(".link") ? "https://example.com/zanzibar" : `The job fails when zanzibar ${field}`,
  );
  await vi.waitUntil(async () => (await sandbox.control.state()).pullRequests.length === 1, patience);
  expect(await ended(bot, "SIGTERM")).toBe(0);
  const log = await bot.output();
  expect(log).toContain("answered a request");
  expect(log).toContain("an effect has to wait");
  const { bot: secrets, github } = world.seed;
  for (const secret of ["zanzibar", secrets.token, secrets.signingSecret, github.token]) {
    expect(log.split("\n").filter((line) => line.includes(secret)), secret).toEqual([]);
  }
});

test("asked to stop while a form is being saved it answers the form first, and ends with 0 within 10 s", async () => {
  const { sandbox, environment } = await aWorld();
  const { url, db } = await testDatabase();
  const bot = await started({ ...environment, DATABASE_URL: url });
  await sandbox.control.connectBot({ requestUrl: `${bot.url}/slack/events` });
  const desk = deskOf({ control: sandbox.control, world });
  const incident = await desk.declare("declarer", { title: "Stopped while saving" });
  const send = async (what: string, whileHeld: () => Promise<unknown>) => {
    await desk.open("declarer", "evidence", incident.channelId);
    // somebody else holds the incident, so the form has to wait
    const held = await db.startTransaction().execute();
    await held.selectFrom("incident").select("id").forUpdate().execute();
    const answer = desk.submit("declarer", { kind: "E9", what });
    await vi.waitUntil(async () => isWaitedFor(url), patience);
    await whileHeld();
    await held.rollback().execute();
    return answer;
  };
  const startedAt = performance.now();
  const answer = await send("Saved while stopping", async () => {
    bot.child.kill("SIGTERM");
    // it takes nothing more
    await vi.waitUntil(async () => (await desk.type("owner_model", "list")).status === "failed", patience);
  });
  expect(answer).toMatchObject({ status: "acked" });
  expect(answer.fieldErrors).toBeUndefined();
  expect(await ended(bot)).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(await countRows(db, "evidenceItem", { what: "Saved while stopping" })).toBe(1);
});

const patience = { timeout: 15_000, interval: 30 };

interface Child extends Running {
  url: string;
  output(): Promise<string>;
}

let count = 0;

/** Starts `node src/main.ts` with these variables. */
function start(env: Record<string, string>): Omit<Child, "url"> {
  count += 1;
  const logFile = join(folder, `${count}.log`);
  const one = startNode({ script: "src/main.ts", env, logFile });
  running.push(one);
  return { ...one, output: () => readFile(logFile, "utf8") };
}

/** The same, and waits until it is ready; it names its port in the log. */
async function started(env: Record<string, string>): Promise<Child> {
  const one = start({ LOG_LEVEL: "info", ...env });
  const port = await vi.waitUntil(async () => {
    if (!one.isRunning()) throw new Error(await one.output());
    return /"port":(\d+).*the bot is ready/.exec(await one.output())?.[1];
  }, patience);
  return { ...one, url: `http://127.0.0.1:${port}` };
}

/** Its exit status, after this signal where one is named; it has 10 s. */
async function ended({ child }: Pick<Child, "child">, signal?: "SIGTERM"): Promise<number | null> {
  if (signal) child.kill(signal);
  if (child.exitCode === null && child.signalCode === null) {
    await once(child, "exit", { signal: AbortSignal.timeout(10_000) });
  }
  return child.exitCode;
}

/** A workspace and a GitHub of one test's own, and the environment of a bot in it. */
async function aWorld() {
  const sandbox = await startSandbox(world.seed);
  closings.push(() => sandbox.close());
  const environment = botEnvironment(world, sandbox.addresses, {
    port: 0,
    dataDir: join(folder, "data"),
    servicesPath,
    transport: "http",
  });
  return { sandbox, environment };
}
