import { decidingN } from "#src/domain/statistics/deciding-n.ts";
import { fisherGreater, isSignificantlyAbove } from "#src/domain/statistics/fisher.ts";
import { type ArmReading, level } from "./arm-readings.ts";
import { armsInWords, countsInWords, decidingInWords, pInWords } from "./figure-words.ts";
import { type Counts, rateOf } from "./figures.ts";
import type { Reading } from "./reading.ts";

/** Below about this failure rate a replay is the wrong tool (B3.1): rates by cohort see more. */
const tooRare = 0.1;

/**
 * The reading of a run in which no arm decides: what would, the first thing to get first (B3.1).
 * `readings`: the arms as `readArms` reads them.
 */
export function undecided(baseline: Counts, readings: readonly ArmReading[]): Reading {
  const hasAllLkg = readings.some(({ role }) => role === "all_lkg");
  const tried = readings.filter(({ adjusted }) => adjusted !== null);
  const hints = tried.filter(({ verdict }) => verdict === null);
  const together = tried.filter(({ verdict }) => verdict === "recovers");
  const deciding = decidingInWords(nOf(baseline, tried, hints), "arm");
  const nothing = { id: "insufficient" as const, layers: [] };
  const isAlways = `It fails ${countsInWords(baseline)} at the baseline`;
  if (isRare(baseline)) {
    return {
      ...nothing,
      sentence: `${isAlways}, too seldom for a replay. Compare failure rates by cohort instead. ${deciding}`,
      missing: ["cohort_rates", "more_runs"],
    };
  }
  if (hints.length > 0) {
    return {
      ...nothing,
      sentence: `Not enough among ${tried.length} arms: ${armsInWords(hints, baseline, "at the baseline")}. ${deciding}`,
      missing: ["more_runs", ...(hasAllLkg ? [] : ["all_lkg_arm"])],
    };
  }
  if (together.length > 0) {
    return {
      ...nothing,
      sentence: `Several layers recover together: ${armsInWords(together, baseline, "at the baseline")}. Run an arm for each of them alone.`,
      missing: ["override_arms"],
    };
  }
  if (tried.length === 0 || hasAllLkg) {
    const alone = tried.length === 0 ? "no layer was tried" : "fewer than two layers were tried";
    return {
      ...nothing,
      sentence: `${hasAllLkg ? "All last known good recovers" : isAlways}, and ${alone} alone. Run an arm for each layer that changed, set back to last known good one at a time.`,
      missing: ["override_arms", ...(tried.length === 0 ? [] : ["more_runs"])],
    };
  }
  return {
    ...nothing,
    sentence: `No arm fails significantly less often than the baseline, ${countsInWords(baseline)}. Run all pins at last known good too. ${deciding}`,
    missing: ["more_runs", "all_lkg_arm"],
  };
}

/** The n that would decide, from the best arm that hints at a recovery, else from a recovery without a failure. */
function nOf(baseline: Counts, tried: readonly ArmReading[], hints: readonly ArmReading[]) {
  return decidingN({
    baselineRate: rateOf(baseline),
    recoveredRate: Math.min(...(hints.length > 0 ? hints.map(({ rate }) => rate) : [0])),
    family: tried.length,
    moreThan: Math.min(baseline.n, ...tried.map(({ n }) => n)),
  });
}

/** The reading of a run in which all last known good fails as the baseline does (B13.11); says so where it had too few runs to show better. */
export function notARegression(baseline: Counts, allLkg: Counts): Omit<Reading, "layers"> {
  const numbers = `With everything at last known good it fails ${countsInWords(allLkg)}, at the baseline ${countsInWords(baseline)} (${pInWords(fisherGreater(baseline, allLkg))})`;
  const n = decidingN({
    baselineRate: rateOf(baseline),
    recoveredRate: 0,
    family: 1,
    moreThan: Math.min(baseline.n, allLkg.n),
  });
  if (isSignificantlyAbove(baseline, { n: allLkg.n, fails: 0 }, level)) {
    return {
      id: "not_a_regression",
      sentence: `${numbers}: setting everything back does not help. Look for a fault that was always there, for inputs that shifted, or for a wrong expectation.`,
      missing: [],
    };
  }
  // so few runs could not have shown it even without a single failure
  return {
    id: "not_a_regression",
    sentence: `${numbers}: not shown to help, and so few runs could not show it. ${decidingInWords(n, "arm")}`,
    missing: [isRare(baseline) ? "cohort_rates" : "more_runs"],
  };
}

function isRare(baseline: Counts): boolean {
  return rateOf(baseline) < tooRare;
}
