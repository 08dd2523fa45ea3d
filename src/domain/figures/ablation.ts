import { fisherGreater, isSignificantlyAbove } from "#src/domain/statistics/fisher.ts";
import { listInWords } from "#src/domain/words.ts";
import { countsInWords, pInWords } from "./figure-words.ts";
import type { AblationArm } from "./figures.ts";
import type { Finding } from "./reading.ts";

/** How an arm is named in which the change was put back (B13.4). */
export const addedBack = " added back";

/** What an ablation shows. */
export interface AblationReading extends Finding {
  /** Without the change, every group fails significantly less often. */
  isShown: boolean;
  /** And with it added back, every group fails significantly more often again (R5d). */
  isTwoWay: boolean;
}

interface Trio {
  group: string;
  with?: AblationArm;
  without?: AblationArm;
  back?: AblationArm;
}

/**
 * Whether taking exactly the suspect change out restores the measure, and adding it back lowers it again
 * (R5d), Fisher one-sided, 5 %, in every group. Arms pair by group name up to " added back" (B13.4), in
 * any order. Whether both ran on one build is not read from numbers. The id is always null.
 */
export function readAblation(arms: readonly AblationArm[]): AblationReading {
  const groups = [...Map.groupBy(arms, ({ group }) => baseOf(group))]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([group, own]) => trioOf(group, own));
  const incomplete = groups.filter((trio) => !trio.with || !trio.without);
  if (groups.length === 0 || incomplete.length > 0) {
    const named = listInWords(incomplete.map(({ group }) => group));
    return nothing(
      `An ablation needs counts with the change and without it${named === "" ? "" : `, also for ${named}`}.`,
    );
  }
  const numbers = groups.map(trioInWords).join("; ");
  const unshown = groups.filter((trio) => !isAbove(trio.with, trio.without));
  if (unshown.length > 0) {
    return nothing(
      `Without the change, ${listInWords(unshown.map(({ group }) => group))} does not fail significantly less often: ${numbers}.`,
    );
  }
  const isTwoWay = groups.every((trio) => isAbove(trio.back, trio.without));
  const isBackTried = groups.every(({ back }) => back !== undefined);
  const back = isTwoWay
    ? "and added back it fails again"
    : isBackTried
      ? "but added back it does not fail significantly more often again"
      : "add it back on the same build to show it both ways";
  return {
    id: null,
    layers: [],
    isShown: true,
    isTwoWay,
    sentence: `Without the change it fails less often, ${back}: ${numbers}.`,
    missing: [],
  };
}

function nothing(sentence: string): AblationReading {
  return {
    id: null,
    layers: [],
    isShown: false,
    isTwoWay: false,
    sentence,
    missing: ["more_runs"],
  };
}

function trioOf(group: string, arms: readonly AblationArm[]): Trio {
  const trio: Trio = { group };
  for (const arm of arms) {
    if (arm.group.endsWith(addedBack)) trio.back = arm;
    else if (arm.hasChange) trio.with = arm;
    else trio.without = arm;
  }
  return trio;
}

function baseOf(group: string): string {
  return group.endsWith(addedBack) ? group.slice(0, -addedBack.length) : group;
}

function isAbove(one: AblationArm | undefined, other: AblationArm | undefined): boolean {
  return one !== undefined && other !== undefined && isSignificantlyAbove(one, other);
}

function trioInWords({ group, with: changed, without, back }: Trio): string {
  if (!changed || !without) return group;
  const again = back
    ? `, ${countsInWords(back)} added back (${pInWords(fisherGreater(back, without))})`
    : "";
  return `${group} ${countsInWords(changed)} with it, ${countsInWords(without)} without (${pInWords(fisherGreater(changed, without))})${again}`;
}
