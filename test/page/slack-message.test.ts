/**
 * Goal: a message in the page says whose it is, when, and for whom; what people typed stays text.
 * Method: rows are rendered to HTML as the page renders them, for a reader in Berlin.
 */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { HereProvider } from "#sandbox/page/slack/here.tsx";
import { MessageRow, type MessageRowProps } from "#sandbox/page/slack/message-row.tsx";
import type { SandboxUser } from "#sandbox/protocol.ts";
import type { ScreenMessage, WorkspaceFacts } from "#sandbox/screen.ts";

const me: SandboxUser = {
  id: "U1",
  name: "declarer",
  realName: "declarer",
  email: "",
  timeZone: "Europe/Berlin",
};
const facts: WorkspaceFacts = {
  team: { id: "T1", name: "Example" },
  bot: { userId: "UBOT", name: "faultline" },
  people: [me, { ...me, id: "U2", name: "<b>\u202Eevil" }],
  groups: [],
  commands: [],
  shortcuts: [],
  hasHome: true,
};

function row(message: Partial<ScreenMessage>, more: Partial<MessageRowProps> = {}): string {
  const full: ScreenMessage = {
    channel: "C1",
    ts: "1773044400.000100",
    at: "2026-03-09T08:20:00.000Z",
    user: "U1",
    text: "Hello",
    blocks: [],
    isEdited: false,
    ...message,
  };
  const element = createElement(MessageRow, {
    message: full,
    isPinned: false,
    isFixed: false,
    onThread: () => {},
    ...more,
  });
  return renderToStaticMarkup(createElement(HereProvider, { me, facts, children: element }));
}
const words = (html: string) => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

test("has its author, an app marked as one, and the time where the reader is", () => {
  expect(words(row({}))).toMatch(/declarer 09:20 Hello/);
  expect(row({})).toMatch(/title="Monday,? 9 March 2026 at 09:20:00 /);
  expect(words(row({ user: "UBOT" }))).toMatch(/faultline App 09:20/);
  expect(words(row({ user: "U1" }))).not.toContain("App");
});

test("says for whom it is, that it was edited, and what was answered", () => {
  expect(words(row({ onlyFor: "U1" }))).toContain("Only visible to you");
  expect(words(row({}))).not.toContain("Only visible to you");
  expect(words(row({ isEdited: true }))).toContain("(edited)");
  const lastReplyAt = "2026-03-09T10:05:00.000Z";
  expect(words(row({}, { replyCount: 3, lastReplyAt }))).toContain("3 replies last at 11:05");
  expect(words(row({}, { replyCount: 1, lastReplyAt }))).toContain("1 reply last");
  expect(words(row({}, { replyCount: 0 }))).not.toContain("repl");
});

test("names who reacted, and which reaction is one's own", () => {
  const reactions = [
    { name: "eyes", userIds: ["U1", "UBOT"] },
    { name: "pushpin", userIds: ["UBOT"] },
  ];
  const html = row({ reactions });
  expect(html).toContain('aria-label="2 you, faultline reacted with :eyes:"');
  expect(html.match(/aria-pressed="(true|false)"/g)).toEqual([
    'aria-pressed="true"',
    'aria-pressed="false"',
  ]);
});

test("cannot be answered or reacted to where only one person sees it, or the channel is archived", () => {
  expect(row({})).toContain("Reply in thread to declarer");
  expect(row({ onlyFor: "U1" })).not.toContain("Reply in thread to");
  const reactions = [{ name: "eyes", userIds: ["UBOT"] }];
  expect(row({ reactions }, { isFixed: true })).toContain('disabled=""');
});

test("keeps hostile words and names as text, each in its own direction", () => {
  const html = row({
    user: "U2",
    text: "&lt;img src=x onerror=alert(1)&gt; <script>alert(1)</script>",
  });
  expect(html).not.toMatch(/<img|<script|<b>/);
  expect(html).toContain("<bdi>&lt;b&gt;\u202Eevil</bdi>");
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
});

test("of Slack itself is a line without author or menu", () => {
  const html = row({ notice: "channel_join", text: "<@U1> has joined the channel" });
  expect(words(html)).toContain("@ declarer has joined the channel");
  expect(html).not.toContain("<button");
});
