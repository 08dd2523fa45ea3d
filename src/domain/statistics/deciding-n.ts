import { isSignificantlyAbove } from "./fisher.ts";

/** More runs than that nobody makes: then it is not a question of runs. */
const atMost = 1_000_000;

/** What is expected of the next run of a replay. */
export interface Expected {
  /** How often the baseline fails, 0 to 1. */
  baselineRate: number;
  /** How often it is expected to fail where the override recovers: that of the best arm, or 0. */
  recoveredRate: number;
  /** How many override arms are tried: the smallest p must be below .05 divided by it (Holm). */
  family: number;
  /** So many runs were made and did not decide: the answer is more than these. */
  moreThan?: number;
}

/**
 * How many runs of each arm would decide, if the rates stay what they are; null where no number of up to
 * a million does. Source: B3.1, "the engine prints the n that would decide": at 16 % and one arm 31 runs,
 * which expect five failures; at 0.8 % 625.
 */
export function decidingN(expected: Expected): number | null {
  const { baselineRate, recoveredRate, family, moreThan = 0 } = expected;
  if (baselineRate <= 0 || recoveredRate >= baselineRate) return null;
  const level = 0.05 / Math.max(1, family);
  const from = Math.max(1, Math.floor(moreThan * baselineRate));
  for (let fails = from; ; fails += Math.max(1, Math.floor(fails / 50))) {
    const n = Math.max(fails, Math.round(fails / baselineRate));
    if (n > atMost) return null;
    if (n <= moreThan) continue;
    const recovered = { n, fails: Math.round(n * recoveredRate) };
    if (isSignificantlyAbove({ n, fails }, recovered, level)) return n;
  }
}
