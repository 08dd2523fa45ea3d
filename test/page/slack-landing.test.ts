/**
 * Goal: whoever the page acts as next goes on at something that is theirs to see.
 * Method: channels as several people have them.
 */
import { expect, test } from "vitest";
import { landingOf } from "#sandbox/page/slack/landing.ts";
import type { ScreenChannel } from "#sandbox/screen.ts";

const channel = (id: string, changes: Partial<ScreenChannel> = {}): ScreenChannel => ({
  id,
  name: id.toLowerCase(),
  isDirect: false,
  isPrivate: false,
  isArchived: false,
  topic: "",
  memberIds: ["U1", "UBOT"],
  pinnedTs: [],
  bookmarks: [],
  isMember: true,
  unread: 0,
  isMentioned: false,
  readTs: "",
  ...changes,
});
const direct = (id: string, changes: Partial<ScreenChannel> = {}) =>
  channel(id, { name: "", isDirect: true, ...changes });
const general = channel("C0", { name: "general" });
const incident = (n: number, changes: Partial<ScreenChannel> = {}) =>
  channel(`CINC${n}`, { name: `inc-${n}-answers`, ...changes });

test("where the bot has told them something", () => {
  const all = [general, incident(1), direct("D1"), direct("D2", { unread: 1 })];
  expect(landingOf(all, "UBOT")).toBe("D2");
});

test("not where somebody else has", () => {
  const other = direct("D1", { unread: 1, memberIds: ["U1", "U2"] });
  expect(landingOf([general, other], "UBOT")).toBe("C0");
});

test("or else in the newest incident that they are in", () => {
  const all = [incident(10), incident(9), general, incident(11, { isMember: false }), direct("D1")];
  expect(landingOf(all, "UBOT")).toBe("CINC10");
});

test("an archived incident is none; then it is where everybody is, or wherever they can look", () => {
  expect(landingOf([incident(1, { isArchived: true }), general], "UBOT")).toBe("C0");
  expect(landingOf([], "UBOT")).toBe("browse");
});
