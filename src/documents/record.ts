import type { IncidentState, Refusal } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";

/** All that a postmortem is written from: the state, the whole timeline, and what was refused. */
export interface IncidentRecord {
  state: IncidentState;
  /** Every entry, in any order. */
  timeline: TimelineEntry[];
  /** Every recorded refusal, in any order. */
  refusals: Refusal[];
  names: Names;
}

/** Display names; GitHub knows no Slack id. Who is missing stands with the id. */
export type Names = ReadonlyMap<UserId, string>;
