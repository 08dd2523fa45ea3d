import type { Answer, EvidenceItem, RowAnswer } from "./evidence.ts";
import type { LayerId } from "./layers/index.ts";
import type { LeverId } from "./lever.ts";
import type { TeamId, UserId } from "./person.ts";
import type { Severity } from "./severity.ts";
import type { Slice, Strand } from "./strand.ts";
import type {
  Confidence,
  ConstraintKind,
  DetectionSource,
  IncidentClass,
  IncidentStatus,
  Phase,
  VerdictKind,
} from "./vocabulary.ts";

declare const incidentIdBrand: unique symbol;
/** The row id of an incident; people see its number. */
export type IncidentId = number & { readonly [incidentIdBrand]: true };

export interface Incident {
  id: IncidentId;
  teamId: TeamId;
  /** Counts from 1 within the team, without gaps. */
  number: number;
  title: string;
  /** Safe in a channel name, a branch and a file name. */
  slug: string;
  severity: Severity;
  /** The declarer was unsure, so it counts as SEV2 until somebody says. */
  isSeverityUnsure: boolean;
  status: IncidentStatus;
  phase: Phase;
  /** Name of the service (an AI product or feature); null where none was chosen and there is no default. */
  serviceName: string | null;
  userImpact: string | null;
  incidentClass: IncidentClass | null;
  onsetAt: Date | null;
  noticedAt: Date | null;
  noticedHow: DetectionSource | null;
  isPrivate: boolean;
  isDrill: boolean;
  /** Null until Slack has made the channel. */
  channelId: string | null;
  channelName: string;
  declaredBy: UserId;
  declaredAt: Date;
  coordinator: UserId;
  postmortemDriver: UserId;
  closedAt: Date | null;
  closedBy: UserId | null;
  /** How the response ended; null while it is open. */
  closedAs: "attributed" | "undetermined" | null;
  /** Who approved "closed, undetermined" (R14). */
  closeApprover: UserId | null;
  postmortemUrl: string | null;
}

/** Who is asked for a layer: a person, or a user group that is mentioned; neither where nobody is named. */
export interface LayerOwner {
  layer: LayerId;
  userId: UserId | null;
  groupId: string | null;
}

/** What people decided of one layer of one strand. The newest revision for its scope. */
export interface Verdict {
  strandNumber: number;
  layer: LayerId;
  verdict: VerdictKind;
  /** Set for proximate verdicts; null otherwise. */
  confidence: Confidence | null;
  scope: Slice;
  /** What the layer contributed, one sentence (R7). */
  contribution: string | null;
  /** The items it rests on; empty stands for all items of the strand. */
  evidenceNumbers: number[];
  approver: UserId | null;
  /** Who says so. */
  author: UserId;
  /** Who typed it in. */
  recorder: UserId;
  recordedAt: Date;
  revision: number;
}

/** Where a verdict stands: one for each slice of a layer of a strand. */
export type VerdictPlace = Pick<Verdict, "strandNumber" | "layer" | "scope">;

/** One use of a stabilization lever (B6). In force, claimed or confirmed, until `endedAt`. */
export interface LeverUse {
  /** Counts from 1 within the incident; machines see `LV1`. */
  number: number;
  lever: LeverId;
  /** What was done, where the lever is "other". */
  ownWords: string | null;
  layer: LayerId;
  authorizer: UserId;
  recorder: UserId;
  tradeoff: string;
  revertCondition: string;
  scope: string | null;
  /** What evidence was saved first. */
  savedFirst: string | null;
  state: "claimed" | "confirmed" | "declined";
  startedAt: Date;
  /** When the authorizer confirmed or declined. */
  answeredAt: Date | null;
  endedAt: Date | null;
  endedHow: "taken_back" | "kept" | null;
  endedBy: UserId | null;
  endedWhy: string | null;
}

/** A corrective action with one owner and a testable criterion (B10). */
export interface CorrectiveAction {
  /** Counts from 1 within the incident; machines see `AC1`. */
  number: number;
  title: string;
  owner: UserId;
  ownerLogin: string | null;
  /** A day, `yyyy-MM-dd`. */
  dueOn: string;
  criterion: string;
  layer: LayerId;
  constraintKind: ConstraintKind | null;
  enforcement: string | null;
  recorder: UserId;
  recordedAt: Date;
  /** Null until the issue is filed. */
  issueNumber: number | null;
  issueUrl: string | null;
}

/** A claim or a close that was refused: it stays in the record (R1, R9, B5). */
export interface Refusal {
  /** What was tried, for example "set-verdict". */
  attempted: string;
  rules: string[];
  missing: string[];
  sentence: string;
  actor: UserId;
  recordedAt: Date;
}

/** Everything one decision about an incident may look at, read under its lock. */
export interface IncidentState {
  incident: Incident;
  owners: LayerOwner[];
  /** People who are in the channel, as far as Slack told us. */
  memberIds: UserId[];
  strands: Strand[];
  answers: Answer[];
  evidence: EvidenceItem[];
  rowAnswers: RowAnswer[];
  verdicts: Verdict[];
  /** The newest revision of each layer of each strand that stands no longer, superseded or taken back. */
  pastVerdicts: Pick<Verdict, "strandNumber" | "layer" | "revision">[];
  levers: LeverUse[];
  actions: CorrectiveAction[];
}
