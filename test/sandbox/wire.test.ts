// Goal: what went over the wire can be read afterwards, in both directions, without what signs it in.
// Method: Slack's own clients and a raw listener as the bot.
import { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createChanges } from "#sandbox/changes.ts";
import type { SandboxControl } from "#sandbox/protocol.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { createWireLog } from "#sandbox/wire-log.ts";
import { clientOf } from "./api-client.ts";
import { quiet } from "./bot.ts";
import { listenRaw } from "./listen-raw.ts";
import { seed } from "./seed.ts";

let sandbox: Sandbox;
let control: SandboxControl;
beforeEach(async () => {
  sandbox = await startSandbox(seed, { answerWithinMs: 150, retryDelaysMs: [10] });
  control = sandbox.control;
});
afterEach(() => sandbox.close());

test("a call says what was sent, how long it took, and no token", async () => {
  const client = clientOf(sandbox);
  const blocks = [{ type: "divider" }];
  await client.chat.postMessage({ channel: "C0GENERAL", text: "x", blocks });
  // a token in the body in place of the header
  await fetch(`${sandbox.addresses.slackApiUrl}auth.test`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `token=${seed.bot.token}&include=1`,
  });
  const auth = seed.github.token;
  const octokit = new Octokit({ auth, baseUrl: sandbox.addresses.githubApiUrl, log: quiet });
  await octokit.issues.create({ owner: "acme", repo: "incidents", title: "One" });
  const fault = { side: "slack", method: ".", kind: "cut_before" } as const;
  await control.setFaults({ faults: [fault] });
  await client.auth.test().catch(() => {});
  const { calls } = await control.wire();
  expect(calls.map(({ id, method, ms }) => [id, method, typeof ms])).toEqual([
    ["C1", "chat.postMessage", "number"],
    ["C2", "auth.test", "number"],
    ["C3", "POST /repos/{owner}/{repo}/issues", "number"],
    ["C4", "auth.test", "undefined"],
  ]);
  expect(calls.map(({ request }) => JSON.parse(request ?? ""))).toEqual([
    { channel: "C0GENERAL", text: "x", blocks },
    { include: "1" },
    { path: "/repos/acme/incidents/issues", body: { title: "One" } },
    {},
  ]);
  expect(JSON.stringify(calls)).not.toMatch(/xoxb|ghp-sandbox/);
  expect((await control.wire({ last: 1 })).calls.map(({ id }) => id)).toEqual(["C4"]);
});

test("what Slack told the bot is there with every try and its answer", async () => {
  const raw = await listenRaw(control, [500, 200, undefined]);
  await control.say({ userId: "U0ANA", channelId: "C0GENERAL", text: "x" });
  await control.settled();
  await control.connectBot({ requestUrl: "http://127.0.0.1:9" });
  await control.command({ userId: "U0ANA", channelId: "C0GENERAL", text: "/incident help me" });
  raw.close();
  const { deliveries } = await control.wire();
  expect(deliveries).toMatchObject([
    { id: "D1", kind: "event", what: "event message", userId: "U0ANA", status: 500 },
    { id: "D2", kind: "event", outcome: "answered", status: 200, retry: 1 },
    { id: "D3", kind: "command", what: "/incident help", userId: "U0ANA", outcome: "failed" },
  ]);
  expect(deliveries[0]).not.toHaveProperty("retry");
  expect(JSON.parse(deliveries[2]?.payload ?? "")).toMatchObject({ text: "help me" });
});

test("the log forgets what is long and old, and no call", () => {
  const log = createWireLog(createChanges());
  const at = "2026-03-02T09:14:00.000Z";
  for (let count = 0; count < 1_100; count += 1) {
    log.addCall({ at, side: "slack", method: "auth.test", status: 200, request: "{}" });
    log.addDelivery({ at, kind: "event", what: "event message", payload: "{}" });
  }
  const { calls, deliveries } = log.read();
  expect(calls).toHaveLength(1_100);
  expect(calls.filter(({ request }) => request !== undefined)).toHaveLength(500);
  expect(calls.at(-1)?.request).toBe("{}");
  expect(deliveries.map(({ id }) => id).slice(0, 1)).toEqual(["D101"]);
  expect(deliveries).toHaveLength(1_000);
});
