// Goal: Slack asks a connection to be opened anew, a new one comes, and no event is lost over it.
// Method: raw WebSockets, then Slack's own Socket Mode client; the waits are shortened.
import { SocketModeClient } from "@slack/socket-mode";
import { afterEach, beforeEach, expect, test } from "vitest";
import WebSocket from "ws";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { clientOf } from "./api-client.ts";
import { quiet } from "./bot.ts";
import { seed } from "./seed.ts";

let sandbox: Sandbox;
const cleanups: (() => unknown)[] = [];
beforeEach(async () => {
  const times = { answerWithinMs: 2_000, retryDelaysMs: Array(40).fill(25), refreshWithinMs: 60 };
  sandbox = await startSandbox(seed, times);
});
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
  await sandbox.close();
});

interface Received {
  type: string;
  reason?: string;
  envelope_id?: string;
  retry_attempt?: number;
  payload?: { event_id: string; event: { text: string } };
}

/** A connection that has been greeted; it acknowledges where it is told to. */
async function connect(isAcking: boolean) {
  const { url = "" } = await clientOf(sandbox, seed.bot.appToken).apps.connections.open();
  const socket = new WebSocket(url);
  cleanups.push(() => socket.terminate());
  const received: Received[] = [];
  const closed = new Promise<void>((resolve) => {
    socket.once("close", resolve);
  });
  await new Promise<void>((resolve) => {
    socket.on("message", (data) => {
      const message = JSON.parse((data as Buffer).toString()) as Received;
      if (message.type === "hello") return resolve();
      received.push(message);
      const { envelope_id } = message;
      if (isAcking && envelope_id) socket.send(JSON.stringify({ envelope_id }));
    });
  });
  return { received, closed };
}

const say = (text: string) =>
  sandbox.control.say({ userId: "U0ANA", channelId: "C0GENERAL", text });

test("a connection that does not go by itself is closed, and what it had not acknowledged comes again", async () => {
  const old = await connect(false);
  await sandbox.control.connectBot({ requestUrl: null });
  await say("lost?");
  await expect.poll(() => old.received.length).toBe(1);
  await sandbox.control.refreshSockets();
  const next = await connect(true);
  await say("meanwhile");
  await old.closed;
  await sandbox.control.settled();
  expect(old.received.map(({ type, reason }) => [type, reason])).toEqual([
    ["events_api", undefined],
    ["disconnect", "refresh_requested"],
  ]);
  // who is leaving gets nothing new where somebody stays
  const texts = next.received.map(({ payload }) => payload?.event.text);
  expect(new Set(texts)).toEqual(new Set(["lost?", "meanwhile"]));
  const again = next.received[texts.indexOf("lost?")];
  expect(again).toMatchObject({ retry_reason: "connection_failed" });
  expect(again?.retry_attempt).toBeGreaterThan(0);
  expect(again?.payload?.event_id).toBe(old.received[0]?.payload?.event_id);
});

test("Slack's own client connects anew, and hears what was said in between", async () => {
  const client = new SocketModeClient({
    appToken: seed.bot.appToken,
    logger: quiet,
    clientPingTimeout: 50,
    clientOptions: { slackApiUrl: sandbox.addresses.slackApiUrl },
  });
  cleanups.push(() => client.disconnect());
  const texts: string[] = [];
  let connections = 0;
  client.on("connected", () => (connections += 1));
  client.on("message", (heard: { event: { text: string }; ack(): Promise<void> }) => {
    texts.push(heard.event.text);
    void heard.ack();
  });
  await client.start();
  await sandbox.control.refreshSockets();
  await say("between");
  await expect.poll(() => connections, { timeout: 5_000 }).toBe(2);
  await say("after");
  await sandbox.control.settled();
  expect(texts.toSorted()).toEqual(["after", "between"]);
});
