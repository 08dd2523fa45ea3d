/**
 * Goal: what a tab was told is what it shows: patches add, change and take away, and leave the rest.
 * Method: patches, one after the other, over a store of their own.
 */
import { expect, test } from "vitest";
import { nothingTold, patched } from "#sandbox/page/live/store.ts";
import type { Topics } from "#sandbox/page/live/topics.ts";

const file = (id: string, title = id): Topics["files"] => ({
  id,
  name: id,
  title,
  mimetype: "text/plain",
  userId: "U1",
  content: "",
  shares: [],
});

test("what is set is there, in the order of arrival", () => {
  const told = patched(nothingTold(), { set: { files: { F2: file("F2"), F1: file("F1") } } });
  expect([...told.lists.files.keys()]).toEqual(["F2", "F1"]);
});

test("what is changed stands where it was; what is gone is gone", () => {
  const first = patched(nothingTold(), {
    set: { files: { F1: file("F1"), F2: file("F2"), F3: file("F3") } },
  });
  const then = patched(first, {
    set: { files: { F1: file("F1", "new") } },
    gone: { files: ["F2"] },
  });
  expect([...then.lists.files.values()].map(({ title }) => title)).toEqual(["new", "F3"]);
});

test("what the patch does not touch stays the same, so that nothing of it is drawn anew", () => {
  const first = patched(nothingTold(), {
    set: { files: { F1: file("F1") } },
    one: { me: "U1", home: null },
  });
  const then = patched(first, { one: { me: "U2" } });
  expect(then.lists.files).toBe(first.lists.files);
  expect(then.singles).toEqual({ me: "U2", home: null });
  const later = patched(then, { set: { files: { F2: file("F2") } } });
  expect(later.lists.messages).toBe(first.lists.messages);
  expect(later.lists.files.get("F1")).toBe(first.lists.files.get("F1"));
});

test("an empty patch changes nothing, and a list that is not known is left out", () => {
  const first = patched(nothingTold(), { set: { files: { F1: file("F1") } } });
  expect(patched(first, {})).toEqual(first);
  const strange = { set: { others: { X: {} } } } as object;
  expect(patched(first, strange)).toEqual(first);
});
