import type { Figures } from "./figures/figures.ts";
import type { LayerId } from "./layers/index.ts";
import type { UserId } from "./person.ts";
import type { Slice } from "./strand.ts";
import type { ChangeState, EvidenceKind } from "./vocabulary.ts";

/** Something that was seen, by whom, and which layers it speaks for, against, or clears. */
export interface EvidenceItem {
  /** Counts from 1 within the incident; machines see `EV1`. */
  number: number;
  kind: EvidenceKind;
  what: string;
  /** The strands it belongs to; never empty. */
  strandNumbers: number[];
  slice: Slice;
  /** Figures by kind (arms, cohorts, series); empty where nobody gave any. */
  data: Figures;
  link: string | null;
  /** Where it comes from, in words: a dashboard, a log, a message; null where nobody said. */
  source: string | null;
  /** R11: whether a report was verified; null where nobody has looked, or it is no report. */
  isVerified: boolean | null;
  verifiedBy: UserId | null;
  verifiedAt: Date | null;
  supports: LayerId[];
  contradicts: LayerId[];
  clears: LayerId[];
  /** Who says so. */
  author: UserId;
  /** Who typed it in. */
  recorder: UserId;
  recordedAt: Date;
}

/** A layer owner's answer to "did this layer change or degrade near the window?" (B2). The newest revision. */
export interface Answer {
  layer: LayerId;
  /** The strands it was given for; null stands for all, later ones too (B13.3). */
  strandNumbers: number[] | null;
  change: ChangeState;
  /** The change record this rests on is known to be complete for the window (R4). */
  isSourceComplete: boolean;
  /** The author says that it stands for all questions of the layer (R2). */
  standsForAllQuestions: boolean;
  /** B2, optional: what was answered to single questions, by the question's place in the layer, from 1. */
  questionAnswers: Readonly<Record<string, string>>;
  sentence: string | null;
  evidenceNumbers: number[];
  author: UserId;
  recorder: UserId;
  recordedAt: Date;
  /** Counts from 1; an earlier revision stays in the record. */
  revision: number;
}

/**
 * How a row of the opposing matrix was answered (R9). `no_other_version`: M10 alone, no other version of the
 * model can be called (B13.8).
 */
export type RowReading = "rules_out" | "points_to" | "cannot_tell" | "no_other_version";

/** The answer to one opposing row for one claimed layer of one strand (B3.2). The newest revision. */
export interface RowAnswer {
  strandNumber: number;
  /** The layer that the claim would name proximate. */
  claimedLayer: LayerId;
  /** Id of the row, for example "RD1". */
  row: string;
  reading: RowReading;
  /** The layer it points to; null unless the reading is points_to. */
  pointsTo: LayerId | null;
  sentence: string;
  evidenceNumbers: number[];
  author: UserId;
  recorder: UserId;
  recordedAt: Date;
  revision: number;
}
