import type { Counts } from "#src/domain/figures/figures.ts";

/** The normal quantile of 97.5 %. */
const z = 1.959963984540054;

/** Where a failure rate may lie, both of 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * The 95 % score interval of a failure rate; 0 to 1 where there are no runs. Unlike the textbook one it
 * stays inside 0 and 1, and is of use at 0 of n. Source: Wilson (1927); Newcombe, Statistics in Medicine
 * 17 (1998) 857, method 3.
 */
export function wilson({ n, fails }: Counts): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const middle = 2 * fails + z * z;
  const half = z * Math.sqrt(z * z + (4 * fails * (n - fails)) / n);
  const scale = 2 * (n + z * z);
  return {
    low: fails === 0 ? 0 : Math.max(0, (middle - half) / scale),
    high: fails === n ? 1 : Math.min(1, (middle + half) / scale),
  };
}
