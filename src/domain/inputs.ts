import type { RowReading } from "./evidence.ts";
import type { IncidentId } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import type { LeverId } from "./lever.ts";
import type { UserId } from "./person.ts";
import type { Severity } from "./severity.ts";
import type {
  ChangeState,
  Confidence,
  ConstraintKind,
  DetectionSource,
  EvidenceKind,
  IncidentClass,
  VerdictKind,
} from "./vocabulary.ts";

/**
 * What each form and button hands to its use case: parsed, trimmed at the ends, within its limits.
 * Ids in it are hints of the client; the use case reads the state again.
 */
export interface DeclareInput {
  title: string;
  severity: Severity;
  isSeverityUnsure: boolean;
  /** Null: the default service, if there is one. */
  serviceName: string | null;
  userImpact: string | null;
  incidentClass: IncidentClass | null;
  onsetAt: Date | null;
  noticedAt: Date | null;
  noticedHow: DetectionSource | null;
  isDrill: boolean;
}

export interface AnswerLayersInput {
  incidentId: IncidentId;
  /** One entry for each layer that was filled in; never empty. */
  answers: LayerAnswerInput[];
  author: UserId;
}
export interface LayerAnswerInput {
  layer: LayerId;
  /** Null stands for all strands. */
  strandNumbers: number[] | null;
  change: ChangeState;
  isSourceComplete: boolean;
  standsForAllQuestions: boolean;
  /** "I rule my layer out": sets the verdict cleared together with the answer. */
  rulesOut: boolean;
  sentence: string | null;
  evidenceNumbers: number[];
}

export interface AddEvidenceInput {
  incidentId: IncidentId;
  kind: EvidenceKind;
  what: string;
  /** Null stands for every strand there is. */
  strandNumbers: number[] | null;
  supports: LayerId[];
  contradicts: LayerId[];
  clears: LayerId[];
  link: string | null;
  author: UserId;
}

export interface StabilizeInput {
  incidentId: IncidentId;
  lever: LeverId;
  ownWords: string | null;
  /** Needed where the lever is "other"; otherwise the lever's own layer. */
  layer: LayerId | null;
  authorizer: UserId;
  tradeoff: string;
  revertCondition: string;
  scope: string | null;
  savedFirst: string | null;
}

export interface AnswerLeverInput {
  incidentId: IncidentId;
  leverNumber: number;
  isConfirmed: boolean;
}

export interface EndLeverInput {
  incidentId: IncidentId;
  leverNumber: number;
  endedHow: "taken_back" | "kept";
  endedBy: UserId;
  why: string;
}

export interface AnswerRowsInput {
  incidentId: IncidentId;
  strandNumber: number;
  claimedLayer: LayerId;
  /** One entry for each row that was filled in; never empty. */
  rows: RowInput[];
  author: UserId;
}
export interface RowInput {
  row: string;
  reading: RowReading;
  pointsTo: LayerId | null;
  sentence: string;
  evidenceNumbers: number[];
}

export interface SetVerdictInput {
  incidentId: IncidentId;
  strandNumber: number;
  layer: LayerId;
  verdict: VerdictKind;
  confidence: Confidence | null;
  contribution: string | null;
  evidenceNumbers: number[];
  approver: UserId | null;
}

export interface AddActionInput {
  incidentId: IncidentId;
  title: string;
  owner: UserId;
  /** Typed in where we do not know it yet; remembered. */
  ownerLogin: string | null;
  /** A day, `yyyy-MM-dd`. */
  dueOn: string;
  criterion: string;
  layer: LayerId;
  constraintKind: ConstraintKind | null;
  enforcement: string | null;
}

export interface CloseInput {
  incidentId: IncidentId;
  closeAs: "attributed" | "undetermined";
  approver: UserId | null;
}
