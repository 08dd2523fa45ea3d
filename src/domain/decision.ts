import type { Answer, EvidenceItem, RowAnswer } from "./evidence.ts";
import type {
  AcceptedRisk,
  ContributingFactor,
  DetectionAnswer,
  DetectionGap,
  Dissent,
  Golden,
} from "./learning.ts";
import type { LayerId } from "./layers/index.ts";
import type { IncidentChange, SourceMark } from "./ledger/incident-change.ts";
import type { Reminder } from "./reminder.ts";
import type { Strand } from "./strand.ts";
import type {
  CorrectiveAction,
  Hypothesis,
  Incident,
  IncidentId,
  LayerOwner,
  LeverUse,
  Refusal,
  SimilarIncident,
  SplitAnswer,
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
  /** By number: inserted where new, updated where it stands. */
  strands?: Strand[];
  /** By layer: inserted where new, updated where it stands. */
  owners?: LayerOwner[];
  /** By number: what was verified, linked or corrected of items that stand. */
  changedEvidence?: EvidenceItem[];
  dissents?: Dissent[];
  /** By number: inserted where new, updated where it stands (links are made later, too). */
  factors?: ContributingFactor[];
  gaps?: DetectionGap[];
  goldens?: Golden[];
  risks?: AcceptedRisk[];
  /** By question: the newest answer replaces the one that stands. */
  detectionAnswers?: DetectionAnswer[];
  /** By number: inserted where new. */
  splitAnswers?: SplitAnswer[];
  hypotheses?: Hypothesis[];
  /** By the other incident: inserted where new, updated where it stands. */
  similarIncidents?: SimilarIncident[];
  /** By number: inserted where new, updated where it stands. */
  ledgerChanges?: IncidentChange[];
  /** By layer: the newest mark replaces the one that stands. */
  sourceMarks?: SourceMark[];
  /** By key: a reminder of the same key that waits, or has fired, is set anew. */
  reminders?: Reminder[];
  refusal?: Refusal;
}

/** What the person is told once it is recorded; replayed as it is when the same form comes again. */
export interface Outcome {
  /** A whole sentence in the past tense: "Recorded your answer for Model." */
  sentence: string;
  incidentId: IncidentId | null;
  /** Show the sentence even where all is well outside (a declaration); otherwise the form just closes. */
  isShown?: boolean;
  /** The channel to go to, shown as a link beneath the sentence. */
  channelId?: string;
  /** What the person should know of it besides: it is weak, it decides nothing, something is asked. Shown with the sentence. */
  marks?: Mark[];
}

/** Something that is said of what was recorded. */
export interface Mark {
  /**
   * The block_id of the sentence, for whoever reads by program: `flag:Q3:enforcement`,
   * `suggestion:B9:user_signal_present_earlier`, `insufficient:R5:…`.
   */
  id: string;
  /** What it means and what to do, whole sentences. */
  sentence: string;
  /** The form that does it, opened by a button beside the sentence: its callback_id and the button's words. */
  opens?: { formId: string; label: string; layers?: LayerId[]; strandNumber?: number };
}
