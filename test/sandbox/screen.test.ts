// Goal: each person sees what Slack would show them, and nothing that is not theirs to see.
// Method: one sandbox a test; the bot's side by Slack's own client.
import type { BlockAction } from "@slack/bolt";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SandboxControl } from "#sandbox/protocol.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { clientOf } from "./api-client.ts";
import { startHttpBot } from "./bot.ts";
import { busySeed } from "./seed.ts";

let sandbox: Sandbox;
let control: SandboxControl;
const cleanups: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  sandbox = await startSandbox({
    ...busySeed,
    groups: [{ id: "S0CALL", handle: "oncall", name: "On call", userIds: ["U0BEN"] }],
  });
  control = sandbox.control;
});
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
  await sandbox.close();
});

const see = (userId: string) => control.screen({ userId });
const namesSeen = async (userId: string) =>
  (await see(userId)).channels.map(
    ({ name, isMember }) => `${name}${isMember ? "" : " (outside)"}`,
  );
const textsSeen = async (userId: string) => (await see(userId)).messages.map(({ text }) => text);
async function channelSeen(userId: string, id: string) {
  const { channels } = await see(userId);
  return channels.find((channel) => channel.id === id) ?? expect.fail(`${userId} has no ${id}`);
}

test("private channels are for members, public ones for the workspace, strangers stay inside", async () => {
  expect(await namesSeen("U0ANA")).toEqual(["general", "open", "secret", "old", "inc-1"]);
  expect(await namesSeen("U0BEN")).toEqual(["general", "open (outside)", "old (outside)", "inc-1"]);
  expect(await namesSeen("U0GUS")).not.toContain("secret (outside)");
  expect(await namesSeen("U0EVA")).toEqual(["general"]);
  await expect(see("U0DAN")).rejects.toThrow("dan is deactivated");
  await expect(see("U0NOBODY")).rejects.toThrow("there is no user U0NOBODY");
  const file = { name: "a.txt", mimetype: "text/plain", content: "a" };
  await control.say({ userId: "U0ANA", channelId: "C0SECRET", text: "hidden", files: [file] });
  await control.say({ userId: "U0ANA", channelId: "C0OPEN", text: "seen" });
  expect(await textsSeen("U0BEN")).toEqual(["seen"]);
  expect((await see("U0BEN")).files).toEqual([]);
  expect(await textsSeen("U0ANA")).toEqual(["hidden", "seen"]);
  const { files } = await see("U0ANA");
  expect(files).toMatchObject([
    { name: "a.txt", content: "a", shares: [{ channelId: "C0SECRET" }] },
  ]);
  // a file that goes further does not take along where it came from
  await control.leave({ userId: "U0ANA", channelId: "C0SECRET" });
  expect((await see("U0ANA")).files).toMatchObject([{ name: "a.txt", shares: [] }]);
});

test("an ephemeral is one person's, and so is a direct message; Slack's notices are there", async () => {
  const client = clientOf(sandbox);
  await client.chat.postEphemeral({ channel: "C0INC", user: "U0BEN", text: "only ben" });
  await client.chat.postMessage({ channel: "U0ANA", text: "only ana" });
  await control.join({ userId: "U0BEN", channelId: "C0OPEN" });
  const [whispered, joined] = (await see("U0BEN")).messages;
  expect(whispered).toMatchObject({ text: "only ben", onlyFor: "U0BEN", user: "U0BOT" });
  expect(whispered).not.toHaveProperty("notice");
  expect(joined).toMatchObject({ notice: "channel_join", text: "<@U0BEN> has joined the channel" });
  const { channels, messages } = await see("U0ANA");
  expect(messages.map(({ text }) => text)).toEqual(["only ana", "<@U0BEN> has joined the channel"]);
  expect(channels.at(-1)).toMatchObject({ isDirect: true, name: "", isMember: true });
  expect((await control.state()).messages.map(({ text }) => text)).toEqual(["only ana"]);
  // who is out of a private channel does not keep what was said to them in it
  await control.invite({ userId: "U0ANA", channelId: "C0SECRET", invitedId: "U0BOT" });
  await client.chat.postEphemeral({ channel: "C0SECRET", user: "U0ANA", text: "secret aside" });
  expect(await textsSeen("U0ANA")).toContain("secret aside");
  await control.leave({ userId: "U0ANA", channelId: "C0SECRET" });
  expect(await textsSeen("U0ANA")).not.toContain("secret aside");
});

test("times are the workspace's, standing still or running", async () => {
  const say = (text: string) => control.say({ userId: "U0ANA", channelId: "C0OPEN", text });
  await control.setClock({ now: "2026-03-02T09:14:00Z" });
  const { ts } = await say("first");
  expect(await control.clock()).toEqual({ now: "2026-03-02T09:14:00Z", isRunning: false });
  await control.setClock({ now: "2030-01-01T00:00:00Z", isRunning: true });
  await say("second");
  const [first, second] = (await see("U0ANA")).messages;
  expect(first?.at).toBe("2026-03-02T09:14:00.000Z");
  expect(second?.at).toMatch(/^2030-01-01T00:00:0\d/);
  expect(Number(ts)).toBeGreaterThan(Date.now() / 1_000 - 60);
  const { now, isRunning } = await control.clock();
  expect(isRunning).toBe(true);
  await expect.poll(async () => (await control.clock()).now > now).toBe(true);
  const served = (await (await fetch(sandbox.addresses.clockUrl)).json()) as { now: string };
  expect(served.now > now).toBe(true);
});

test("what others said is unread until it is read; a mention, a group's and a direct message count more", async () => {
  const channelId = "C0INC";
  const say = (userId: string, text: string, threadTs?: string) =>
    control.say({ userId, channelId, text, ...(threadTs === undefined ? {} : { threadTs }) });
  const first = await say("U0ANA", "one");
  expect(await channelSeen("U0ANA", channelId)).toMatchObject({ unread: 0, readTs: "" });
  await say("U0APP", "two", first.ts);
  expect(await channelSeen("U0BEN", channelId)).toMatchObject({ unread: 2, isMentioned: false });
  const third = await say("U0ANA", "ask @oncall");
  expect(await channelSeen("U0BEN", channelId)).toMatchObject({ unread: 3, isMentioned: true });
  await control.markRead({ userId: "U0BEN", channelId, ts: third.ts });
  await control.markRead({ userId: "U0BEN", channelId, ts: first.ts });
  const read = { unread: 0, isMentioned: false, readTs: third.ts };
  expect(await channelSeen("U0BEN", channelId)).toMatchObject(read);
  expect(await channelSeen("U0ANA", channelId)).toMatchObject({ unread: 1, isMentioned: false });
  const client = clientOf(sandbox);
  const section = { type: "section", text: { type: "mrkdwn", text: "for <@U0BEN>" } };
  await client.chat.postMessage({ channel: channelId, text: "x", blocks: [section] });
  expect(await channelSeen("U0BEN", channelId)).toMatchObject({ unread: 1, isMentioned: true });
  expect(await channelSeen("U0ANA", channelId)).toMatchObject({ unread: 2, isMentioned: false });
  const direct = await client.chat.postMessage({ channel: "U0ANA", text: "hello" });
  const dm = await channelSeen("U0ANA", direct.channel ?? "");
  expect(dm).toMatchObject({ unread: 1, isMentioned: true });
  // who came in is no news, and from outside nothing is unread
  await control.say({ userId: "U0ANA", channelId: "C0OPEN", text: "@ben" });
  expect(await channelSeen("U0BEN", "C0OPEN")).toMatchObject({ unread: 0, isMentioned: false });
  await control.join({ userId: "U0GUS", channelId: "C0GENERAL" });
  expect(await channelSeen("U0ANA", "C0GENERAL")).toMatchObject({ unread: 0 });
  const outside = { userId: "U0BEN", channelId: "C0SECRET", ts: first.ts };
  await expect(control.markRead(outside)).rejects.toThrow("does not see a channel C0SECRET");
});

test("forms lie on each other as on the person's screen, with what is filled in; others have none", async () => {
  const plain = (text: string) => ({ type: "plain_text" as const, text });
  const view = (callback_id: string) => ({
    type: "modal" as const,
    callback_id,
    title: plain("Form"),
    submit: plain("Save"),
    blocks: [
      {
        type: "input" as const,
        block_id: "note",
        label: plain("Note"),
        element: { type: "plain_text_input" as const, action_id: "note" },
      },
      {
        type: "actions" as const,
        block_id: "row",
        elements: [{ type: "button" as const, action_id: "more", text: plain("More") }],
      },
    ],
  });
  const sent: unknown[] = [];
  const bot = await startHttpBot(sandbox.addresses, (app) => {
    app.command("/incident", async ({ ack, command, client }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: view("lower") });
      await ack();
    });
    app.action<BlockAction>("more", async ({ ack, body, client }) => {
      sent.push(body.view?.state.values);
      await client.views.push({ trigger_id: body.trigger_id, view: view("upper") });
      await ack();
    });
    app.event("app_home_opened", async ({ event, client }) => {
      const home = { type: "home" as const, blocks: [{ type: "divider" as const }] };
      await client.views.publish({ user_id: event.user, view: home });
    });
  });
  cleanups.push(bot.stop);
  await control.connectBot({ requestUrl: bot.requestUrl });
  const userId = "U0ANA";
  const opened = await control.command({ userId, channelId: "C0GENERAL", text: "/incident" });
  const viewId = opened.view?.id ?? "";
  const values = { note: "half a", gone: "x" };
  await control.act({ userId, in: { viewId }, actionId: "more", values });
  expect(sent).toMatchObject([{ note: { note: { type: "plain_text_input", value: "half a" } } }]);
  await control.openHome({ userId });
  await control.settled();
  const { forms, home } = await see(userId);
  expect(forms).toMatchObject([
    { callback_id: "lower", values: { note: "half a" } },
    { callback_id: "upper", values: { note: null } },
  ]);
  expect(home).toMatchObject({ type: "home" });
  expect(await see("U0BEN")).toMatchObject({ forms: [], home: null });
});
