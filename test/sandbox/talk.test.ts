// Goal: the bot hears of what people say and do in a channel as the Events API tells it, and only of
// channels it is in.
// Method: a raw HTTP listener as the bot; one sandbox a test.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SandboxControl } from "#sandbox/protocol.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { clientOf } from "./api-client.ts";
import { listenRaw } from "./listen-raw.ts";
import { busySeed } from "./seed.ts";

let sandbox: Sandbox;
let control: SandboxControl;
let raw: Awaited<ReturnType<typeof listenRaw>>;
beforeEach(async () => {
  sandbox = await startSandbox(busySeed);
  control = sandbox.control;
  raw = await listenRaw(control);
});
afterEach(async () => {
  raw.close();
  await sandbox.close();
});

const channelId = "C0INC";
const ana = { userId: "U0ANA", channelId };

/** What was heard since the last time, sorted by when it happened: deliveries may cross. */
async function heard(): Promise<Record<string, unknown>[]> {
  await control.settled();
  const events = raw.heard.splice(0).map(({ body }) => body.event);
  return events.toSorted((a, b) => Number(a["event_ts"]) - Number(b["event_ts"]));
}

test("a reaction tells whose message it is on, also in a thread, and nothing where nobody wrote it", async () => {
  const head = await control.say({ ...ana, text: "Head" });
  const { ts } = await control.say({ ...ana, userId: "U0BEN", text: "Reply", threadTs: head.ts });
  expect(await heard()).toMatchObject([
    { type: "message", ts: head.ts },
    { type: "message", ts, thread_ts: head.ts, parent_user_id: "U0ANA" },
  ]);
  await control.react({ ...ana, ts, name: "pushpin" });
  await control.unreact({ ...ana, ts, name: "pushpin" });
  const item = { type: "message", channel: channelId, ts, channel_type: "channel" };
  const about = { user: "U0ANA", reaction: "pushpin", item_user: "U0BEN", item };
  expect(await heard()).toMatchObject([
    { type: "reaction_added", ...about },
    { type: "reaction_removed", ...about },
  ]);
  const alert = await control.say({ ...ana, userId: "U0HOOK", text: "Error rate 4 %" });
  await control.react({ ...ana, ts: alert.ts, name: "pushpin" });
  const [message, reaction] = await heard();
  expect(message).toMatchObject({ subtype: "bot_message", username: "Alerts", bot_id: "B0HOOK" });
  expect(message).not.toHaveProperty("user");
  expect(reaction).not.toHaveProperty("item_user");
  const page = await control.say({ ...ana, userId: "U0APP", text: "Paging" });
  expect(await heard()).toMatchObject([{ ts: page.ts, user: "U0APP", bot_id: "B0APP" }]);
  await expect(control.unreact({ ...ana, ts, name: "pushpin" })).rejects.toThrow("not reacted");
  const elsewhere = await control.say({ userId: "U0ANA", channelId: "C0OPEN", text: "Elsewhere" });
  await control.react({ userId: "U0ANA", channelId: "C0OPEN", ts: elsewhere.ts, name: "pushpin" });
  expect(await heard()).toEqual([]);
});

test("files come with their message, and a deleted message is told with what it said", async () => {
  const files = [{ name: "trace.png", mimetype: "image/png", content: "not really" }];
  const { ts } = await control.say({ ...ana, text: "Look", files });
  const { files: stored } = await control.state();
  const [id] = stored.map((file) => file.id);
  const events = await heard();
  expect(events).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ type: "file_shared", file_id: id, channel_id: channelId }),
      expect.objectContaining({ type: "message", subtype: "file_share", ts, text: "Look" }),
    ]),
  );
  expect(events.find(({ type }) => type === "message")?.["files"]).toMatchObject([
    { id, name: "trace.png", mimetype: "image/png", user: "U0ANA", size: 10 },
  ]);
  await expect(control.deleteMessage({ ...ana, userId: "U0BEN", ts })).rejects.toThrow("one's own");
  await control.deleteMessage({ ...ana, ts });
  expect(await heard()).toMatchObject([
    {
      type: "message",
      subtype: "message_deleted",
      hidden: true,
      deleted_ts: ts,
      previous_message: { ts, user: "U0ANA", text: "Look", files: [{ id }] },
    },
  ]);
  expect((await control.state()).messages).toEqual([]);
  await expect(control.react({ ...ana, ts, name: "pushpin" })).rejects.toThrow("no message");
});

test("who changed the topic is told with the topic, escaped, whoever it was", async () => {
  await control.setTopic({ ...ana, topic: "a < b" });
  await clientOf(sandbox).conversations.setTopic({ channel: channelId, topic: "Ours" });
  expect(await heard()).toMatchObject([
    { type: "message", subtype: "channel_topic", user: "U0ANA", topic: "a &lt; b" },
    { type: "message", subtype: "channel_topic", user: "U0BOT", topic: "Ours" },
  ]);
  expect((await control.state()).channels.at(-1)).toMatchObject({ id: channelId, topic: "Ours" });
});

test("a pin that is taken off, an archived channel and an opened one are told", async () => {
  const { ts } = await control.say({ ...ana, text: "Panel" });
  await control.pin({ ...ana, ts });
  await control.unpin({ ...ana, userId: "U0BEN", ts });
  const pin = { channel_id: channelId, item_user: "U0ANA", item: { message: { text: "Panel" } } };
  expect((await heard()).slice(1)).toMatchObject([
    { type: "pin_added", user: "U0ANA", ...pin },
    { type: "pin_removed", user: "U0BEN", has_pins: false, ...pin },
  ]);
  await control.archive(ana);
  expect(await heard()).toMatchObject([
    { type: "message", subtype: "channel_archive", user: "U0ANA" },
    { type: "channel_archive", channel: channelId, user: "U0ANA" },
  ]);
  expect((await control.state()).channels.at(-1)).toMatchObject({ isArchived: true });
  await control.unarchive(ana);
  // The bot is not in it any more: it hears of the channel, not of what is said in it.
  expect(await heard()).toMatchObject([{ type: "channel_unarchive", channel: channelId }]);
});

test("a private channel is entered by invitation, and told of to who is inside", async () => {
  const secret = { userId: "U0ANA", channelId: "C0SECRET" };
  await expect(control.join({ ...secret, userId: "U0BEN" })).rejects.toThrow("private");
  await control.archive(secret);
  await control.unarchive(secret);
  expect(await heard()).toEqual([]);
  await control.invite({ ...secret, invitedId: "U0BOT" });
  await control.archive(secret);
  expect((await heard()).map(({ type, subtype }) => [type, subtype])).toEqual([
    ["message", "channel_join"],
    ["member_joined_channel", undefined],
    ["message", "group_archive"],
    ["group_archive", undefined],
  ]);
});

test("the Home tab tells who opened it, with what was published for them", async () => {
  await control.openHome({ userId: "U0ANA" });
  const [first] = await heard();
  expect(first).toMatchObject({ type: "app_home_opened", user: "U0ANA", tab: "home" });
  expect(first?.["channel"]).toMatch(/^D/);
  expect(first).not.toHaveProperty("view");
  const blocks = [{ type: "divider" as const }];
  const published = await clientOf(sandbox).views.publish({
    user_id: "U0ANA",
    view: { type: "home", callback_id: "home", blocks },
  });
  await control.openHome({ userId: "U0ANA" });
  expect(await heard()).toMatchObject([
    {
      view: { id: published.view?.id, type: "home", callback_id: "home", hash: expect.any(String) },
    },
  ]);
  await control.changeUser({ userId: "U0BEN", isDeactivated: true });
  expect(await heard()).toMatchObject([
    { type: "user_change", user: { id: "U0BEN", deleted: true } },
  ]);
  await expect(control.openHome({ userId: "U0BEN" })).rejects.toThrow("deactivated");
});

test("an app that did not subscribe, or has no Home, does not hear of it", async () => {
  raw.close();
  await sandbox.close();
  const bot = { ...busySeed.bot, events: ["reaction_added"], hasHome: false };
  sandbox = await startSandbox({ ...busySeed, bot });
  control = sandbox.control;
  raw = await listenRaw(control);
  const { ts } = await control.say({ ...ana, text: "x" });
  await control.react({ ...ana, ts, name: "eyes" });
  await control.unreact({ ...ana, ts, name: "eyes" });
  expect((await heard()).map(({ type }) => type)).toEqual(["reaction_added"]);
  await expect(control.openHome({ userId: "U0ANA" })).rejects.toThrow("no Home");
});
