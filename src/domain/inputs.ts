import type { RowReading } from "./evidence.ts";
import type { Arm, Figures } from "./figures/figures.ts";
import type { IncidentId } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import type { LeverId } from "./lever.ts";
import type { UserId } from "./person.ts";
import type { Severity } from "./severity.ts";
import type { Slice } from "./strand.ts";
import type {
  Capacity,
  ChangeState,
  Confidence,
  ConstraintKind,
  DetectionSource,
  EvidenceKind,
  IncidentClass,
  Locus,
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
  /** What else noticed it, where several did. */
  alsoNoticedHow?: DetectionSource[];
  isDrill: boolean;
  /** The message it is declared from; absent where it is declared by command or button. */
  source?: MessageSource;
}

/** A message of Slack's that an incident is declared from. */
export interface MessageSource {
  channelId: string;
  ts: string;
  link: string | null;
}

export interface AnswerLayersInput {
  incidentId: IncidentId;
  /** One entry for each layer that was filled in; never empty. */
  answers: LayerAnswerInput[];
  author: UserId;
  /** The newest timeline entry when the form was drawn; without it, nobody can have overtaken it. */
  seenSequence?: number;
}
export interface LayerAnswerInput {
  layer: LayerId;
  /** Null stands for all strands. */
  strandNumbers: number[] | null;
  change: ChangeState;
  isSourceComplete: boolean;
  standsForAllQuestions: boolean;
  /** Sets the verdict together with the answer: cleared ("I rule my layer out"), or not applicable. */
  rulesOut: boolean;
  /** Sets the verdict undeterminable instead: nobody will be able to tell. Only where the layer is blocked (R4). */
  isBeyondTelling?: boolean;
  sentence: string | null;
  evidenceNumbers: number[];
  /** What the form showed of this layer when it was drawn (`printOfAnswer`). */
  seen?: string;
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
  /** Where it comes from, in words. */
  source: string | null;
  /** Empty: it speaks for the whole of its strands, on the author's word (B13.1). */
  slice: Slice;
  /** Counts by arm, group, window or stack; absent where nobody gave any. */
  figures?: Figures;
  author: UserId;
}

/** More arms of a replay that is recorded already (B3.1). */
export interface AddArmsInput {
  incidentId: IncidentId;
  evidenceNumber: number;
  arms: Arm[];
}

/** R10: what somebody says to a suggestion to split a strand. */
export interface AnswerSplitInput {
  incidentId: IncidentId;
  strandNumber: number;
  /** The items that the form asked about. */
  evidenceNumbers: number[];
  isAccepted: boolean;
  why: string | null;
  /** The strands to add; empty where it is declined. */
  strands: NewStrandInput[];
  /** What is said of the failure that stays; null where it is left as it is. */
  stays: StayingStrandInput | null;
}
export type StayingStrandInput = Pick<NewStrandInput, "name" | "symptom" | "windowFrom" | "slice">;
export interface NewStrandInput {
  name: string;
  symptom: string | null;
  windowFrom: Date | null;
  slice: Slice;
  /** Items that go over to it from the strand that is split. */
  evidenceNumbers: number[];
  /** Its place in the form, from 1: what is wrong is said there. Absent: its place among the strands. */
  place?: number;
}

export interface StabilizeInput {
  incidentId: IncidentId;
  lever: LeverId;
  ownWords: string | null;
  /** Needed where the lever is "other"; otherwise the lever's own layer. */
  layer: LayerId | null;
  authorizer: UserId;
  /** In which capacity they authorized it; null where nobody said. */
  capacity: Capacity | null;
  cannotBeUndone: boolean;
  /** B6: asked for where the feature is turned off, or it cannot be undone. */
  secondAuthorizer: UserId | null;
  secondCapacity: Capacity | null;
  /** Why there was no second one. */
  noSecondWhy: string | null;
  tradeoff: string;
  revertCondition: string;
  /** What has to move if it halts the harm (B5). */
  harmSignal: string | null;
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
  /** The newest timeline entry when the form was drawn. */
  seenSequence?: number;
}
export interface RowInput {
  row: string;
  reading: RowReading;
  pointsTo: LayerId | null;
  sentence: string;
  evidenceNumbers: number[];
  /** What the form showed of this row when it was drawn (`printOfRow`). */
  seen?: string;
}

export interface SetVerdictInput {
  incidentId: IncidentId;
  strandNumber: number;
  layer: LayerId;
  verdict: VerdictKind;
  confidence: Confidence | null;
  /** The part of the strand it is said of; empty for the whole. */
  scope: Slice;
  contribution: string | null;
  /** R5: why nothing decisive can be had; or why it is not applicable. */
  reason: string | null;
  locus: Locus;
  evidenceNumbers: number[];
  approver: UserId | null;
  /** The newest timeline entry when the form was drawn. */
  seenSequence?: number;
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
  /** What it answers: `S1` a strand, `F1` a factor, `G1` a gap. */
  addresses: string[];
  verification: string | null;
  /** Filed at once, whatever is unexamined (B10). */
  isImmediateSafety: boolean;
}

export interface CloseInput {
  incidentId: IncidentId;
  closeAs: "attributed" | "undetermined";
  approver: UserId | null;
}

/** B3: the change scan goes back to when it last worked. */
export interface WidenScanInput {
  incidentId: IncidentId;
  /** When it is known to have worked; null: as it is recorded, or as the newest run without a failure says. */
  lastKnownGoodAt: Date | null;
  /** How that is known, in words; null where nobody said. */
  basis: string | null;
}

/** R4: the changes of these layers are recorded whole for the window of the incident. */
export interface MarkSourceInput {
  incidentId: IncidentId;
  layers: LayerId[];
  /** Where the changes are recorded. */
  source: string;
}

/** A change that somebody knows of and nothing has declared. */
export interface AddChangeInput {
  incidentId: IncidentId;
  at: Date;
  kind: string;
  layer: LayerId;
  summary: string;
  link: string | null;
}
