import type { Changes } from "#src/domain/decision.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { NewTimelineEntry } from "#src/domain/timeline.ts";

/** What a reminder leads to: nothing where it is settled by now; the next step is another reminder in `changes`. */
export interface Reminding {
  changes: Changes;
  timeline: NewTimelineEntry[];
  effects: Effect[];
}

/** What a reminder leads to that has nothing to say any more. */
export const settled: Reminding = { changes: {}, timeline: [], effects: [] };
