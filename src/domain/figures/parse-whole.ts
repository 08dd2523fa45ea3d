import { sliceText } from "#src/domain/slice.ts";
import { addedBack } from "./ablation.ts";
import type { AblationArm, SeriesWindow, Stack } from "./figures.ts";

/** What several stacks lack to be compared (R5b): the control; undefined where one is named, or one stack runs alone. */
export function lackOfStacks(stacks: readonly Stack[]): string | undefined {
  return stacks.length < 2 || stacks.some(({ isControl }) => isControl)
    ? undefined
    : "Say which is the control: “CPU, control: 0 of 10”.";
}

/** What an ablation lacks (R5d): the first group that ran on one side only, and its other side; else undefined. */
export function lackOfAblation(arms: readonly AblationArm[]): string | undefined {
  const groups = Map.groupBy(arms, ({ group }) =>
    group.endsWith(addedBack) ? group.slice(0, -addedBack.length) : group,
  );
  for (const [group, own] of groups) {
    const missing = [true, false].find((side) => own.every((arm) => arm.hasChange !== side));
    if (missing === undefined) continue;
    const [has, lacks] = missing ? ["without", "with"] : ["with", "without"];
    return `“${group}” ran only ${has} the change. Add its line “${group}, ${lacks}: …”, or there is nothing to compare.`;
  }
  return undefined;
}

/** What a series lacks (R5c): a second window of the same slice; undefined where any slice has two. */
export function lackOfSeries(windows: readonly SeriesWindow[]): string | undefined {
  const slices = Map.groupBy(windows, ({ slice }) => sliceText(slice));
  if ([...slices.values()].some((own) => own.length > 1)) return undefined;
  return windows.length === 1
    ? "One window alone says nothing. Add the one before the change came in, or the one after it went out."
    : "Each part has one window alone. Add, for one part, the window before the change came in, or after it went out.";
}
