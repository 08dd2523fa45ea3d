// Goal: adjusted p values, intervals and the number of runs that would decide are those of the literature.
// Method: R's p.adjust, Newcombe's table of 1998 and the figures of B3.1; then properties.

import fc from "fast-check";
import { expect, test } from "vitest";
import { decidingN } from "#src/domain/statistics/deciding-n.ts";
import { isSignificantlyAbove } from "#src/domain/statistics/fisher.ts";
import { holm } from "#src/domain/statistics/holm.ts";
import { wilson } from "#src/domain/statistics/wilson.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

test.each([
  // R: p.adjust(c(.01, .02, .03, .04), "holm")
  [
    [0.01, 0.02, 0.03, 0.04],
    [0.04, 0.06, 0.06, 0.06],
  ],
  // R: p.adjust(c(.04, .01, .03), "holm")
  [
    [0.04, 0.01, 0.03],
    [0.06, 0.03, 0.06],
  ],
  [
    [0.5, 0.9],
    [1, 1],
  ],
  [[0.03], [0.03]],
  [[], []],
])("Holm of %j is %j", (ps, adjusted) => {
  const got = holm(ps);
  expect(got.length).toBe(adjusted.length);
  for (const [at, p] of adjusted.entries()) expect(got[at]).toBeCloseTo(p, 12);
});

test("B3.1: S2's three arms have an adjusted p of .0464", () => {
  expect(holm([0.015475, 0.624, 0.5])[0]).toBeCloseTo(0.0464, 4);
});

test("Holm never lowers a p, keeps their order and takes them in any order", () => {
  const p = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(p, { maxLength: 12 }), (ps) => {
      const adjusted = holm(ps);
      for (const [at, one] of ps.entries()) {
        expect(adjusted[at]).toBeGreaterThanOrEqual(one);
        expect(adjusted[at]).toBeLessThanOrEqual(1);
        for (const [index, other] of ps.entries()) {
          if (one < other) expect(adjusted[at]).toBeLessThanOrEqual(adjusted[index] ?? 0);
        }
      }
      expect(holm(ps.toReversed())).toEqual(adjusted.toReversed());
    }),
    { numRuns: propertyRuns },
  );
});

test.each([
  // Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("the 95 %% interval of %d of %d is %d to %d", (fails, n, low, high) => {
  const interval = wilson({ n, fails });
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

test("an interval holds its own rate and stays within 0 and 1", () => {
  const counts = fc
    .integer({ min: 0, max: 10_000_000 })
    .chain((n) => fc.integer({ min: 0, max: n }).map((fails) => ({ n, fails })));
  fc.assert(
    fc.property(counts, (one) => {
      const { low, high } = wilson(one);
      const rate = one.n === 0 ? 0.5 : one.fails / one.n;
      expect(0 <= low && low <= rate && rate <= high && high <= 1).toBe(true);
    }),
    { numRuns: propertyRuns },
  );
});

test.each([
  // B3.1: runs that expect five failures
  [0.16, 0, 1, 31],
  [0.008, 0, 1, 625],
  [0.25, 0, 1, 20],
  // 4 of 4 is the first that can be, at p .0143; among four arms 5 of 5
  [1, 0, 1, 4],
  [1, 0, 3, 4],
  [1, 0, 4, 5],
  [0.3, 0, 3, 20],
])(
  "B3.1: at a rate of %d against %d and %d arms, %d runs decide",
  (baselineRate, recoveredRate, family, n) => {
    expect(decidingN({ baselineRate, recoveredRate, family })).toBe(n);
  },
);

test.each([
  [0, 0],
  [0.2, 0.2],
  [0.2, 0.5],
  [0.3, 0.2999],
])("no number of runs decides %d against %d", (baselineRate, recoveredRate) => {
  expect(decidingN({ baselineRate, recoveredRate, family: 1 })).toBeNull();
});

test("so many runs with the rates seen decide", () => {
  const rate = fc.double({ min: 0.01, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      rate,
      rate,
      fc.integer({ min: 1, max: 8 }),
      (baselineRate, recoveredRate, family) => {
        const n = decidingN({ baselineRate, recoveredRate, family });
        if (n === null) return;
        const baseline = { n, fails: Math.min(n, Math.round(n * baselineRate)) };
        const recovered = { n, fails: Math.round(n * recoveredRate) };
        expect(isSignificantlyAbove(baseline, recovered, 0.05 / family)).toBe(true);
      },
    ),
    { numRuns: propertyRuns },
  );
});
