// Goal: p values are right, in the tails and at ten million runs too, and the level of 5 % is exact.
// Method: published tables and the figures of B3.1; then every table of up to 14 runs an arm against the
// definition, counted in whole numbers; then properties.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Counts } from "#src/domain/figures/figures.ts";
import { fisherGreater, isSignificantlyAbove } from "#src/domain/statistics/fisher.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

const of = (fails: number, n: number): Counts => ({ n, fails });

test.each([
  // Fisher, The Design of Experiments (1935): eight cups, four with milk first. R: fisher.test(TeaTasting, alternative = "greater")
  ["tea tasting, all right", of(4, 4), of(0, 4), 1 / 70],
  ["tea tasting, one pair wrong", of(3, 4), of(1, 4), 0.2428571428571429],
  // R: fisher.test(Convictions, alternative = "less"), p-value = 0.0004652
  ["convictions of twins", of(10, 13), of(2, 17), 0.000465181],
  ["S2 E02, effort high", of(9, 20), of(2, 20), 0.015475],
  ["B3.1, 4 of 5", of(4, 5), of(0, 5), 0.02381],
  ["B3.1, 5 of 5 against 1 of 5", of(5, 5), of(1, 5), 0.02381],
  ["B3.1, 4 of 10", of(4, 10), of(0, 10), 0.043344],
  ["B3.1, 5 of 20", of(5, 20), of(0, 20), 0.023562],
  ["B3.1, 3 of 3", of(3, 3), of(0, 3), 0.05],
  ["B3.1, 5 of 5", of(5, 5), of(0, 5), 0.003968],
  ["B3.1, 5 of 10", of(5, 10), of(0, 10), 0.016254],
  ["B3.1, 6 of 20", of(6, 20), of(0, 20), 0.010098],
])("B3.1: p of %s", (_, a, b, p) => {
  expect(fisherGreater(a, b)).toBeCloseTo(p, 6);
});

test.each([
  [of(3, 3), of(0, 3), 0.05, false],
  [of(3, 3), of(0, 3), 0.050001, true],
  [of(4, 4), of(0, 4), 0.05, true],
  // n=5 is decisive only at these
  [of(4, 5), of(0, 5), 0.05, true],
  [of(5, 5), of(1, 5), 0.05, true],
  [of(3, 5), of(0, 5), 0.05, false],
  [of(4, 5), of(1, 5), 0.05, false],
  [of(5, 5), of(2, 5), 0.05, false],
  [of(4, 10), of(0, 10), 0.05, true],
  [of(3, 10), of(0, 10), 0.05, false],
  [of(5, 20), of(0, 20), 0.05, true],
  [of(4, 20), of(0, 20), 0.05, false],
  // three arms: the smallest p must be below .05/3
  [of(5, 5), of(0, 5), 0.05 / 3, true],
  [of(4, 5), of(0, 5), 0.05 / 3, false],
  [of(5, 10), of(0, 10), 0.05 / 3, true],
  [of(4, 10), of(0, 10), 0.05 / 3, false],
  [of(6, 20), of(0, 20), 0.05 / 3, true],
  [of(5, 20), of(0, 20), 0.05 / 3, false],
  // exactly one in seventy, and in 252
  [of(4, 4), of(0, 4), 1 / 70, false],
  [of(5, 5), of(0, 5), 1 / 252, false],
])("B3.1: whether %j is significantly above %j at %d: %s", (a, b, level, is) => {
  expect(isSignificantlyAbove(a, b, level)).toBe(is);
});

test("B3.1: every table of up to 14 runs an arm has the p of its definition, and the exact side of 5 %", () => {
  for (let n = 1; n <= 14; n++) {
    for (let m = 1; m <= 14; m += 3) {
      for (let fails = 0; fails <= n; fails++) {
        for (let others = 0; others <= m; others++) {
          const [tail, all] = counted(of(fails, n), of(others, m));
          const p = fisherGreater(of(fails, n), of(others, m));
          expect(Math.abs(p - Number(tail) / Number(all))).toBeLessThan(1e-12);
          const isBelow = tail * 20n < all;
          if (isSignificantlyAbove(of(fails, n), of(others, m)) !== isBelow) {
            expect.fail(`${fails} of ${n} against ${others} of ${m}`);
          }
        }
      }
    }
  }
});

test.each([
  // from the definition in whole numbers, to 40 places
  [of(47, 500), of(4, 500), 4.649147501415753e-11],
  [of(61, 100), of(2, 100), 5.6947207605960045e-22],
  [of(48, 20_000), of(0, 20_000), 3.4538107755445123e-15],
  [of(1200, 4000), of(1080, 4000), 0.0016004001210633654],
])("the far tail keeps its digits: %j against %j", (a, b, p) => {
  expect(Math.abs(fisherGreater(a, b) / p - 1)).toBeLessThan(1e-9);
});

test("ten million runs an arm do not hang, and agree with the normal approximation", () => {
  const n = 10_000_000;
  const started = performance.now();
  // z = 1.6449 standard deviations of the difference
  expect(fisherGreater(of(5_001_839, n), of(4_998_161, n))).toBeCloseTo(0.05, 3);
  expect(fisherGreater(of(n, n), of(0, n))).toBeLessThan(1e-300);
  expect(fisherGreater(of(0, n), of(n, n))).toBe(1);
  expect(performance.now() - started).toBeLessThan(2000);
});

const counts = (most: number) =>
  fc
    .integer({ min: 1, max: most })
    .chain((n) => fc.integer({ min: 0, max: n }).map((fails) => of(fails, n)));

test("p is a probability, and falls with every more failure of the first and rises with every of the second", () => {
  const most = fc.constantFrom(5, 30, 1000, 200_000);
  fc.assert(
    fc.property(
      most.chain((n) => fc.tuple(counts(n), counts(n))),
      ([a, b]) => {
        const p = fisherGreater(a, b);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        const slack = 1e-12;
        if (a.fails < a.n) {
          expect(fisherGreater(of(a.fails + 1, a.n), b)).toBeLessThanOrEqual(p + slack);
        }
        if (b.fails < b.n) {
          expect(fisherGreater(a, of(b.fails + 1, b.n))).toBeGreaterThanOrEqual(p - slack);
        }
      },
    ),
    { numRuns: propertyRuns },
  );
});

/** The arrangements in the tail, and all, by the definition. */
function counted(a: Counts, b: Counts): [bigint, bigint] {
  const fails = a.fails + b.fails;
  let tail = 0n;
  for (let k = a.fails; k <= Math.min(fails, a.n); k++) {
    tail += choose(a.n, k) * choose(b.n, fails - k);
  }
  return [tail, choose(a.n + b.n, fails)];
}

function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let ways = 1n;
  for (let i = 1n; i <= BigInt(k); i++) ways = (ways * (BigInt(n - k) + i)) / i;
  return ways;
}
