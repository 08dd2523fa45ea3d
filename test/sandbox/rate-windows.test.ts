// Goal: Slack's limits per method hold where they are switched on, as its tiers say.
// Method: windows over a clock of the test's, then Slack's own client at a sandbox.
import { expect, onTestFinished, test } from "vitest";
import { createRateWindows } from "#sandbox/slack/rate-windows.ts";
import { startSandbox } from "#sandbox/start.ts";
import { clientOf } from "./api-client.ts";
import { seed } from "./seed.ts";

function windowsAt() {
  const clock = { ms: 0 };
  const windows = createRateWindows(() => clock.ms);
  windows.set(true);
  const call = (method: string, channel = "") => windows.retryAfter(method, channel);
  /** How many go through at once. */
  const burst = (method: string, channel?: string) => {
    for (let count = 0; ; count += 1) if (call(method, channel) !== undefined) return count;
  };
  return { clock, windows, call, burst };
}

test("each tier lets through what Slack says for a minute, by method", () => {
  const { clock, call, burst } = windowsAt();
  expect(burst("conversations.create")).toBe(20);
  expect(burst("pins.add")).toBe(20);
  expect(burst("chat.update")).toBe(50);
  expect(burst("views.open")).toBe(100);
  clock.ms = 45_500;
  expect(call("conversations.create")).toBe(15);
  clock.ms = 60_000;
  expect(call("conversations.create")).toBeUndefined();
  expect(burst("conversations.create")).toBe(19);
});

test("a channel takes one message a second and a few at once, the workspace several hundred a minute", () => {
  const { clock, call, burst } = windowsAt();
  expect(burst("chat.postMessage", "C1")).toBe(5);
  expect(burst("chat.postMessage", "C2")).toBe(5);
  expect(call("chat.postMessage", "C1")).toBe(5);
  for (let second = 5; second < 40; second += 1) {
    clock.ms = second * 1_000;
    if (second % 5 === 0) expect(burst("chat.postMessage", "C1")).toBe(5);
  }
  const wide = windowsAt();
  let posted = 0;
  while (wide.call("chat.postMessage", `C${posted}`) === undefined) posted += 1;
  expect(posted).toBe(300);
});

test("off it counts nothing, and switching it on begins anew", () => {
  const { windows, burst } = windowsAt();
  expect(burst("pins.list")).toBe(20);
  windows.set(false);
  expect(windows.retryAfter("pins.list", "")).toBeUndefined();
  windows.set(true);
  expect(burst("pins.list")).toBe(20);
  expect(windows.retryAfter("no.such", "")).toBeUndefined();
});

test("a call over the limit is answered 429 with Retry-After, does nothing, and is in the log", async () => {
  const sandbox = await startSandbox(seed);
  onTestFinished(() => sandbox.close());
  const client = clientOf(sandbox);
  const post = () =>
    client.chat.postMessage({ channel: "C0GENERAL", text: "x" }).then(
      () => "posted",
      (error: { code: string; retryAfter: number }) => `${error.code} ${error.retryAfter}`,
    );
  const rejecting = clientOf(sandbox, seed.bot.token, { rejectRateLimitedCalls: true });
  const over = () =>
    rejecting.chat
      .postMessage({ channel: "C0GENERAL", text: "x" })
      .catch((error: unknown) => error);
  for (let count = 0; count < 8; count += 1) expect(await post()).toBe("posted");
  await sandbox.control.setRateWindows({ isOn: true });
  for (let count = 0; count < 5; count += 1) expect(await post()).toBe("posted");
  expect(await over()).toMatchObject({ retryAfter: 5 });
  const { calls } = await sandbox.control.wire();
  expect(calls.at(-1)).toMatchObject({ status: 429, error: "ratelimited" });
  expect((await sandbox.control.state()).messages).toHaveLength(13);
});
