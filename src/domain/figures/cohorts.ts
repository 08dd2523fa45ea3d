import { decidingN } from "#src/domain/statistics/deciding-n.ts";
import { fisherGreater, isSignificantlyAbove } from "#src/domain/statistics/fisher.ts";
import { countsInWords, decidingInWords, pInWords } from "./figure-words.ts";
import { type Cohort, rateOf, together } from "./figures.ts";
import type { Finding } from "./reading.ts";

const level = 0.05;

/**
 * Whether the groups differ: `differs`, or a null id with how many runs would show it. Each group stands
 * against the others together, Fisher one-sided, 5 % (B13.13), divided by the number of groups where they
 * are more than two, since any of them may be the odd one. Their order does not matter.
 */
export function readCohorts(cohorts: readonly Cohort[]): Finding {
  const highest = standsOut(cohorts);
  if (cohorts.length < 2 || !highest) {
    return {
      id: null,
      layers: [],
      sentence: "One group alone says nothing. Give the same count for at least one other group.",
      missing: ["cohort_rates"],
    };
  }
  const { group, others, tests } = highest;
  const p = Math.min(1, fisherGreater(group, others) * tests);
  const against =
    cohorts.length === 2
      ? `${countsInWords(others)} in ${others.name}`
      : `${countsInWords(others)} in the other ${cohorts.length - 1} groups`;
  const numbers = `${group.group} fails ${countsInWords(group)}, against ${against} (${pInWords(p)})`;
  if (isSignificantlyAbove(group, others, level / tests)) {
    return {
      id: "differs",
      layers: [],
      sentence: `The groups differ: ${numbers}.`,
      missing: [],
    };
  }
  const n = decidingN({
    baselineRate: rateOf(group),
    recoveredRate: rateOf(others),
    family: tests,
    moreThan: Math.min(group.n, others.n),
  });
  return {
    id: null,
    layers: [],
    sentence:
      n === null
        ? `The groups fail alike: ${numbers}.`
        : `The groups do not differ significantly: ${numbers}. ${decidingInWords(n, "group")}`,
    missing: [],
  };
}

/** The group least likely to fail so often by chance, and the others together; undefined for no groups. */
function standsOut(cohorts: readonly Cohort[]) {
  const tests = cohorts.length > 2 ? cohorts.length : 1;
  const against = cohorts.map((group) => {
    const others = cohorts.filter((other) => other !== group);
    return {
      group,
      tests,
      others: { ...together(others), name: others[0]?.group ?? "" },
    };
  });
  return against
    .map((one) => ({ ...one, p: fisherGreater(one.group, one.others) }))
    .toSorted(
      (one, other) =>
        one.p - other.p ||
        rateOf(other.group) - rateOf(one.group) ||
        (one.group.group < other.group.group ? -1 : 1),
    )[0];
}
