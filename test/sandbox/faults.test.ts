// Goal: faults strike as they are set, and what happened before a lost answer has happened.
// Method: the real clients of Slack and GitHub with their retries off; counts in the stores.
import { Octokit } from "@octokit/rest";
import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fault } from "#sandbox/protocol.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { quiet } from "./bot.ts";
import { seed } from "./seed.ts";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox(seed);
});
afterEach(() => sandbox.close());

function post(text: string): Promise<string> {
  const client = new WebClient(seed.bot.token, {
    slackApiUrl: sandbox.addresses.slackApiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
  });
  return client.chat.postMessage({ channel: "C0GENERAL", text }).then(
    () => "posted",
    (error: { code: string; retryAfter?: number; statusCode?: number }) =>
      `${error.code} ${error.retryAfter ?? error.statusCode ?? ""}`.trim(),
  );
}

async function postedWith(fault: Partial<Fault>): Promise<{ outcome: string; posted: number }> {
  const before = (await sandbox.control.state()).messages.length;
  const kind = { side: "slack", method: "chat\\.postMessage", kind: "status", times: 1 } as const;
  await sandbox.control.setFaults({ faults: [{ ...kind, ...fault }] });
  const outcome = await post("x");
  return { outcome, posted: (await sandbox.control.state()).messages.length - before };
}

test("429 and 5xx do nothing; a connection cut before does nothing, one cut after has done it", async () => {
  expect(await postedWith({ status: 429, retryAfterSeconds: 7 })).toEqual({
    outcome: "slack_webapi_rate_limited_error 7",
    posted: 0,
  });
  expect(await postedWith({ status: 503 })).toEqual({
    outcome: "slack_webapi_http_error 503",
    posted: 0,
  });
  const cut = "slack_webapi_request_error";
  expect(await postedWith({ kind: "cut_before" })).toEqual({ outcome: cut, posted: 0 });
  expect(await postedWith({ kind: "cut_after" })).toEqual({ outcome: cut, posted: 1 });
  expect(await postedWith({ kind: "cut_after", method: "chat\\.update" })).toMatchObject({
    outcome: "posted",
  });
  const start = performance.now();
  expect(await postedWith({ kind: "latency", latencyMs: 80 })).toMatchObject({ posted: 1 });
  expect(performance.now() - start).toBeGreaterThan(79);
  expect((await sandbox.control.wire()).calls.map(({ status, fault }) => [status, fault])).toEqual([
    [429, "status"],
    [503, "status"],
    [0, "cut_before"],
    [0, "cut_after"],
    [200, undefined],
    [200, "latency"],
  ]);
});

test("a share strikes the same calls for the same seed", async () => {
  const strikes = async (seedNumber: number) => {
    const fault = { side: "slack", method: ".", kind: "cut_before", share: 0.3 } as const;
    await sandbox.control.setFaults({ faults: [fault], seed: seedNumber });
    const outcomes: string[] = [];
    for (let count = 0; count < 30; count += 1) outcomes.push(await post("x"));
    return outcomes.map((outcome) => (outcome === "posted" ? "." : "x")).join("");
  };
  const first = await strikes(5);
  expect(await strikes(5)).toBe(first);
  expect(await strikes(6)).not.toBe(first);
  const struck = first.replaceAll(".", "").length;
  expect(struck).toBeGreaterThan(3);
  expect(struck).toBeLessThan(16);
});

test("an issue whose answer was lost is there", async () => {
  const faults: Fault[] = [
    { side: "github", method: "POST .+issues", kind: "cut_after", times: 1 },
  ];
  await sandbox.control.setFaults({ faults });
  const octokit = new Octokit({
    auth: seed.github.token,
    baseUrl: sandbox.addresses.githubApiUrl,
    log: quiet,
  });
  const issue = { owner: "acme", repo: "incidents", title: "One" };
  await expect(octokit.issues.create(issue)).rejects.toThrow();
  await octokit.issues.create({ ...issue, title: "Two" });
  const { issues } = await sandbox.control.state();
  expect(issues.map(({ title }) => title)).toEqual(["One", "Two"]);
});

test("GitHub's secondary limit comes with either status, and says when to come again", async () => {
  const octokit = new Octokit({
    auth: seed.github.token,
    baseUrl: sandbox.addresses.githubApiUrl,
    log: quiet,
  });
  for (const status of [403, 429]) {
    const fault = { side: "github", method: ".", kind: "status", status, times: 1 } as const;
    await sandbox.control.setFaults({ faults: [{ ...fault, retryAfterSeconds: 3 }] });
    const refused = octokit.issues.create({ owner: "acme", repo: "incidents", title: "One" });
    await expect(refused).rejects.toMatchObject({
      status,
      message: expect.stringContaining("secondary rate limit"),
      response: { headers: { "retry-after": "3" } },
    });
  }
  expect((await sandbox.control.repositories()).issues).toEqual([]);
});
