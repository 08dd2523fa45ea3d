// Goal: what arms were meant to run with is read as people type it, and is never taken for counts or counts for it.
// Method: lines as a responder types them, one by one.

import { expect, test } from "vitest";
import { areIntendedLines, parseIntendedLines } from "#src/domain/test-results/intended-lines.ts";

test.each<[string, string, Record<string, string>]>([
  ["baseline: index_version=idx-1", "baseline", { index_version: "idx-1" }],
  [
    "index idx-2 (override, Retrieval & data): index_version=idx-2, context=snapshot B",
    "index idx-2 (override, Retrieval & data)",
    { index_version: "idx-2", context: "snapshot B" },
  ],
  [
    'a (override, Model): context="B, q=1", provider=x',
    "a (override, Model)",
    { context: "B, q=1", provider: "x" },
  ],
  ["a: hello, world=1", "", {}],
  [
    "ref 12:30 (reverse, Model): model=openai:gpt-4o",
    "ref 12:30 (reverse, Model)",
    { model: "openai:gpt-4o" },
  ],
  [
    "pool (override, Infrastructure): apiBaseUrl=http://h:8080/1, a.b-c = 2",
    "pool (override, Infrastructure)",
    { apiBaseUrl: "http://h:8080/1", "a.b-c": "2" },
  ],
  ["baseline: text=one, two, n=3", "baseline", { text: "one, two", n: "3" }],
])("%s", (text, head, intended) => {
  expect(areIntendedLines(text)).toBe(head !== "");
  if (head !== "")
    expect(parseIntendedLines(text)).toEqual({ ok: true, value: [{ head, intended }] });
});

test.each([
  "baseline: 9 of 20",
  "effort=high: 2 of 20",
  "run: effort=high: 2 of 20",
  "run: a=b: 2 / 20",
  "arm,n,fails\na,20,2",
  "baseline: index=1\nother: 2 of 20",
  '[{"arm": "a=b", "n": 1, "fails": 1}]',
  "",
  "   \n",
])("counts, and what is neither, are none of these lines: %j", (text) => {
  expect(areIntendedLines(text)).toBe(false);
});

test("a blank value and a name twice are refused with their line", () => {
  expect(parseIntendedLines("baseline: a=1\nb (override, Model): index=")).toEqual({
    ok: false,
    error: "Line 2: write each value as name=value, such as “index_version=idx-2026-11-06”.",
  });
  expect(parseIntendedLines("baseline: a=1, a=2")).toEqual({
    ok: false,
    error: "Line 1: a stands there twice.",
  });
  expect(parseIntendedLines("baseline").ok).toBe(false);
  expect(parseIntendedLines(" ").ok).toBe(false);
});
