import type { TraceExhibit } from "#src/domain/exhibit/trace-exhibit.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { Slice } from "#src/domain/strand.ts";

/** How many of how many requests failed: whole numbers, `fails` at most `n`. */
export interface Counts {
  n: number;
  fails: number;
}

/** The share that failed, 0 to 1; 0 where nothing was run. */
export function rateOf({ n, fails }: Counts): number {
  return n === 0 ? 0 : fails / n;
}

/** Several groups as one. */
export function together(groups: readonly Counts[]): Counts {
  return groups.reduce<Counts>(
    (all, { n, fails }) => ({ n: all.n + n, fails: all.fails + fails }),
    {
      n: 0,
      fails: 0,
    },
  );
}

/** What an arm of a replay is for (B3.1). */
export type ArmRole = "baseline" | "override" | "all_lkg" | "reverse" | "mitigation";

/** One arm of a replay: the same request, run `n` times under the same pins (B3.1). */
export interface Arm extends Counts {
  /** What people call it: "effort high". Unique within its run. */
  name: string;
  role: ArmRole;
  /** The layers whose pins it sets otherwise: none for baseline and all-LKG, several where a pair is tried. */
  layers: LayerId[];
  /** Its value is the last known good one; what is patched forward is a mitigation (R8). */
  isLkg: boolean;
}

/** Failures of one group of requests, for example of one pool. */
export interface Cohort extends Counts {
  group: string;
}

/** What the groups of a cohort item differ in (B13.8), and the layer that it belongs to. */
export const splits = {
  response_model: { label: "Response model version", layer: "model" },
  index_version: { label: "Index or corpus version", layer: "retrieval_data" },
  prompt_version: { label: "Prompt or policy version", layer: "prompt_policy" },
  tool_or_parameter: { label: "Tool schema, router or parameter", layer: "orchestration_tools" },
  app_build: { label: "Application build", layer: "integration_ui" },
  pool: { label: "Serving pool", layer: "infrastructure" },
  region: { label: "Region", layer: "infrastructure" },
  hardware: { label: "Hardware", layer: "infrastructure" },
  hour: { label: "Hour or day", layer: "infrastructure" },
  other: { label: "Something else", layer: null },
} as const satisfies Record<string, { label: string; layer: LayerId | null }>;
export type SplitBy = keyof typeof splits;

/** Failures in one window of time, with the suspect change in or out (R5c). */
export interface SeriesWindow extends Counts {
  /** ISO 8601, UTC. */
  from: string;
  to: string;
  /** The part it was measured on; empty: everything. Windows of the same slice make one series. */
  slice: Slice;
  isChangeIn: boolean;
}

/** One arm of an ablation (R5d); groups pair by name up to " added back" (B13.4). */
export interface AblationArm extends Counts {
  group: string;
  hasChange: boolean;
}

/** A minimized reproducer on one stack (R5b). */
export interface Stack extends Counts {
  stack: string;
  isControl: boolean;
}

/** The figures of an item of evidence, by kind; what nobody gave is absent. */
export interface Figures {
  /** E4. */
  arms?: Arm[];
  /** E5. */
  cohorts?: Cohort[];
  splitBy?: SplitBy;
  series?: SeriesWindow[];
  /** E6. */
  ablation?: AblationArm[];
  /** E7. */
  stacks?: Stack[];
  /** What was counted as a failure: "degraded_answer". */
  measure?: string;
  /** R5c, on the author's word: no other pin changed at either edge (B13.4). */
  areOtherPinsEqual?: boolean;
  /** R5d, on the author's word: both arms ran on the same build. */
  isSameBuild?: boolean;
  /** B13.8: over how many unrelated inputs the same mistake was seen. */
  inputCount?: number;
  /** E1, E2: when the thing it speaks of changed; ISO 8601, UTC. */
  changedAt?: string;
  /** E1, E2, on the author's word: it shows the permission that made an action possible (B3.3). */
  isPermission?: boolean;
  /** E10: it shows another failure than the strand's, says who recorded it (R10). */
  isOtherFailure?: boolean;
  /** E3: the request itself, hop by hop. It carries no count, so no rule reads it. */
  trace?: TraceExhibit;
}
