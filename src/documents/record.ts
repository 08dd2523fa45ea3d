import type { IncidentState, Refusal, SimilarIncident } from "#src/domain/incident.ts";
import type { VersionReport } from "#src/domain/ledger/ledger.ts";
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
  /** What telemetry named as running, in the incident and before; null where the ledger holds nothing of the service. */
  versions: VersionReport | null;
  /** R13: the incidents that look like this one, by number; those that somebody found to be others left out. */
  similar: SimilarRecord[];
}

/** What a postmortem says of an incident that looks like its own. */
export interface SimilarRecord extends Pick<SimilarIncident, "state" | "reasons"> {
  number: number;
  title: string;
  /** Whether the same layer broke first in both, as far as anybody knows. */
  isSameLayer: boolean;
  /** Of its postmortem, where it has one. */
  url: string | null;
  /** How many of its actions are not known to be done. */
  openActions: number;
}

/** Display names; GitHub knows no Slack id. Who is missing stands with the id. */
export type Names = ReadonlyMap<UserId, string>;
