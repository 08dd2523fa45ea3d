/**
 * Goal: messages stand where Slack has them: threads behind their head, the line where one left off.
 * Method: a channel's messages as the page is told of them, in any order.
 */
import { describe, expect, test } from "vitest";
import {
  compareTs,
  continues,
  conversationIn,
  firstUnread,
  sortChannels,
} from "#sandbox/page/slack/conversation.ts";
import type { ScreenChannel, ScreenMessage } from "#sandbox/screen.ts";

function message(ts: string, more: Partial<ScreenMessage> = {}): ScreenMessage {
  const at = new Date(Number(ts) * 1_000).toISOString();
  return { channel: "C1", ts, at, user: "U1", text: "", blocks: [], isEdited: false, ...more };
}
const tsOf = (messages: readonly ScreenMessage[] | undefined) => messages?.map(({ ts }) => ts);

describe("a channel", () => {
  test("shows heads in order, and answers behind them", () => {
    const { heads, replies, newestTs } = conversationIn(
      [
        message("3.000000", { threadTs: "1.000000" }),
        message("1.000000", { threadTs: "1.000000" }),
        message("2.000000"),
        message("2.500000", { threadTs: "1.000000" }),
        message("9.000000", { channel: "C2" }),
      ],
      "C1",
    );
    expect(tsOf(heads)).toEqual(["1.000000", "2.000000"]);
    expect(tsOf(replies.get("1.000000"))).toEqual(["2.500000", "3.000000"]);
    expect(newestTs).toBe("3.000000");
  });
  test("keeps the answers of a head that is gone", () => {
    const { heads, replies } = conversationIn([message("2.0", { threadTs: "1.0" })], "C1");
    expect(heads).toEqual([]);
    expect(tsOf(replies.get("1.0"))).toEqual(["2.0"]);
  });
  test("orders by number, not by letter", () => {
    expect(compareTs("999999999.000001", "1000000000.000000")).toBeLessThan(0);
    expect(compareTs("1.000002", "1.000010")).toBeLessThan(0);
    expect(compareTs("1.000002", "1.000002")).toBe(0);
  });
});

describe("the line where one left off", () => {
  const heads = [message("1.0"), message("2.0", { user: "me" }), message("3.0"), message("4.0")];
  test("stands before the first message of others after it", () => {
    expect(firstUnread(heads, "1.0", "me")).toBe("3.0");
  });
  test("stands nowhere where all is read, or nothing ever was", () => {
    expect(firstUnread(heads, "4.0", "me")).toBeUndefined();
    expect(firstUnread(heads, "", "me")).toBeUndefined();
  });
});

describe("a message", () => {
  test("continues one of the same author shortly before", () => {
    expect(continues(message("1.0"), message("200.0"))).toBe(true);
    expect(continues(message("1.0"), message("400.0"))).toBe(false);
    expect(continues(message("1.0"), message("2.0", { user: "U2" }))).toBe(false);
    expect(continues(undefined, message("2.0"))).toBe(false);
  });
  test("with blocks always has its author", () => {
    const blocks = [{ type: "divider" } as const];
    expect(continues(message("1.0"), message("2.0", { blocks }))).toBe(false);
    expect(continues(message("1.0", { blocks }), message("2.0"))).toBe(true);
  });
  test("that only one person sees never runs into one for all", () => {
    expect(continues(message("1.0"), message("2.0", { onlyFor: "U1" }))).toBe(false);
    expect(continues(message("1.0", { notice: "channel_join" }), message("2.0"))).toBe(false);
  });
});

test("channels are one's own, archived, direct, or others to join", () => {
  const channel = (id: string, more: Partial<ScreenChannel>): ScreenChannel => ({
    id,
    name: id,
    isDirect: false,
    isPrivate: false,
    isArchived: false,
    topic: "",
    memberIds: [],
    pinnedTs: [],
    bookmarks: [],
    isMember: true,
    unread: 0,
    isMentioned: false,
    readTs: "",
    ...more,
  });
  const { mine, archived, direct, others } = sortChannels([
    channel("b", {}),
    channel("old", { isArchived: true }),
    channel("a", {}),
    channel("dm", { isDirect: true, name: "" }),
    channel("other", { isMember: false }),
  ]);
  const ids = [mine, archived, direct, others].map((list) => list.map(({ id }) => id));
  expect(ids).toEqual([["a", "b"], ["old"], ["dm"], ["other"]]);
});
