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
  | "postmortem_proposed"
  // data: { from, to, reason }
  | "severity_changed"
  | "phase_changed"
  | "phase_refused"
  // data: { role, from, to }; a layer's owner: { layer, owner, group, standIn, takenBy }
  | "role_changed"
  | "owner_changed"
  // data: { layer, step, userId }
  | "owner_reminded"
  // data: { text }; of a message of Slack's: { text, author, source: "C…:ts", link, files: ["name"] }
  | "note_added"
  | "message_pinned"
  // data: { entry: sequence, … } about an earlier entry, which stays as it is
  | "entry_corrected"
  | "entry_withdrawn"
  // data: { attempted, rules, sentence }: words that R12 refused; the words are not kept
  | "statement_refused"
  // data: { strand, name, … }
  | "strand_added"
  | "strand_changed"
  // data: { strand, isAccepted, newStrands, evidence, why }
  | "split_answered"
  // data: { evidence, arms: ["effort high: 2 of 20"], reading }
  | "arms_added"
  // data: { evidence, isVerified, isReport }; of other kinds than reports: taken out, or in again
  | "report_verified"
  // data: { evidence, hop, name, layer }; hop null: it was taken back
  | "first_wrong_hop_set"
  // data: { strand, layer, statement, author }
  | "dissent_recorded"
  // data: { hypothesis, strand, layer, statement }
  | "hypothesis_raised"
  // data: { number: of the other incident, answer: linked | dismissed | reopened, reasons }
  | "similar_answered"
  // data: { lever, what, … }
  | "harm_signal_seen"
  | "lever_condition_met"
  | "no_lever_needed"
  // data: { text }; { untilAt }
  | "update_posted"
  | "update_snoozed"
  // data: { gap | factor | golden | risk, statement, … }; { question, answer }; { from, to }
  | "gap_recorded"
  | "factor_recorded"
  | "golden_recorded"
  | "risk_accepted"
  | "detection_answered"
  | "link_made"
  // data: { change, layer, changeKind, summary, pin, from, to, isDeclared, declaredBy, link, source }
  | "change_found"
  | "change_declared"
  | "change_withdrawn"
  // data: { from, basis, added }
  | "scan_widened"
  // data: { layers, source, from, to }; with markedBy where the ledger brought it
  | "source_marked"
  // data: { action }: it was provisional, and is filed now
  | "action_released"
  // data: { why }
  | "incident_cancelled"
  | "incident_reopened"
  | "drill_removed"
  // data: { made: ["…"] }
  | "incident_repaired"
  | "details_changed"
  | "postmortem_attached";

/** A past fact of an incident: append-only, hash-chained. */
export interface TimelineEntry extends NewTimelineEntry {
  /** Counts from 1 within the incident, without gaps. */
  sequence: number;
  recordedAt: Date;
  /** SHA-256 in hex over this entry and the hash of the one before. */
  hash: string;
}
