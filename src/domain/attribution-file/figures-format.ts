import { z } from "zod";
import type { Figures } from "#src/domain/figures/figures.ts";
import { splits } from "#src/domain/figures/figures.ts";
import { layerIds } from "#src/domain/layers/index.ts";

/** "2025-08-29T20:00:00.000Z" */
export const instant = z.iso.datetime().describe("ISO 8601, UTC");
/** Dimension to its values. */
export const sliceFormat = z
  .record(z.string(), z.array(z.string()))
  .describe(
    "Dimension to its values, for example {region: [eu-1]}; empty stands for the whole strand",
  );

const counts = {
  n: z.int().min(0).describe("Runs or requests"),
  fails: z.int().min(0).describe("How many of them failed, at most n"),
};
const counted = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject({ ...shape, ...counts })
    .refine((one) => (one as { fails: number }).fails <= (one as { n: number }).n, {
      message: "more failures than runs",
      path: ["fails"],
    });

const splitIds = Object.keys(splits) as (keyof typeof splits)[];

/** The figures of an item of evidence as the file has them: the names of `scenarios/`, absent where nobody gave any. */
export const figuresFormat = z
  .strictObject({
    arms: z
      .array(
        counted({
          arm: z.string().describe("What people call it"),
          role: z
            .enum(["baseline", "override", "all_lkg", "reverse", "mitigation"])
            .describe("all_lkg: everything at last known good"),
          layers: z.array(z.enum(layerIds)).describe("The layers whose pins it sets otherwise"),
          value_is_lkg: z.boolean().describe("Its value is the last known good one"),
        }),
      )
      .describe("Arms of a replay")
      .optional(),
    cohorts: z
      .array(counted({ group: z.string() }))
      .describe("Failures by group of requests")
      .optional(),
    split_by: z.enum(splitIds).describe("What the groups differ in").optional(),
    series: z
      .array(
        counted({
          from: instant,
          to: instant,
          slice: sliceFormat,
          change_present: z.boolean().describe("The suspect change was in"),
        }),
      )
      .describe("Failures by window of time")
      .optional(),
    ablation: z
      .array(counted({ group: z.string(), with_change: z.boolean() }))
      .describe("Arms of an ablation; groups pair by name up to “ added back”")
      .optional(),
    stacks: z
      .array(counted({ stack: z.string(), is_control: z.boolean() }))
      .describe("A minimized reproducer by stack")
      .optional(),
    measure: z.string().describe("What was counted as a failure").optional(),
    other_pins_equal: z
      .boolean()
      .describe("On the author's word: nothing else changed at either edge")
      .optional(),
    same_build: z.boolean().describe("On the author's word: all arms ran on one build").optional(),
    input_count: z
      .int()
      .min(0)
      .describe("Over how many unrelated inputs the same mistake was seen")
      .optional(),
    changed_at: instant.describe("When the thing it speaks of changed").optional(),
    permission: z
      .boolean()
      .describe("On the author's word: it shows the permission that made an action possible")
      .optional(),
    other_failure: z
      .boolean()
      .describe("It shows another failure than the strand's, says who recorded it")
      .optional(),
  })
  .describe("Figures by kind of evidence");
type FiguresInFile = z.infer<typeof figuresFormat>;

/** Figures as the file has them; keys in its order. */
export function figuresToFile(figures: Figures): FiguresInFile {
  const { arms, cohorts, series, ablation, stacks } = figures;
  return present({
    arms: arms?.map(({ name, role, layers, isLkg, n, fails }) => ({
      arm: name,
      role,
      layers,
      value_is_lkg: isLkg,
      n,
      fails,
    })),
    cohorts: cohorts?.map(({ group, n, fails }) => ({ group, n, fails })),
    split_by: figures.splitBy,
    series: series?.map(({ from, to, slice, isChangeIn, n, fails }) => ({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      slice: copied(slice),
      change_present: isChangeIn,
      n,
      fails,
    })),
    ablation: ablation?.map(({ group, hasChange, n, fails }) => ({
      group,
      with_change: hasChange,
      n,
      fails,
    })),
    stacks: stacks?.map(({ stack, isControl, n, fails }) => ({
      stack,
      is_control: isControl,
      n,
      fails,
    })),
    measure: figures.measure,
    other_pins_equal: figures.areOtherPinsEqual,
    same_build: figures.isSameBuild,
    input_count: figures.inputCount,
    changed_at: figures.changedAt && new Date(figures.changedAt).toISOString(),
    permission: figures.isPermission,
    other_failure: figures.isOtherFailure,
  });
}

/** The same figures read back. */
export function figuresFromFile(given: FiguresInFile): Figures {
  const { arms, cohorts, series, ablation, stacks } = given;
  return present({
    arms: arms?.map(({ arm, value_is_lkg: isLkg, ...one }) => ({ name: arm, isLkg, ...one })),
    cohorts,
    splitBy: given.split_by,
    series: series?.map(({ change_present: isChangeIn, ...one }) => ({ isChangeIn, ...one })),
    ablation: ablation?.map(({ with_change: hasChange, ...one }) => ({ hasChange, ...one })),
    stacks: stacks?.map(({ is_control: isControl, ...one }) => ({ isControl, ...one })),
    measure: given.measure,
    areOtherPinsEqual: given.other_pins_equal,
    isSameBuild: given.same_build,
    inputCount: given.input_count,
    changedAt: given.changed_at,
    isPermission: given.permission,
    isOtherFailure: given.other_failure,
  });
}

/** A slice with values that may be changed; dimensions in their order. */
export function copied(
  slice: Readonly<Record<string, readonly string[]>>,
): Record<string, string[]> {
  const dimensions = Object.entries(slice).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(dimensions.map(([dimension, values]) => [dimension, [...values]]));
}

/** Without the keys that nobody gave. */
function present<Value extends object>(
  value: Value,
): { [Key in keyof Value]: NonNullable<Value[Key]> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [Key in keyof Value]: NonNullable<Value[Key]>;
  };
}
