import type { Counts } from "#src/domain/figures/figures.ts";

/** Beyond this many runs in both arms together a float is kept, exact sums take too long to wait for. */
const exactUpTo = 20_000;
/** How near to the level a float is no longer trusted; it is right to about 1e-13 of itself. */
const tooNear = 1e-9;

/**
 * Fisher's exact test, one-sided: how likely `a` fails at least so much more often than `b` by chance,
 * a probability of 0 to 1. 1 where an arm has no runs. Takes milliseconds at ten million runs an arm.
 * Source: B3.1; Fisher, The Design of Experiments (1935), chapter II. Why no library: ADR 14.
 */
export function fisherGreater(a: Counts, b: Counts): number {
  const { lowest, highest, fails, rest } = table(a, b);
  // Terms are summed outwards from the most likely one, each from its neighbour and all as shares of it:
  // nothing overflows, no logarithm loses digits, and the far tail is not a difference from 1.
  const middle = Math.floor(((fails + 1) * (a.n + 1)) / (a.n + b.n + 2));
  const mode = Math.min(highest, Math.max(lowest, middle));
  let above = 0;
  let total = 0;
  let term = 1;
  for (let k = mode; k <= highest && term > 0; k++) {
    total += term;
    if (k >= a.fails) above += term;
    // what follows is too small for either sum, however small the tail is
    if (k >= a.fails && term < above * 1e-18) break;
    term *= ((fails - k) * (a.n - k)) / ((k + 1) * (rest + k + 1));
  }
  term = 1;
  for (let k = mode; k > lowest; k--) {
    term *= (k * (rest + k)) / ((fails - k + 1) * (a.n - k + 1));
    if (term < total * 1e-18) break;
    total += term;
    if (k - 1 >= a.fails) above += term;
  }
  return above / total;
}

/**
 * Whether `a` fails significantly more often than `b`: p strictly below the level (B3.1: 3 of 3 against
 * 0 of 3 is exactly .05, and is not). Near the level it is decided in whole numbers, not in floats.
 */
export function isSignificantlyAbove(a: Counts, b: Counts, level = 0.05): boolean {
  const p = fisherGreater(a, b);
  if (Math.abs(p - level) > tooNear || a.n + b.n > exactUpTo) return p < level;
  const { above, total } = exactShare(a, b);
  const { part, whole } = asFraction(level);
  return above * whole < total * part;
}

/** The tail and the whole of the hypergeometric distribution, in numbers of arrangements. */
function exactShare(a: Counts, b: Counts): { above: bigint; total: bigint } {
  const { lowest, highest, fails, rest } = table(a, b);
  // any first term will do: only the share is wanted, so all terms are brought to one denominator
  let term = 1n;
  let above = 0n;
  let total = 0n;
  for (let k = lowest; k <= highest; k++) {
    total += term;
    if (k >= a.fails) above += term;
    if (k === highest) break;
    const down = BigInt(k + 1) * BigInt(rest + k + 1);
    term *= BigInt(fails - k) * BigInt(a.n - k);
    if (term % down === 0n) term /= down;
    else [above, total] = [above * down, total * down];
  }
  return { above, total };
}

/** What is fixed in the two-by-two table: how few and how many of all failures can be in `a`. */
function table(a: Counts, b: Counts) {
  const fails = a.fails + b.fails;
  return {
    fails,
    lowest: Math.max(0, fails - b.n),
    highest: Math.min(fails, a.n),
    /** Runs of `b` that would not fail if all failures were its own; may be negative. */
    rest: b.n - fails,
  };
}

/** .05 is one in twenty, .05/3 one in sixty; any other level to twelve places. */
function asFraction(level: number): { part: bigint; whole: bigint } {
  const oneIn = Math.round(1 / level);
  if (Math.abs(1 / level - oneIn) < 1e-9) return { part: 1n, whole: BigInt(oneIn) };
  return { part: BigInt(Math.round(level * 1e12)), whole: 1_000_000_000_000n };
}
