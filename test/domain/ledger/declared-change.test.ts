// Goal: a declared change is read as it was meant, and whatever else is sent is refused at its field.
// Method: given a JSON value, then the change or its faults; any value at all with fast-check.

import fc from "fast-check";
import { expect, test } from "vitest";
import { changeKindLabel, changeKinds, layerOfKind } from "#src/domain/ledger/change-kinds.ts";
import { parseChange } from "#src/domain/ledger/declared-change.ts";
import { parseMark } from "#src/domain/ledger/declared-mark.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

const now = new Date("2026-03-09T09:20:00Z");
const least = { kind: "prompt", summary: "Shorter refund answer" };

/** The faults of a change that is `least` but for these fields: `at: must be …`. */
function faultsOf(fields: object): string[] {
  const parsed = parseChange({ ...least, ...fields }, now);
  return parsed.ok ? [] : parsed.error.map(({ path, message }) => `${path}: ${message}`);
}

test("kind and summary are enough: it happened now, in the layer of its kind, of every service", () => {
  expect(parseChange(least, now)).toEqual({
    ok: true,
    value: {
      key: null,
      service: null,
      at: now,
      isTimeAssumed: true,
      until: null,
      kind: "prompt",
      layer: "prompt_policy",
      summary: "Shorter refund answer",
      link: null,
      declaredBy: null,
      sets: {},
    },
  });
});

test("a layer that is given wins over the one of the kind, and any word is a kind with a layer", () => {
  expect(parseChange({ ...least, layer: "model" }, now)).toMatchObject({
    value: { layer: "model" },
  });
  const own = { ...least, kind: "vector-db_upgrade", layer: "retrieval_data" };
  expect(parseChange(own, now)).toMatchObject({ value: { kind: "vector-db_upgrade" } });
  expect(faultsOf({ kind: "vector_upgrade" })).toEqual([
    expect.stringMatching(/^layer: must be given, because the kind "vector_upgrade" is not one of/),
  ]);
  expect(faultsOf({ kind: "promt" })[0]).toContain("(did you mean prompt?)");
});

test("each kind of ours has words of its own, and one that may be anywhere has no layer", () => {
  const labels = Object.values(changeKinds).map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  expect(changeKindLabel("model_rollout")).toBe("Model rolled out");
  expect(changeKindLabel("constructor")).toBe("constructor");
  expect(["deploy", "flag", "toString"].map(layerOfKind)).toEqual([null, null, null]);
});

test("what is missing is said to be missing, and what is of another type is not", () => {
  expect(faultsOf({ kind: undefined, summary: 7 })).toEqual([
    "kind: is missing",
    "summary: must be text",
  ]);
  expect(faultsOf({ layer: 1 })).toEqual(["layer: must be text"]);
});

test("times are taken from 2000 on to a year ahead, and end after they begin", () => {
  expect(faultsOf({ at: "2000-01-01T00:00:00Z" })).toEqual([]);
  expect(faultsOf({ at: "2027-03-08T00:00:00+01:00" })).toEqual([]);
  expect(faultsOf({ at: "1999-12-31T23:59:59Z" })).toEqual(["at: must be from the year 2000 on"]);
  expect(faultsOf({ at: "2027-04-01T00:00:00Z" })).toEqual(["at: must be at most a year ahead"]);
  expect(faultsOf({ at: "2026-03-09T10:00:00Z", until: "2026-03-09T10:00:00Z" })).toEqual([
    "until: must be later than the time at which it began",
  ]);
  for (const at of ["2026-03-09T10:00:00", "2026-02-30T10:00:00Z", "1773048000", 1773048000, ""]) {
    expect(faultsOf({ at })).toEqual([
      "at: must be a time with its offset, such as 2026-03-09T09:20:00Z",
    ]);
  }
});

test("texts are one line of bounded length, and a link leads to the web", () => {
  const wrong = [
    { summary: "two\nlines" },
    { summary: "a\u0000b" },
    { summary: "a\u2028b" },
    { summary: "x".repeat(501) },
    { summary: " " },
    { key: "k".repeat(201) },
    { key: "pin:12" },
    { service: "\ud800" },
    { link: "javascript:alert(1)" },
    { link: "github.com/acme" },
    { sets: { model: "a\nb" } },
    { sets: { model: { name: "x" } } },
    { sets: Object.fromEntries(Array.from({ length: 51 }, (_, nth) => [`k${nth}`, "v"])) },
    { kind: "two words" },
    { declaredBy: "ada" },
  ];
  expect(wrong.map((fields) => faultsOf(fields).length)).toEqual(wrong.map(() => 1));
  expect(faultsOf({ declaredBy: "ada" })).toEqual([
    "declaredBy: is not known here; did you mean declared_by?",
  ]);
});

test("whatever comes is a change or a list of faults, and a change fits what is kept of it", () => {
  const any = fc.oneof(
    fc.anything(),
    fc.record(
      {
        key: fc.string(),
        service: fc.option(fc.string()),
        at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        kind: fc.constantFrom("prompt", "deploy", "other", "__proto__"),
        layer: fc.constantFrom("model", "infrastructure", "layer"),
        summary: fc.string(),
        sets: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
      },
      { requiredKeys: ["kind", "summary"] },
    ),
  );
  fc.assert(
    fc.property(any, (raw) => {
      const parsed = parseChange(raw, now);
      if (!parsed.ok) return parsed.error.length > 0;
      const { summary, key, sets } = parsed.value;
      return (
        summary.length > 0 &&
        summary.length <= 500 &&
        (key ?? "").length <= 200 &&
        Object.values(sets).every((value) => typeof value === "string")
      );
    }),
    { numRuns: propertyRuns },
  );
});

test("a mark says of which layer, from when to when, where and who; not of what is to come", () => {
  const mark = {
    layer: "infrastructure",
    from: "2026-03-08T00:00:00Z",
    to: "2026-03-09T09:25:00Z",
    source: "Argo CD",
    marked_by: "platform team",
  };
  expect(parseMark(mark, now)).toMatchObject({ ok: true, value: { markedBy: "platform team" } });
  expect(parseMark({ ...mark, from: mark.to, to: mark.from }, now)).toMatchObject({
    error: [{ path: "to", message: "must be later than from" }],
  });
  expect(parseMark({ ...mark, to: "2026-03-09T10:00:00Z" }, now)).toMatchObject({
    error: [{ path: "to" }],
  });
  expect(parseMark([], now)).toMatchObject({ error: [{ path: "" }] });
});
