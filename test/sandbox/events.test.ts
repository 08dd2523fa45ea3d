// Goal: events reach the bot as the Events API sends them, again where they were not answered, over
// HTTP and over Socket Mode.
// Method: a raw HTTP listener and a raw WebSocket, so that nothing of Bolt's answers by itself; the
// waits between tries are shortened.
import { SocketModeClient } from "@slack/socket-mode";
import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import WebSocket from "ws";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { quiet } from "./bot.ts";
import { type Heard, listenRaw } from "./listen-raw.ts";
import { seed } from "./seed.ts";

let sandbox: Sandbox;
const cleanups: (() => unknown)[] = [];
beforeEach(async () => {
  sandbox = await startSandbox(seed, { answerWithinMs: 150, retryDelaysMs: [10, 20, 30] });
});
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
  await sandbox.close();
});

async function listen(answers: (number | undefined)[]): Promise<Heard[]> {
  const raw = await listenRaw(sandbox.control, answers);
  cleanups.push(raw.close);
  return raw.heard;
}

test("an event comes again with the same id until it is answered with 2xx in time", async () => {
  const heard = await listen([500, undefined, 200]);
  await sandbox.control.join({ userId: "U0GUS", channelId: "C0GENERAL" });
  await sandbox.control.settled();
  const joins = heard.filter(({ body }) => body.event["type"] === "member_joined_channel");
  const ids = new Set(heard.map(({ body }) => body.event_id));
  // The notice in the channel is a message event of its own.
  expect(ids.size).toBe(2);
  expect(heard.every(({ isSigned }) => isSigned)).toBe(true);
  expect(heard.map(({ retry, reason }) => [retry, reason])).toEqual(
    expect.arrayContaining([
      [undefined, undefined],
      ["1", "http_error"],
      ["1", "http_timeout"],
    ]),
  );
  expect(joins[0]?.body).toMatchObject({
    type: "event_callback",
    team_id: "T0TEAM",
    api_app_id: "A0BOT",
    authorizations: [{ team_id: "T0TEAM", user_id: "U0BOT", is_bot: true }],
    event: {
      type: "member_joined_channel",
      user: "U0GUS",
      channel: "C0GENERAL",
      channel_type: "C",
      team: "T0TEAM",
    },
  });
});

test("copies carry one id, and the bot hears only of channels it is in", async () => {
  const heard = await listen([]);
  await sandbox.control.setEventCopies({ copies: 2 });
  await sandbox.control.say({ userId: "U0ANA", channelId: "C0OPEN", text: "Not for the bot" });
  const said = await sandbox.control.say({
    userId: "U0ANA",
    channelId: "C0GENERAL",
    text: "a < @ben",
  });
  await sandbox.control.settled();
  expect(heard.map(({ body }) => body.event)).toMatchObject(
    [1, 2].map(() => ({
      type: "message",
      channel: "C0GENERAL",
      channel_type: "channel",
      user: "U0ANA",
      text: "a &lt; <@U0BEN>",
      ts: said.ts,
    })),
  );
  expect(new Set(heard.map(({ body }) => body.event_id)).size).toBe(1);
  await sandbox.control.setEventCopies({ copies: 1 });
  heard.length = 0;
  const user = { id: "U0NEW", name: "new", realName: "New", email: "new@example.com" };
  await sandbox.control.addUser({ user });
  await sandbox.control.leave({ userId: "U0BOT", channelId: "C0GENERAL" });
  await sandbox.control.settled();
  expect(heard.map(({ body }) => body.event["type"])).toEqual(
    expect.arrayContaining(["team_join", "member_left_channel"]),
  );
});

test("where they are swapped, of two events that come close together the later one is first", async () => {
  const heard = await listen([]);
  const say = (text: string) =>
    sandbox.control.say({ userId: "U0ANA", channelId: "C0GENERAL", text });
  const texts = async () => {
    await sandbox.control.settled();
    return heard.splice(0).map(({ body }) => body.event["text"]);
  };
  await sandbox.control.setEventOrder({ isSwapped: true });
  for (const text of ["one", "two", "three"]) await say(text);
  // nothing overtakes the last one
  expect(await texts()).toEqual(["two", "one", "three"]);
  await sandbox.control.setEventOrder({ isSwapped: false });
  await say("four");
  expect(await texts()).toEqual(["four"]);
});

test("each envelope goes to one connection; unacknowledged or cut off, an event comes again", async () => {
  const client = new WebClient(seed.bot.appToken, { slackApiUrl: sandbox.addresses.slackApiUrl });
  const heard: { by: number; envelope: Record<string, unknown> }[] = [];
  let isDone = (): void => {};
  const connect = async (by: number, onEnvelope: (socket: WebSocket, id: string) => void) => {
    const { url = "" } = await client.apps.connections.open();
    const socket = new WebSocket(url);
    cleanups.push(() => socket.terminate());
    await new Promise<void>((resolve) => {
      socket.on("message", (data) => {
        const envelope = JSON.parse((data as Buffer).toString()) as Record<string, unknown>;
        if (envelope["type"] === "hello") return resolve();
        heard.push({ by, envelope });
        onEnvelope(socket, String(envelope["envelope_id"]));
      });
    });
  };
  const acknowledge = (socket: WebSocket, id: string) => {
    socket.send(JSON.stringify({ envelope_id: id }));
    isDone();
  };
  await connect(1, (socket) => socket.terminate());
  await connect(2, acknowledge);
  await sandbox.control.connectBot({ requestUrl: null });
  for (let count = 0; count < 3; count += 1) {
    await sandbox.control.say({ userId: "U0ANA", channelId: "C0GENERAL", text: `${count}` });
  }
  await sandbox.control.settled();
  const acked = heard.filter(({ by }) => by === 2);
  expect(acked).toHaveLength(3);
  expect(heard.filter(({ by }) => by === 1).length).toBeGreaterThan(0);
  expect(acked.map(({ envelope }) => envelope["retry_attempt"])).toContain(1);
  expect(acked[0]?.envelope).toMatchObject({
    type: "events_api",
    accepts_response_payload: false,
    payload: { type: "event_callback", event: { type: "message" } },
  });
  // A ticket works once.
  const { url = "" } = await client.apps.connections.open();
  const first = new WebSocket(url);
  cleanups.push(() => first.terminate());
  await new Promise((resolve) => first.once("message", resolve));
  const again = new WebSocket(url);
  const refused = await new Promise<Error>((resolve) => again.once("error", resolve));
  expect(refused.message).toContain("401");
});

test("Slack's Socket Mode client stays connected and acknowledges", async () => {
  const client = new SocketModeClient({
    appToken: seed.bot.appToken,
    logger: quiet,
    clientOptions: { slackApiUrl: sandbox.addresses.slackApiUrl },
  });
  cleanups.push(() => client.disconnect());
  const texts: string[] = [];
  client.on("message", (heard: { event: { text: string }; ack(): Promise<void> }) => {
    texts.push(heard.event.text);
    void heard.ack();
  });
  await client.start();
  await sandbox.control.say({ userId: "U0ANA", channelId: "C0GENERAL", text: "Hello" });
  await sandbox.control.settled();
  expect(texts).toEqual(["Hello"]);
});
