import type { LayerId } from "#src/domain/layers/index.ts";
import { fisherGreater, isSignificantlyAbove } from "#src/domain/statistics/fisher.ts";
import { holm } from "#src/domain/statistics/holm.ts";
import { type Interval, wilson } from "#src/domain/statistics/wilson.ts";
import { type Arm, type ArmRole, type Counts, rateOf, together } from "./figures.ts";

/** B3.1: significance is Fisher's exact test, one-sided, strictly below this. */
export const level = 0.05;

/**
 * What one arm shows. Null: it is the baseline or a mitigation, or the run cannot tell (too few runs, or
 * the baseline or all last known good leave nothing to read).
 */
export type ArmVerdict =
  | "recovers"
  | "reduces"
  | "no_difference"
  | "fails_again"
  | "does_not_fail_again"
  | null;

/** One arm of a replay with what its numbers come to. */
export interface ArmReading extends Counts {
  name: string;
  role: ArmRole;
  layers: LayerId[];
  /** 0 to 1. */
  rate: number;
  /** 95 %, Wilson. */
  interval: Interval;
  /**
   * One-sided, unadjusted: that it fails less than the baseline; for a reverse arm, that it fails more
   * than all last known good. Null where there is nothing to compare it with.
   */
  p: number | null;
  /** Holm over the override arms of the run; null for all other arms. */
  adjusted: number | null;
  verdict: ArmVerdict;
}

/** Override arms that count: their value is the last known good one (B3.1); one layer alone, or several tried together. */
export function overrideArms(arms: readonly Arm[]): Arm[] {
  return arms.filter(
    ({ role, isLkg, layers }) => role === "override" && isLkg && layers.length > 0,
  );
}

/** All runs of a role as one arm; undefined where there are none. */
export function pooled(arms: readonly Arm[], role: ArmRole): Counts | undefined {
  const some = arms.filter((arm) => arm.role === role);
  if (some.length === 0) return undefined;
  return together(some);
}

/**
 * What a recovered request fails at: all last known good, else the override arm with the lowest rate
 * (B3.1); undefined where there is neither.
 */
export function recoveredReference(arms: readonly Arm[]): Counts | undefined {
  const [best] = overrideArms(arms).toSorted((a, b) => a.fails * b.n - b.fails * a.n || b.n - a.n);
  return pooled(arms, "all_lkg") ?? best;
}

/**
 * Every arm with its rate, 95 % interval, p, adjusted p and what it shows, in the order given.
 * `isReadable`: false where the baseline does not fail or all last known good fails as often, so that
 * no override shows anything (B13.11). Source: B3.1.
 */
export function readArms(arms: readonly Arm[], isReadable: boolean): ArmReading[] {
  const baseline = pooled(arms, "baseline");
  const family = overrideArms(arms);
  const raw = family.map((arm) => (baseline ? fisherGreater(baseline, arm) : 1));
  const adjusted = holm(raw);
  const below = baseline ? belowBaseline(baseline, family, raw) : new Set<Arm>();
  return arms.map((arm) => {
    const at = family.indexOf(arm);
    return {
      name: arm.name,
      role: arm.role,
      layers: arm.layers,
      n: arm.n,
      fails: arm.fails,
      rate: rateOf(arm),
      interval: wilson(arm),
      p: rawP(arm, baseline, recoveredReference(arms)),
      adjusted: baseline && at >= 0 ? (adjusted[at] ?? null) : null,
      verdict: isReadable || arm.role === "reverse" ? verdictOf(arm, arms, below) : null,
    };
  });
}

function rawP(arm: Arm, baseline: Counts | undefined, reference: Counts | undefined) {
  if (arm.role === "baseline") return null;
  if (arm.role === "reverse") return reference ? fisherGreater(arm, reference) : null;
  return baseline ? fisherGreater(baseline, arm) : null;
}

function verdictOf(arm: Arm, arms: readonly Arm[], below: ReadonlySet<Arm>): ArmVerdict {
  const baseline = pooled(arms, "baseline");
  const reference = recoveredReference(arms);
  if (arm.role === "reverse") {
    if (!reference) return null;
    return isSignificantlyAbove(arm, reference, level) ? "fails_again" : "does_not_fail_again";
  }
  if (!baseline || !reference) return null;
  if (arm.role === "all_lkg") {
    return isSignificantlyAbove(baseline, arm, level) ? "recovers" : "no_difference";
  }
  if (!overrideArms([arm]).includes(arm)) return null;
  if (below.has(arm)) {
    return isSignificantlyAbove(arm, reference, level) ? "reduces" : "recovers";
  }
  // B13.12: below the level alone, but not among so many arms, is neither a no nor a yes
  return isSignificantlyAbove(baseline, arm, level) ? null : "no_difference";
}

/** Holm's steps: arms by p, each at .05 divided by how many are left, until the first that fails. Exact at the level. */
function belowBaseline(baseline: Counts, family: Arm[], raw: number[]): Set<Arm> {
  const below = new Set<Arm>();
  const byP = family
    .map((arm, at) => ({ arm, p: raw[at] ?? 1 }))
    .toSorted((one, other) => one.p - other.p);
  for (const [rank, { arm }] of byP.entries()) {
    if (!isSignificantlyAbove(baseline, arm, level / (family.length - rank))) break;
    below.add(arm);
  }
  return below;
}
