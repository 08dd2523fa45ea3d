// Goal: what ran at a time, and what changed in a window, is what telemetry and declarations say together:
// one row where both are there, undeclared where nobody said so.
// Method: pins with their intervals written out, asked at times and in windows.

import { expect, test } from "vitest";
import type { DeclaredChange } from "#src/domain/ledger/ledger.ts";
import { createStates, type StoredInterval } from "#src/domain/ledger/pin-state.ts";
import { changesIn, type SeenPinHistory } from "#src/domain/ledger/seen-changes.ts";
import type { LayerId } from "#src/domain/layers/index.ts";

const start = Date.parse("2026-03-01T00:00:00Z");
const hour = 3_600_000;
const at = (hours: number) => new Date(start + hours * hour);

let lastId = 0;
function pinOf(
  pin: string,
  layer: LayerId,
  rows: [value: string, from: number, to: number, requests: number, counts: [number, number]][],
): SeenPinHistory {
  const intervals = rows.map(([value, from, to, requests, [fromCount, toCount]]) => {
    lastId += 1;
    return {
      id: lastId,
      service: "assistant",
      layer,
      pin,
      value,
      isDerived: false,
      source: `attr.${pin}`,
      firstSeenAt: at(from),
      lastSeenAt: at(to),
      requests,
      ofRequests: toCount - fromCount,
      fromCount,
      toCount,
      traceIds: [],
      isFirst: from === rows[0]![1],
    } satisfies StoredInterval;
  });
  return {
    firstSeenAt: intervals[0]!.firstSeenAt,
    lastSeenAt: new Date(Math.max(...intervals.map((one) => one.lastSeenAt.getTime()))),
    requests: Math.max(...intervals.map(({ toCount }) => toCount)),
    overflowAt: null,
    intervals,
  };
}
const declared = (more: Partial<DeclaredChange>): DeclaredChange => ({
  key: "CP1",
  service: null,
  at: at(10),
  until: null,
  kind: "param_default",
  layer: "orchestration_tools",
  summary: "default effort from high to medium",
  link: null,
  source: "api",
  declaredBy: "ci",
  sets: {},
  ...more,
});
const effort = () =>
  pinOf("param.reasoning_level", "orchestration_tools", [
    ["high", 0, 9.9, 1_000, [0, 1_000]],
    ["medium", 10.1, 40, 3_000, [1_000, 4_000]],
    ["high", 40.1, 60, 2_000, [4_000, 6_000]],
  ]);
const window = { from: at(0), to: at(30) };

test("a value that ran then is one whose interval holds the time, or that traffic does not speak against", () => {
  const pool = pinOf("pool", "infrastructure", [
    ["std", 0, 100, 9_920, [0, 10_000]],
    ["pool-1m", 10, 99, 80, [1_000, 9_950]],
    ["old", 0, 9, 500, [0, 900]],
  ]);
  const states = createStates(pool);
  const values = (hours: number) => states(at(hours)).map(({ value }) => value);
  expect(values(-1.1)).toEqual([]);
  // the first request of all came within the hour
  expect(values(-0.9)).toEqual(["std", "old"]);
  expect(values(50)).toEqual(["std", "pool-1m"]);
  // days after the last request of all: nothing was absent since
  expect(values(500)).toEqual(["std", "pool-1m"]);
  expect(values(5)).toEqual(["std", "old"]);
});

test("right after a switch the old value does not run any more, however few requests there were", () => {
  const few = pinOf("index", "retrieval_data", [
    ["a", 0, 0, 1, [0, 1]],
    ["b", 1, 1, 1, [1, 2]],
  ]);
  expect(createStates(few)(at(2)).map(({ value }) => value)).toEqual(["b"]);
  expect(createStates(few)(at(0.5)).map(({ value }) => value)).toEqual(["a"]);
});

test("a value that began after its pin is a change, undeclared where nobody said so", () => {
  const [change, ...rest] = changesIn(window, [effort()], []);
  expect(rest).toEqual([]);
  expect(change).toMatchObject({
    key: expect.stringMatching(/^pin:\d+$/),
    at: at(10.1),
    kind: "param_default",
    layer: "orchestration_tools",
    summary: "high → medium",
    isDeclared: false,
    source: "telemetry",
    pin: "param.reasoning_level",
    fromValues: ["high"],
    toValue: "medium",
    seen: { requests: 3_000, of: 3_000 },
  });
});

test("declared and seen are one row: the declared words, key and time, and what was seen", () => {
  expect(changesIn(window, [effort()], [declared({})])).toEqual([
    expect.objectContaining({
      key: "CP1",
      at: at(10),
      summary: "default effort from high to medium",
      isDeclared: true,
      source: "api",
      declaredBy: "ci",
      fromValues: ["high"],
      toValue: "medium",
      seen: { requests: 3_000, of: 3_000 },
    }),
  ]);
});

test("a declaration counts from 6 hours before to 30 minutes after the first sighting", () => {
  const isDeclared = (hours: number) =>
    changesIn(window, [effort()], [declared({ at: at(hours) })]).some(
      (row) => row.toValue === "medium" && row.isDeclared,
    );
  expect([4, 4.2, 10.5, 10.7].map(isDeclared)).toEqual([false, true, true, false]);
});

test("one that names pin and value counts for a week, one that names another value does not count", () => {
  const late = { at: at(-100), layer: "model", kind: "deploy" } as const;
  const rows = (sets: Record<string, string>, more: Partial<DeclaredChange> = late) =>
    changesIn(window, [effort()], [declared({ ...more, sets })]).map((row) => row.isDeclared);
  expect(rows({ "param.reasoning_level": "medium" })).toEqual([true]);
  expect(rows({ "attr.param.reasoning_level": "medium" })).toEqual([true]);
  expect(rows({ "param.reasoning_level": "low" }, {})).toEqual([true, false]);
});

test("another layer's change, or one of another kind of thing, does not explain a pin", () => {
  const isExplained = (more: Partial<DeclaredChange>) =>
    changesIn(window, [effort()], [declared(more)]).some(
      (row) => row.toValue === "medium" && row.isDeclared,
    );
  expect(isExplained({ kind: "deploy" })).toBe(true);
  expect(isExplained({ kind: "a word of ours" })).toBe(true);
  expect(isExplained({ kind: "tool_schema" })).toBe(false);
  expect(isExplained({ kind: "deploy", layer: "infrastructure" })).toBe(false);
});

test("one deploy that changed three pins stays three rows, of which one has its key", () => {
  const deploy = declared({ key: "D1", kind: "deploy", summary: "release 2.1" });
  const pins = [
    effort(),
    pinOf("app.build", "integration_ui", [
      ["2.0", 0, 10, 100, [0, 100]],
      ["2.1", 10.2, 30, 100, [100, 200]],
    ]),
    pinOf("context.manager", "orchestration_tools", [
      ["12", 0, 10, 100, [0, 100]],
      ["13", 10.2, 30, 100, [100, 200]],
    ]),
  ];
  const rows = changesIn(window, pins, [deploy]);
  expect(rows.map(({ pin, isDeclared, key }) => [pin, isDeclared, key === "D1"])).toEqual(
    expect.arrayContaining([
      ["context.manager", true, true],
      ["param.reasoning_level", true, false],
      ["app.build", true, false],
    ]),
  );
  expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
});

test("of named values the one of the same name ran before, not the other prompts", () => {
  const prompts = pinOf("prompt", "prompt_policy", [
    ["greet@1", 0, 60, 900, [0, 3_000]],
    ["refund@7", 0, 9, 100, [0, 450]],
    ["refund@8", 9.1, 60, 900, [450, 3_000]],
  ]);
  expect(changesIn(window, [prompts], []).map(({ fromValues }) => fromValues)).toEqual([
    ["refund@7"],
  ]);
});

test("a change is in the window by its declared or by its seen time, and outside of both it is not", () => {
  const rows = (from: number, to: number) =>
    changesIn({ from: at(from), to: at(to) }, [effort()], [declared({ at: at(8) })]).map(
      ({ key }) => key,
    );
  expect([rows(7, 9), rows(9, 11), rows(11, 30)]).toEqual([["CP1"], ["CP1"], []]);
});

test("what a pin begins with while it is over its cap is not listed", () => {
  const churning = { ...effort(), overflowAt: at(20) };
  expect(changesIn(window, [churning], [])).toEqual([]);
  expect(changesIn(window, [{ ...churning, overflowAt: at(400) }], [])).toHaveLength(1);
});
