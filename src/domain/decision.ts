import type { Answer, EvidenceItem, RowAnswer } from "./evidence.ts";
import type {
  CorrectiveAction,
  Incident,
  IncidentId,
  LeverUse,
  Refusal,
  Verdict,
  VerdictPlace,
} from "./incident.ts";
import type { Effect } from "./effect.ts";
import type { NewTimelineEntry } from "./timeline.ts";

/** What a decider returns: what changes, what is told, what happens outside. One writer saves all of it together. */
export interface Decision {
  changes: Changes;
  timeline: NewTimelineEntry[];
  effects: Effect[];
  outcome: Outcome;
}

/** Rows to write. New revisions supersede the standing one of the same key; nothing is deleted. */
export interface Changes {
  incident?: Partial<Omit<Incident, "id" | "teamId" | "number">>;
  answers?: Answer[];
  evidence?: EvidenceItem[];
  rowAnswers?: RowAnswer[];
  verdicts?: Verdict[];
  /** Taken back: what stands there stands no longer, and nothing follows it. */
  endedVerdicts?: VerdictPlace[];
  /** By number: inserted where new, updated where it stands. */
  levers?: LeverUse[];
  actions?: CorrectiveAction[];
  refusal?: Refusal;
}

/** What the person is told once it is recorded; replayed as it is when the same form comes again. */
export interface Outcome {
  /** A whole sentence in the past tense: "Recorded your answer for Model." */
  sentence: string;
  incidentId: IncidentId | null;
  /** Show the sentence even where all is well outside (a declaration); otherwise the form just closes. */
  isShown?: boolean;
}
