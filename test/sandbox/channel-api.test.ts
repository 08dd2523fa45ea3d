// Goal: threads, reactions, pins, bookmarks, files and archiving answer Slack's own client as Slack does.
// Method: the real WebClient against a sandbox in this process, in a channel of the bot's; one sandbox a test.
import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SandboxControl } from "#sandbox/protocol.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { clientOf, errorOf, refusalOf } from "./api-client.ts";
import { busySeed, seed } from "./seed.ts";

let sandbox: Sandbox;
let client: WebClient;
let control: SandboxControl;
beforeEach(async () => {
  sandbox = await startSandbox(busySeed);
  client = clientOf(sandbox);
  control = sandbox.control;
});
afterEach(() => sandbox.close());

const channel = "C0INC";
const ana = { userId: "U0ANA", channelId: channel };
const post = async (text: string, thread_ts?: string) =>
  (await client.chat.postMessage({ channel, text, ...(thread_ts ? { thread_ts } : {}) })).ts ?? "";
const textsOf = (answer: { messages?: { text?: string }[] }) =>
  answer.messages?.map(({ text }) => text);

test("history leaves replies out, their thread has them, and a reply's ts finds no message there", async () => {
  const { ts: head } = await control.say({ ...ana, text: "Head" });
  const first = await post("First reply", head);
  const { ts: second } = await control.say({ ...ana, text: "Second reply", threadTs: head });
  await post("After");
  const history = await client.conversations.history({ channel });
  expect(textsOf(history)).toEqual(["After", "Head"]);
  expect(history.messages?.[1]).toMatchObject({
    ts: head,
    thread_ts: head,
    reply_count: 2,
    reply_users: ["U0BOT", "U0ANA"],
    latest_reply: second,
  });
  const at = { latest: second, inclusive: true, limit: 1 };
  expect(textsOf(await client.conversations.history({ channel, ...at }))).toEqual(["Head"]);
  const thread = await client.conversations.replies({ channel, ts: head });
  expect(textsOf(thread)).toEqual(["Head", "First reply", "Second reply"]);
  expect(thread.messages?.[1]).toMatchObject({ thread_ts: head, parent_user_id: "U0ANA" });
  const part = await client.conversations.replies({ channel, ts: head, oldest: first });
  expect(textsOf(part)).toEqual(["Head", "Second reply"]);
  expect(textsOf(await client.conversations.replies({ channel, ts: first }))).toEqual([
    "First reply",
  ]);
  expect(await errorOf(client.conversations.replies({ channel, ts: "1.000000" }))).toBe(
    "thread_not_found",
  );
  expect((await control.state()).messages).toMatchObject([
    { text: "Head" },
    { text: "First reply", threadTs: head },
    { text: "Second reply", threadTs: head },
    { text: "After" },
  ]);
});

test("a message of one's own is deleted with its pin, and has an address", async () => {
  const head = await post("Head");
  const reply = await post("Reply", head);
  const link = `https://example.slack.com/archives/${channel}/p`;
  const linkOf = async (message_ts: string) =>
    (await client.chat.getPermalink({ channel, message_ts })).permalink;
  expect(await linkOf(head)).toBe(`${link}${head.replace(".", "")}`);
  expect(await linkOf(reply)).toBe(
    `${link}${reply.replace(".", "")}?thread_ts=${head}&cid=${channel}`,
  );
  await client.pins.add({ channel, timestamp: reply });
  await client.chat.delete({ channel, ts: reply });
  expect(await errorOf(client.chat.delete({ channel, ts: reply }))).toBe("message_not_found");
  expect(await errorOf(linkOf(reply))).toBe("message_not_found");
  const { ts } = await control.say({ ...ana, text: "Theirs" });
  expect(await errorOf(client.chat.delete({ channel, ts }))).toBe("cant_delete_message");
  const { messages, channels } = await control.state();
  expect(messages.map(({ text }) => text)).toEqual(["Head", "Theirs"]);
  expect(channels.find(({ id }) => id === channel)?.pinnedTs).toEqual([]);
  await client.pins.add({ channel, timestamp: head });
  await client.pins.remove({ channel, timestamp: head });
  expect(await errorOf(client.pins.remove({ channel, timestamp: head }))).toBe("no_pin");
});

test("an ephemeral is for an active member alone", async () => {
  const text = "For you";
  const { message_ts } = await client.chat.postEphemeral({ channel, user: "U0ANA", text });
  expect((await control.state()).ephemerals).toMatchObject([
    { ts: message_ts, channel, onlyFor: "U0ANA", text },
  ]);
  expect(await errorOf(client.chat.postEphemeral({ channel, user: "U0GUS", text }))).toBe(
    "user_not_in_channel",
  );
  await control.changeUser({ userId: "U0ANA", isDeactivated: true });
  expect(await errorOf(client.chat.postEphemeral({ channel, user: "U0ANA", text }))).toBe(
    "user_not_in_channel",
  );
  const long = { channel, user: "U0BEN", text: "ä".repeat(2_001) };
  expect(await errorOf(client.chat.postEphemeral(long))).toBe("msg_too_long");
});

test("reactions are counted by name, each of a person once", async () => {
  const timestamp = await post("Seen");
  const item = { channel, timestamp };
  await client.reactions.add({ ...item, name: "eyes" });
  await control.react({ ...ana, ts: timestamp, name: "eyes" });
  await control.react({ ...ana, ts: timestamp, name: "pushpin" });
  expect(await errorOf(client.reactions.add({ ...item, name: "eyes" }))).toBe("already_reacted");
  const { message } = await client.reactions.get(item);
  const reactions = [
    { name: "eyes", users: ["U0BOT", "U0ANA"], count: 2 },
    { name: "pushpin", users: ["U0ANA"], count: 1 },
  ];
  expect(message).toMatchObject({ text: "Seen", reactions });
  const history = await client.conversations.history({ channel });
  expect(history.messages?.[0]).toMatchObject({ reactions });
  await client.reactions.remove({ ...item, name: "eyes" });
  await control.unreact({ ...ana, ts: timestamp, name: "pushpin" });
  expect((await control.state()).messages).toMatchObject([
    { reactions: [{ name: "eyes", userIds: ["U0ANA"] }] },
  ]);
  expect(await errorOf(client.reactions.remove({ ...item, name: "eyes" }))).toBe("no_reaction");
  expect(await errorOf(client.reactions.add({ ...item, name: "Not one" }))).toBe("invalid_name");
  await client.chat.delete({ channel, ts: timestamp });
  expect(await errorOf(client.reactions.get(item))).toBe("message_not_found");
});

test("bookmarks are links that are listed, changed and taken off", async () => {
  const link = "https://example.com/panel";
  const add = (more: object = {}) =>
    client.bookmarks.add({ channel_id: channel, type: "link", title: "Panel", link, ...more });
  const { bookmark } = await add({ emoji: ":round_pushpin:" });
  const id = { channel_id: channel, bookmark_id: bookmark?.id ?? "" };
  expect(id.bookmark_id).toMatch(/^Bk/);
  expect(await errorOf(add({ link: "panel" }))).toBe("invalid_link");
  expect(await errorOf(add({ channel_id: "C0OPEN" }))).toBe("not_in_channel");
  await client.bookmarks.edit({ ...id, title: "The panel" });
  const listed = await client.bookmarks.list({ channel_id: channel });
  expect(listed.bookmarks).toMatchObject([{ id: id.bookmark_id, title: "The panel", link }]);
  expect((await control.state()).channels.find((one) => one.id === channel)?.bookmarks).toEqual([
    { id: id.bookmark_id, title: "The panel", link, emoji: ":round_pushpin:" },
  ]);
  await control.removeBookmark({ ...ana, bookmarkId: id.bookmark_id });
  expect(await errorOf(client.bookmarks.remove(id))).toBe("not_found");
});

test("a file comes into the channel after the upload is answered, once, with its title", async () => {
  const upload = await client.files.getUploadURLExternal({ filename: "postmortem.md", length: 5 });
  const [url, id] = [upload.upload_url ?? "", upload.file_id ?? ""];
  const complete = () =>
    client.files.completeUploadExternal({
      files: [{ id, title: "Postmortem" }],
      channel_id: channel,
      initial_comment: "As it stands",
    });
  expect(await errorOf(complete())).toBe("file_not_found");
  expect((await fetch(url, { method: "POST", body: "Kä" })).status).toBe(400);
  expect((await fetch(url, { method: "POST", body: "Käse" })).status).toBe(200);
  expect((await complete()).files).toMatchObject([{ id, title: "Postmortem", size: 5 }]);
  expect((await control.state()).messages).toEqual([]);
  await control.settled();
  const { messages, files } = await control.state();
  const [message] = messages;
  expect(messages).toMatchObject([{ text: "As it stands", user: "U0BOT", files: [id] }]);
  expect(files).toEqual([
    {
      id,
      name: "postmortem.md",
      title: "Postmortem",
      mimetype: "text/markdown",
      userId: "U0BOT",
      content: "Käse",
      shares: [{ channelId: channel, ts: message?.ts }],
    },
  ]);
  const info = await client.files.info({ file: id });
  expect(info.file?.shares?.public?.[channel]).toMatchObject([{ ts: message?.ts }]);
  const history = await client.conversations.history({ channel });
  expect(history.messages?.[0]).toMatchObject({ files: [{ id, name: "postmortem.md" }] });
  expect(history.messages?.[0]?.subtype).toBeUndefined();
  expect(await errorOf(complete())).toBe("file_not_found");
});

test("an image keeps the text that stands for it, which is at most 1,000 characters long", async () => {
  const ask = (altText: string) =>
    client.apiCall("files.getUploadURLExternal", {
      filename: "changes.png",
      length: 4,
      alt_txt: altText,
    }) as Promise<{ upload_url?: string; file_id?: string }>;
  expect(await errorOf(ask("x".repeat(1_001)))).toBe("alt_txt_too_large");
  const { upload_url: url = "", file_id: id = "" } = await ask("No change is known.");
  await fetch(url, { method: "POST", body: Buffer.from([0x89, 0x50, 0x4e, 0x47]) });
  const done = await client.files.completeUploadExternal({ files: [{ id }], channel_id: channel });
  expect(done.files).toMatchObject([{ alt_txt: "No change is known.", mimetype: "image/png" }]);
  await control.settled();
  expect((await control.state()).files).toMatchObject([
    { altText: "No change is known.", content: "data:image/png;base64,iVBORw==" },
  ]);
});

test("Slack's own upload in one call works too, into a thread", async () => {
  const thread_ts = await post("Head");
  const file = { filename: "a.txt", content: "hello", channel_id: channel, thread_ts };
  await client.filesUploadV2(file);
  await control.settled();
  expect((await control.state()).messages).toMatchObject([
    { text: "Head" },
    { text: "", threadTs: thread_ts },
  ]);
  expect((await control.state()).files).toMatchObject([{ name: "a.txt", content: "hello" }]);
  const abroad = { filename: "a.txt", content: "hello", channel_id: "C0OPEN" };
  expect(await errorOf(client.filesUploadV2(abroad))).toBe("not_in_channel");
});

test("archiving puts the bot out for good: until a person unarchives the channel and takes it in again", async () => {
  const ts = await post("Before");
  await client.conversations.archive({ channel });
  expect((await client.conversations.info({ channel })).channel).toMatchObject({
    is_archived: true,
    is_member: false,
  });
  const refusals = await Promise.all(
    [
      client.conversations.archive({ channel }),
      client.conversations.unarchive({ channel }),
      client.conversations.history({ channel }),
      client.conversations.join({ channel }),
      client.conversations.setTopic({ channel, topic: "x" }),
      client.chat.postMessage({ channel, text: "x" }),
      client.chat.update({ channel, ts, text: "x" }),
      client.conversations.create({ name: "inc-1" }),
    ].map(errorOf),
  );
  expect(refusals).toEqual([
    "already_archived",
    "not_in_channel",
    "not_in_channel",
    "is_archived",
    "not_in_channel",
    "is_archived",
    "is_archived",
    "name_taken",
  ]);
  await expect(control.say({ ...ana, text: "x" })).rejects.toThrow("inc-1 is archived");
  await control.unarchive(ana);
  expect(await errorOf(client.conversations.unarchive({ channel }))).toBe("not_archived");
  expect(await errorOf(client.conversations.history({ channel }))).toBe("not_in_channel");
  await control.invite({ ...ana, invitedId: "U0BOT" });
  expect(textsOf(await client.conversations.history({ channel }))?.at(-1)).toBe("Before");
});

test("each of these needs its scope", async () => {
  const bare = await startSandbox(seed);
  const refused = clientOf(bare);
  const general = "C0GENERAL";
  const needs = await Promise.all(
    [
      refused.reactions.get({ channel: general, timestamp: "1.000000" }),
      refused.bookmarks.list({ channel_id: general }),
      refused.files.getUploadURLExternal({ filename: "a", length: 1 }),
      refused.files.info({ file: "F1" }),
    ].map(refusalOf),
  );
  await bare.close();
  expect(needs.map(({ needed }) => needed)).toEqual([
    "reactions:read",
    "bookmarks:read",
    "files:write",
    "files:read",
  ]);
});
