import { fisherGreater, isSignificantlyAbove } from "#src/domain/statistics/fisher.ts";
import { listInWords } from "#src/domain/words.ts";
import { countsInWords, pInWords } from "./figure-words.ts";
import { type Stack, together } from "./figures.ts";
import type { Finding } from "./reading.ts";

/** What a minimized reproducer shows. */
export interface StacksReading extends Finding {
  /** It fails on the suspect stack, and never on a control stack (R5b). */
  holds: boolean;
  /** And often enough to show it both ways (R5b). */
  isTwoWay: boolean;
}

/** A stack that fails in every run, or in none, has to be run so often before that is more than luck. */
const runsAtLeast = 3;

/**
 * Whether a minimized reproducer fails on the suspect stack and passes on a control (R5b): every suspect
 * stack fails in every run or significantly more often than the controls, Fisher one-sided, 5 %, and no
 * control fails once. Both ways takes three runs of each stack, or a significant difference: one run of
 * each may be chance. The order does not matter. The id is always null.
 */
export function readStacks(stacks: readonly Stack[]): StacksReading {
  const suspects = stacks.filter(({ isControl }) => !isControl);
  const controls = stacks.filter(({ isControl }) => isControl);
  if (suspects.length === 0) {
    return no("Run it on the suspect stack as well.", ["suspect_stack"]);
  }
  if (controls.length === 0) {
    return no("Run it on a control stack as well: one without the suspect part.", [
      "control_stack",
    ]);
  }
  const failing = controls.filter(({ fails }) => fails > 0);
  if (failing.length > 0) {
    return no(
      `It fails on a control stack too: ${inWords(failing)}. The fault is not in the suspect stack alone.`,
      ["control_stack"],
    );
  }
  const all = together(controls);
  const passing = suspects.filter(
    (stack) => stack.fails < stack.n && !isSignificantlyAbove(stack, all),
  );
  if (passing.length > 0) {
    return no(
      `It does not fail on the suspect stack often enough to tell: ${inWords(passing)} against ${countsInWords(all)} on control. Run it more often, or make it smaller until it fails every time.`,
      ["more_runs"],
    );
  }
  const isRunOften = stacks.every(({ n }) => n >= runsAtLeast);
  const isTwoWay = suspects.every(
    (stack) => (isRunOften && stack.fails === stack.n) || isSignificantlyAbove(stack, all),
  );
  const more = isTwoWay ? "" : ` Run each stack ${runsAtLeast} times or more to show it both ways.`;
  const [first] = suspects;
  const p = first && suspects.length === 1 ? ` (${pInWords(fisherGreater(first, all))})` : "";
  return {
    id: null,
    layers: [],
    holds: true,
    isTwoWay,
    sentence: `It fails on the suspect stack and not on control: ${inWords(suspects)}, ${inWords(controls)}${p}.${more}`,
    missing: [],
  };
}

function no(sentence: string, missing: string[]): StacksReading {
  return { id: null, layers: [], holds: false, isTwoWay: false, sentence, missing };
}

function inWords(stacks: readonly Stack[]): string {
  return listInWords(stacks.map((stack) => `${stack.stack} ${countsInWords(stack)}`));
}
