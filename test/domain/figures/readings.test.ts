// Goal: cohorts, series, ablations and stacks read as B13.13 and R5 b to d say, in any order.
// Method: the figures of the scenarios, one case for each way to show nothing, then any cohorts.

import fc from "fast-check";
import { expect, test } from "vitest";
import { readAblation } from "#src/domain/figures/ablation.ts";
import { readCohorts } from "#src/domain/figures/cohorts.ts";
import type { AblationArm, Cohort, SeriesWindow, Stack } from "#src/domain/figures/figures.ts";
import { findingOf, readFigures } from "#src/domain/figures/read-figures.ts";
import { readSeries } from "#src/domain/figures/series.ts";
import { readStacks } from "#src/domain/figures/stacks.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

const cohort = (group: string, fails: number, n: number): Cohort => ({ group, n, fails });
const window = (
  from: string,
  to: string,
  change: "in" | "out",
  fails: number,
  n: number,
  platform?: string,
): SeriesWindow => ({
  from: `${from}Z`,
  to: `${to}Z`,
  isChangeIn: change === "in",
  slice: platform === undefined ? {} : { platforms: [platform] },
  n,
  fails,
});
const ablated = (group: string, change: "with" | "without", fails: number, n = 4000) =>
  ({ group, hasChange: change === "with", n, fails }) satisfies AblationArm;
const stack = (name: string, isControl: boolean, fails: number, n = 10): Stack => ({
  stack: name,
  isControl,
  n,
  fails,
});

test.each([
  ["S0 E01", [cohort("idx-0308", 36, 40), cohort("idx-0215", 1, 40)], "differs"],
  ["S1 E01", [cohort("pool-1m", 61, 100), cohort("pool-std", 2, 100)], "differs"],
  ["S1 E09", [cohort("tpu", 22, 5000), cohort("other_hardware", 1, 5000)], "differs"],
  ["S1 E13", [cohort("2025.08.01", 9, 500), cohort("2025.08.21", 10, 500)], null],
  ["S2 E05", [cohort("idle over", 470, 500), cohort("idle under", 40, 500)], "differs"],
  ["S3 E04", [cohort("04-25", 240, 500), cohort("03-27", 45, 500)], "differs"],
  ["S3 E06", [cohort("region-1", 121, 250), cohort("region-2", 119, 250)], null],
  ["exactly .05", [cohort("a", 3, 3), cohort("b", 0, 3)], null],
  ["one group", [cohort("a", 3, 3)], null],
  ["none", [], null],
  // .024 against the rest, but any of three could have been the odd one
  ["three groups", [cohort("a", 4, 5), cohort("b", 0, 3), cohort("c", 0, 2)], null],
  // the highest rate is one request of one
  ["a tiny group", [cohort("a", 1, 1), cohort("b", 500, 1000), cohort("c", 10, 1000)], "differs"],
])("B13.13: %s reads %j", (_, cohorts, id) => {
  expect(readCohorts(cohorts).id).toBe(id);
  expect(readCohorts(cohorts.toReversed())).toEqual(readCohorts(cohorts));
});

test("B13.13: groups that do not differ say how many runs would show it", () => {
  const { sentence } = readCohorts([cohort("a", 12, 50), cohort("b", 8, 50)]);
  expect(sentence).toMatch(/About \d+ runs of each group would decide/);
  expect(readCohorts([cohort("a", 5, 50), cohort("b", 5, 50)]).sentence).toContain("alike");
});

const s1 = [
  window("2025-07-29T12:00", "2025-08-05T12:00", "out", 0, 10_000, "first_party"),
  window("2025-08-05T12:00", "2025-08-29T08:00", "in", 80, 10_000, "first_party"),
  window("2025-08-31T17:00", "2025-08-31T18:00", "in", 160, 1000, "first_party"),
  window("2025-09-16T15:00", "2025-09-19T15:00", "out", 0, 10_000, "first_party"),
  window("2025-08-12T12:00", "2025-09-18T12:00", "in", 18, 10_000, "bedrock"),
  window("2025-09-18T15:00", "2025-09-21T15:00", "out", 0, 10_000, "bedrock"),
];

test("R5c: S1's misrouted share follows the routing change in and out", () => {
  expect(readSeries(s1)).toMatchObject({ id: "in_and_out", missing: [] });
  expect(readSeries(s1.toReversed())).toEqual(readSeries(s1));
  expect(readSeries(s1).sentence).toContain("for platforms first_party");
});

test("R5c: an edge in one slice and an edge in another are not both ways", () => {
  const reading = readSeries([...s1.slice(0, 2), ...s1.slice(4)]);
  expect(reading).toMatchObject({ id: null, missing: ["cohort_rates"] });
});

test("R5c: a rise that stays after the change went, or a window that is missing, is not both ways", () => {
  const [before, within, , after] = s1;
  if (!before || !within || !after) throw new Error("four windows");
  expect(readSeries([before, within, { ...after, fails: 80 }]).id).toBeNull();
  expect(readSeries([before, within]).sentence).toContain("after it was taken out");
  expect(readSeries([within, after]).sentence).toContain("before the change came in");
  expect(readSeries([]).id).toBeNull();
});

test("R5c: a rate that moves the wrong way at another edge of the slice does not follow the change", () => {
  const [before, within, , after] = s1;
  if (!before || !within || !after) throw new Error("four windows");
  const at = (window: typeof before, day: number, fails: number) => ({
    ...window,
    from: `2025-09-${day}T00:00:00Z`,
    to: `2025-09-${day + 1}T00:00:00Z`,
    n: 10_000,
    fails,
  });
  const follows = [at(before, 10, 0), at(within, 11, 80), at(after, 12, 0)];
  expect(readSeries(follows).id).toBe("in_and_out");
  // it comes in once more and the rate falls; it goes and the rate rises
  const down = [...follows, at(after, 13, 60), at(within, 14, 5)];
  const up = [...follows, at(within, 13, 0), at(after, 14, 60)];
  for (const windows of [down, up]) {
    expect(readSeries(windows)).toMatchObject({ id: null, missing: ["cohort_rates"] });
    expect(readSeries(windows).sentence).toMatch(/the other way/);
  }
  const elsewhere = down.map((one) => ({ ...one, slice: { region: ["eu"] } }));
  expect(readSeries([...follows, ...elsewhere]).id).toBe("in_and_out");
});

test("B13.13: in and out wins over differs, and either is read where the other shows nothing", () => {
  const differs = [cohort("tpu", 48, 20_000), cohort("other", 0, 20_000)];
  const alike = [cohort("tpu", 5, 100), cohort("other", 5, 100)];
  expect(readFigures("E5", { cohorts: differs, series: s1 })?.id).toBe("in_and_out");
  expect(readFigures("E5", { cohorts: differs, series: s1.slice(0, 2) })?.id).toBe("differs");
  expect(readFigures("E5", { cohorts: alike, series: s1 })?.id).toBe("in_and_out");
  expect(readFigures("E5", { cohorts: alike })).toBeNull();
  expect(findingOf("E5", { cohorts: alike })?.sentence).toContain("alike");
});

test("figures of another kind are not read, and the same figures are read once", () => {
  const figures = { cohorts: [cohort("a", 9, 10), cohort("b", 0, 10)] };
  expect(readFigures("E1", figures)).toBeNull();
  expect(readFigures("E4", figures)).toBeNull();
  expect(readFigures("E5", {})).toBeNull();
  expect(findingOf("E5", figures)).toBe(findingOf("E5", figures));
});

const s2 = [
  ablated("claude-opus-4.6", "with", 1200),
  ablated("claude-opus-4.6", "without", 1080),
  ablated("claude-opus-4.6 added back", "with", 1196),
  ablated("claude-opus-4.7", "with", 1160),
  ablated("claude-opus-4.7", "without", 1040),
  ablated("claude-opus-4.7 added back", "with", 1166),
];

test("R5d: S2's ablation shows it both ways on both models", () => {
  expect(readAblation(s2)).toMatchObject({ isShown: true, isTwoWay: true, missing: [] });
  expect(readAblation(s2.toReversed())).toEqual(readAblation(s2));
});

test.each([
  ["one model not added back", s2.slice(0, 5), true, false],
  [
    "added back without effect",
    s2.with(5, ablated("claude-opus-4.7 added back", "with", 1045)),
    true,
    false,
  ],
  ["one model not helped", s2.with(4, ablated("claude-opus-4.7", "without", 1155)), false, false],
  ["one arm missing", s2.slice(0, 4), false, false],
  ["nothing", [], false, false],
])("R5d: an ablation with %s", (_, arms, isShown, isTwoWay) => {
  expect(readAblation(arms)).toMatchObject({ isShown, isTwoWay });
});

test.each([
  ["S1 E08", [stack("TPU, sampler-0826", false, 10), stack("CPU", true, 0)], true],
  ["every run of one", [stack("TPU", false, 1, 1), stack("CPU", true, 0, 1)], true],
  ["significantly more", [stack("TPU", false, 6, 20), stack("CPU", true, 0, 20)], true],
  ["too few", [stack("TPU", false, 2), stack("CPU", true, 0)], false],
  ["a control that fails", [stack("TPU", false, 10), stack("CPU", true, 1)], false],
  [
    "one of two suspects passes",
    [stack("TPU", false, 10), stack("GPU", false, 0), stack("CPU", true, 0)],
    false,
  ],
  ["no control", [stack("TPU", false, 10)], false],
  ["no suspect", [stack("CPU", true, 0)], false],
])("R5b: stacks with %s hold: %s", (_, stacks, holds) => {
  expect(readStacks(stacks).holds).toBe(holds);
  expect(readStacks(stacks.toReversed()).holds).toBe(holds);
});

test.each([
  ["every run of three", [stack("TPU", false, 3, 3), stack("CPU", true, 0, 3)], true],
  ["every run of two", [stack("TPU", false, 2, 2), stack("CPU", true, 0, 3)], false],
  ["a control that ran twice", [stack("TPU", false, 3, 3), stack("CPU", true, 0, 2)], false],
  ["significantly more", [stack("TPU", false, 6, 20), stack("CPU", true, 0, 20)], true],
  ["a control that fails", [stack("TPU", false, 10), stack("CPU", true, 1)], false],
])("R5b: whether stacks with %s show it both ways", (_, stacks, isTwoWay) => {
  expect(readStacks(stacks).isTwoWay).toBe(isTwoWay);
});

test("the order of cohorts never changes what they say, and more of the same says the same", () => {
  const some = fc.array(
    fc
      .integer({ min: 1, max: 400 })
      .chain((n) => fc.integer({ min: 0, max: n }).map((fails) => ({ n, fails }))),
    { minLength: 2, maxLength: 6 },
  );
  fc.assert(
    fc.property(some, (groups) => {
      const cohorts = groups.map(({ n, fails }, at) => cohort(`group ${at}`, fails, n));
      const reading = readCohorts(cohorts);
      expect(readCohorts(cohorts.toReversed()).id).toBe(reading.id);
      expect(reading.sentence).not.toMatch(/NaN|undefined/);
      if (reading.id === "differs") {
        const twice = cohorts.map((one) => cohort(one.group, one.fails * 2, one.n * 2));
        expect(readCohorts(twice).id).toBe("differs");
      }
    }),
    { numRuns: propertyRuns },
  );
});
