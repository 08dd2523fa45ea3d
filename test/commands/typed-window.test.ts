// Goal: what is typed after `versions` is read as it is meant, or answered with what to type.
// Method: given, when, then; and fast-check over any text.

import fc from "fast-check";
import { expect, test } from "vitest";
import { readTypedScan } from "#commands/typed-window.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

const now = new Date("2026-03-09T09:31:00Z");
const read = (text: string, services: readonly string[] = []) =>
  readTypedScan(text, { now, slashCommand: "/incident", services });
const hours = (count: number) => new Date(now.getTime() - count * 3_600_000);

test.each([
  ["", { service: "", window: null }],
  ["48h", { service: "", window: { from: hours(48), to: now } }],
  ["90m", { service: "", window: { from: hours(1.5), to: now } }],
  ["assistant 7D", { service: "assistant", window: { from: hours(168), to: now } }],
  ["travel assistant 2w", { service: "travel assistant", window: { from: hours(336), to: now } }],
  ["travel assistant", { service: "travel assistant", window: null }],
  ["gpt-4 2026-03-01..2026-03-05", { service: "gpt-4", window: days("03-01", "03-05") }],
  ["2026-03-01", { service: "", window: days("03-01", "03-01") }],
  ["2026-03-01..", { service: "", window: { from: new Date("2026-03-01T00:00:00Z"), to: now } }],
  [
    "2026-03-01T14:00..2026-03-01T18:00+02:00",
    {
      service: "",
      window: { from: new Date("2026-03-01T14:00:00Z"), to: new Date("2026-03-01T16:00:00Z") },
    },
  ],
])("“%s” is read as it is meant", (text, expected) => {
  const windowText = expected.window ? text.split(" ").at(-1) : "";
  expect(read(text)).toEqual({ ok: true, value: { ...expected, windowText } });
});

test.each([
  ['"Travel assistant" 7d', "Travel assistant", 168],
  ["“Travel assistant” 7d", "Travel assistant", 168],
  ["„Travel assistant“ 7d", "Travel assistant", 168],
  ["«Travel  assistant» 7d", "Travel assistant", 168],
  ["'Travel assistant'", "Travel assistant", null],
  ["‘Team 48’", "Team 48", null],
  ['""', "", null],
  ['"Travel assistant"48h', "Travel assistant", 48],
])("%s: what is between quotes is the service", (text, service, back) => {
  expect(read(text)).toMatchObject({
    ok: true,
    value: { service, window: back === null ? null : { from: hours(back), to: now } },
  });
});

test.each([
  ["travel assistant", "travel assistant", null],
  ["Travel  Assistant 48h", "Travel assistant", 48],
  ["release 7d", "Release 7d", null],
  ["release 7d 2h", "Release 7d", 2],
  ["release 2h", "Release", 2],
  ["assistant 7d", "assistant", 168],
  ["assistant v2 7d", "assistant v2", 168],
])("“%s”: the longest known name that it begins with is the service", (text, service, back) => {
  const known = ["Travel", "Travel assistant", "Release", "Release 7d", "assistant"];
  const value = read(text, known);
  expect(value).toMatchObject({
    ok: true,
    value: { window: back === null ? null : { from: hours(back), to: now } },
  });
  expect(value.ok && value.value.service.toLowerCase()).toBe(service.toLowerCase());
});

test("what follows a name between quotes and is no window is answered with examples", () => {
  const result = read('"Travel assistant" soon');
  expect(result.ok ? "" : result.error).toContain("`soon` is no window that I know.");
});

test.each([
  ["0h", "is no window: it has to be from one minute to ten years long."],
  ["99999d", "is no window: it has to be from one minute to ten years long."],
  ["assistant 48", "is no window that I know."],
  ["assistant 48x", "is no window that I know."],
  ["2026-02-30..2026-03-05", "is no window that I know."],
  ["2026-03-05..2026-03-01", "ends before it begins."],
  ["2027-01-01..2027-01-05", "lies in the future."],
  ["2001-01-01..2026-01-05", "is longer than ten years."],
  ["yesterday..today", "is no window that I know."],
  ["2026-03-01..2026-03-02..2026-03-03", "is no window that I know."],
])("“%s” is answered with what is wrong and with examples", (text, why) => {
  const result = read(text);
  expect(result.ok ? "" : result.error).toContain(why);
  expect(result.ok ? "" : result.error).toContain("`/incident versions 7d`");
});

test("whatever is typed gives a window that ends after it begins, or a sentence whose marks stay closed", () => {
  const piece = fc.constantFrom(
    "2026-03-01",
    "..",
    "T14:00",
    "48",
    "h",
    "`",
    " ",
    "d",
    "assistant",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((parts) => parts.join("")),
      ),
      (text) => {
        const result = read(text);
        if (!result.ok) {
          expect(result.error.split("`").length % 2).toBe(1);
          return;
        }
        const { window } = result.value;
        if (window) expect(window.from.getTime()).toBeLessThan(window.to.getTime());
      },
    ),
    { numRuns: propertyRuns },
  );
});

function days(from: string, to: string) {
  return { from: new Date(`2026-${from}T00:00:00Z`), to: new Date(`2026-${to}T23:59:59.999Z`) };
}
