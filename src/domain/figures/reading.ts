import type { LayerId } from "#src/domain/layers/index.ts";

/** What the numbers of an item say (B3.1, B13.11 to B13.13). Ids are also those of programs that read along. */
export const readings = {
  not_reproducible: "Not reproducible",
  single_layer: "One layer recovers",
  interaction: "Several layers recover, each alone",
  conjunction: "Only all together recover",
  insufficient: "Too few runs to tell",
  not_a_regression: "Not a regression",
  reverse_fails: "Fails again when it is put back",
  differs: "The groups differ",
  in_and_out: "Follows the change in and out",
} as const;
export type ReadingId = keyof typeof readings;

/** What an item's numbers come to. */
export interface Reading {
  id: ReadingId;
  /** The layers that recover (single_layer, interaction), or fail together (conjunction, for pairs). */
  layers: LayerId[];
  /** One or two sentences for people: the numbers, what they mean, and what would decide where they do not. */
  sentence: string;
  /** What would decide, where this does not: `cohort_rates`, `more_runs`, `override_arms`, `all_lkg_arm`, `pair_arms`. */
  missing: string[];
}

/** What numbers say that may show nothing, or something that has no name of its own: then `id` is null. */
export interface Finding extends Omit<Reading, "id"> {
  id: ReadingId | null;
}
