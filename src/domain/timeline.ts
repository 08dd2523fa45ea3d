import type { UserId } from "./person.ts";
import type { Lane } from "./vocabulary.ts";

/** What a decision adds to the timeline; sequence and hashes are given when it is saved. */
export interface NewTimelineEntry {
  lane: Lane;
  /** Past tense: `incident_declared`, `answer_recorded`, `lever_confirmed`. */
  kind: TimelineKind;
  happenedAt: Date;
  actor: UserId;
  /** Ids, numbers and words of the entry; what `describe` needs to write its sentence. */
  data: Record<string, string | number | boolean | null | string[] | number[]>;
}

export type TimelineKind =
  | "incident_declared"
  | "impact_noticed"
  | "onset_estimated"
  | "channel_opened"
  | "evidence_recorded"
  | "answer_recorded"
  | "row_answered"
  | "verdict_set"
  | "verdict_taken_back"
  | "claim_refused"
  | "lever_recorded"
  | "lever_confirmed"
  | "lever_declined"
  | "lever_ended"
  | "action_recorded"
  | "issue_filed"
  | "close_refused"
  | "incident_closed"
  | "postmortem_proposed";

/** A past fact of an incident: append-only, hash-chained. */
export interface TimelineEntry extends NewTimelineEntry {
  /** Counts from 1 within the incident, without gaps. */
  sequence: number;
  recordedAt: Date;
  /** SHA-256 in hex over this entry and the hash of the one before. */
  hash: string;
}
