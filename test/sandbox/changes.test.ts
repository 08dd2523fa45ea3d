// Goal: whoever shows the sandbox hears of every change, at once, and of what went over the wire.
// Method: the long poll over HTTP, as the page's server asks; Slack's and GitHub's own clients as the bot.
import { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectSandbox } from "#sandbox/client.ts";
import type { SandboxControl } from "#sandbox/protocol.ts";
import type { Versions } from "#sandbox/screen.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { clientOf } from "./api-client.ts";
import { quiet, startHttpBot } from "./bot.ts";
import { busySeed, seed } from "./seed.ts";

let sandbox: Sandbox;
let control: SandboxControl;
const cleanups: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  sandbox = await startSandbox(busySeed);
  control = connectSandbox(sandbox.addresses.controlUrl);
});
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
  await sandbox.close();
});

const none: Versions = { slack: 0, github: 0, wire: 0 };
const now = () => control.changes({ since: { slack: -1, github: -1, wire: -1 }, withinMs: 0 });
const longMs = 20_000;

/** Which sides have changed by what was done, besides the wire. */
async function changedBy(doIt: () => Promise<unknown>): Promise<string[]> {
  const since = await now();
  await doIt();
  const after = await now();
  return (["slack", "github"] as const).filter((side) => after[side] !== since[side]);
}

test("a wait ends with the change, or when its time is over", async () => {
  expect(await now()).toEqual(none);
  expect(await control.changes({ since: none, withinMs: 20 })).toEqual(none);
  const waiting = control.changes({ since: none, withinMs: longMs });
  await control.say({ userId: "U0ANA", channelId: "C0GENERAL", text: "x" });
  const changed = await waiting;
  expect(changed.slack).toBeGreaterThan(0);
  // who knows of a sandbox that is gone is told at once
  const other = { slack: 99, github: 99, wire: 99 };
  expect((await control.changes({ since: other, withinMs: longMs })).github).toBe(0);
  const left = sandbox.control.changes({ since: await now(), withinMs: longMs });
  await sandbox.close();
  await left;
});

test("every call of the bot's that changes something is told, none that only reads", async () => {
  const client = clientOf(sandbox);
  const channel = "C0INC";
  const { ts = "" } = await client.chat.postMessage({ channel, text: "x" });
  const writes = {
    post: () => client.chat.postMessage({ channel, text: "x" }),
    update: () => client.chat.update({ channel, ts, text: "y" }),
    ephemeral: () => client.chat.postEphemeral({ channel, user: "U0ANA", text: "x" }),
    direct: () => client.conversations.open({ users: "U0BEN" }),
    topic: () => client.conversations.setTopic({ channel, topic: "x" }),
    pin: () => client.pins.add({ channel, timestamp: ts }),
    react: () => client.reactions.add({ channel, timestamp: ts, name: "eyes" }),
    bookmark: () =>
      client.bookmarks.add({
        channel_id: channel,
        title: "x",
        type: "link",
        link: "https://x.test",
      }),
    home: () =>
      client.views.publish({
        user_id: "U0ANA",
        view: { type: "home", blocks: [{ type: "divider" }] },
      }),
    remove: () => client.chat.delete({ channel, ts }),
  };
  for (const [name, write] of Object.entries(writes)) {
    expect([name, await changedBy(write)]).toEqual([name, ["slack"]]);
  }
  expect(await changedBy(() => client.conversations.history({ channel }))).toEqual([]);
  expect(await changedBy(() => client.users.info({ user: "U0ANA" }))).toEqual([]);
  const auth = seed.github.token;
  const octokit = new Octokit({ auth, baseUrl: sandbox.addresses.githubApiUrl, log: quiet });
  const repo = { owner: "acme", repo: "incidents" };
  expect(await changedBy(() => octokit.issues.create({ ...repo, title: "x" }))).toEqual(["github"]);
  expect(await changedBy(() => octokit.issues.listForRepo(repo))).toEqual([]);
  expect(await control.repositories()).toMatchObject({
    issues: [{ title: "x" }],
    pullRequests: [],
  });
});

test("an answer that was lost, a file that comes later and a late response_url are told too", async () => {
  const client = clientOf(sandbox);
  const fault = { side: "slack", method: "chat\\.postMessage", kind: "cut_after" } as const;
  await control.setFaults({ faults: [{ ...fault, times: 1 }] });
  const lost = () => client.chat.postMessage({ channel: "C0INC", text: "x" }).catch(() => {});
  expect(await changedBy(lost)).toEqual(["slack"]);
  await client.filesUploadV2({ channel_id: "C0INC", filename: "a.txt", content: "a" });
  const before = await now();
  const isShared = async () => (await control.screen({ userId: "U0ANA" })).files[0]?.shares.length;
  if (!(await isShared())) await control.changes({ since: before, withinMs: longMs });
  expect(await isShared()).toBe(1);

  let respond = async (): Promise<unknown> => expect.fail("nothing was typed");
  const bot = await startHttpBot(sandbox.addresses, (app) => {
    app.command("/incident", async (typed) => {
      await typed.ack();
      respond = () => typed.respond({ text: "later" });
    });
  });
  cleanups.push(bot.stop);
  await control.connectBot({ requestUrl: bot.requestUrl });
  await control.command({ userId: "U0ANA", channelId: "C0INC", text: "/incident" });
  expect(await changedBy(() => respond())).toEqual(["slack"]);
});

test("people's acts are told before the bot has answered, and two at once do not disturb each other", async () => {
  const acks: (() => void)[] = [];
  const bot = await startHttpBot(sandbox.addresses, (app) => {
    app.command("/incident", async ({ ack, command }) => {
      await new Promise<void>((resolve) => acks.push(resolve));
      await ack(`for ${command.user_name}`);
    });
  });
  cleanups.push(bot.stop);
  await control.connectBot({ requestUrl: bot.requestUrl });
  const since = await now();
  const type = (userId: string) =>
    control.command({ userId, channelId: "C0INC", text: "/incident status" });
  const both = [type("U0ANA"), type("U0BEN")];
  await expect.poll(() => acks.length).toBe(2);
  expect((await now()).wire).toBeGreaterThan(since.wire);
  expect((await control.wire()).deliveries).toMatchObject([
    { kind: "command", what: "/incident status", outcome: "waiting" },
    { outcome: "waiting" },
  ]);
  acks.forEach((ack) => ack());
  const texts = (await Promise.all(both)).map(({ ephemerals }) => ephemerals.map((e) => e.text));
  expect(texts).toEqual([["for ana"], ["for ben"]]);
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      control.say({ userId: "U0ANA", channelId: "C0INC", text: `${index}` }),
    ),
  );
  expect(new Set(all.map(({ ts }) => ts)).size).toBe(20);
});
