import type { Answer, EvidenceItem, RowAnswer } from "./evidence.ts";
import type { LayerId } from "./layers/index.ts";
import type { IncidentChange, SourceMark } from "./ledger/incident-change.ts";
import type {
  AcceptedRisk,
  ContributingFactor,
  DetectionAnswer,
  DetectionGap,
  Dissent,
  Golden,
} from "./learning.ts";
import type { LeverId } from "./lever.ts";
import type { TeamId, UserId } from "./person.ts";
import type { Reminder } from "./reminder.ts";
import type { Severity } from "./severity.ts";
import type { Slice, Strand } from "./strand.ts";
import type {
  Capacity,
  Confidence,
  ConstraintKind,
  DetectionSource,
  IncidentClass,
  IncidentStatus,
  Locus,
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
  /** What else noticed it. */
  alsoNoticedHow: DetectionSource[];
  /** Who writes updates and who takes notes (B12); null: nobody yet. */
  communications: UserId | null;
  scribe: UserId | null;
  /** The message it was declared from; null where it was declared by command or button. */
  sourceChannelId: string | null;
  sourceTs: string | null;
  sourceLink: string | null;
  /** What users were promised and did not get. */
  promiseBroken: string | null;
  /** The last update in plain words, as it was announced. */
  lastUpdate: string | null;
  lastUpdateAt: Date | null;
  lastUpdateBy: UserId | null;
  /** When the next update is due, by the service's clock; null: none is asked for. */
  updateDueAt: Date | null;
  /** When a phase was first reached (B5); null: not yet. */
  stabilizedAt: Date | null;
  diagnosedAt: Date | null;
  recoveredAt: Date | null;
  /** Why no lever was needed, in somebody's words (B5); null: nobody has said so. */
  noLeverNeededWhy: string | null;
  /** Why it was cancelled or reopened last. */
  endedWhy: string | null;
  /** A drill that was taken away: it is shown nowhere, its rows stay. */
  hiddenAt: Date | null;
  /** When the postmortem was attached to the channel as a file. */
  postmortemFileAt: Date | null;
  /** The onset estimate held at the declaration: the default change scan begins a day before it (B3). */
  onsetHeldAt: Date | null;
  /** When it was last known to work, and how that is known. */
  lastKnownGoodAt: Date | null;
  lastKnownGoodBasis: string | null;
  /** The change scan was widened to here; null: the default one. */
  scanFrom: Date | null;
}

/** What a new incident has none of yet. */
export const nothingYet = {
  alsoNoticedHow: [] as DetectionSource[],
  communications: null,
  scribe: null,
  sourceChannelId: null,
  sourceTs: null,
  sourceLink: null,
  promiseBroken: null,
  lastUpdate: null,
  lastUpdateAt: null,
  lastUpdateBy: null,
  updateDueAt: null,
  stabilizedAt: null,
  diagnosedAt: null,
  recoveredAt: null,
  noLeverNeededWhy: null,
  endedWhy: null,
  hiddenAt: null,
  postmortemFileAt: null,
  onsetHeldAt: null,
  lastKnownGoodAt: null,
  lastKnownGoodBasis: null,
  scanFrom: null,
} as const satisfies Partial<Incident>;

/** Who is asked for a layer: a person, or a user group that is mentioned; neither where nobody is named. */
export interface LayerOwner {
  layer: LayerId;
  userId: UserId | null;
  groupId: string | null;
  /** Who is asked where the owner does not answer. */
  standInUserId: UserId | null;
  /** Who pressed "I'll answer"; for a group's layer, the person who owns the answer. */
  takenBy: UserId | null;
  /** When somebody was last reminded to answer; null: nobody was. From then on the layer is late. */
  remindedAt: Date | null;
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
  /** R5: why no decisive item can be had, where it rests on two supporting ones. */
  reason: string | null;
  locus: Locus;
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
  /** In which capacity the authorizer allows it; null where nobody said. */
  capacity: Capacity | null;
  /** B6: a second person of another capacity, where the lever asks for two. */
  secondAuthorizer: UserId | null;
  secondCapacity: Capacity | null;
  /** Null where there is no second one. */
  secondState: "claimed" | "confirmed" | "declined" | null;
  secondAnsweredAt: Date | null;
  /** Why there was no second one, where the lever asks for two. */
  noSecondWhy: string | null;
  cannotBeUndone: boolean;
  /** What has to move if the lever halts the harm (B5); null where nobody named it. */
  harmSignal: string | null;
  /** Whether it was seen to move; null: nobody has looked. */
  hasHarmMoved: boolean | null;
  harmSeenAt: Date | null;
  harmSeenBy: UserId | null;
  /** When somebody said that the condition for taking it back has come. */
  conditionMetAt: Date | null;
  conditionMetBy: UserId | null;
}

/** What a lever that was just recorded has none of yet. */
export const leverExtrasNotYet = {
  capacity: null,
  secondAuthorizer: null,
  secondCapacity: null,
  secondState: null,
  secondAnsweredAt: null,
  noSecondWhy: null,
  cannotBeUndone: false,
  harmSignal: null,
  hasHarmMoved: null,
  harmSeenAt: null,
  harmSeenBy: null,
  conditionMetAt: null,
  conditionMetBy: null,
} as const satisfies Partial<LeverUse>;

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
  /** What it answers: `S1` a strand, `F1` a factor, `G1` a gap. */
  addresses: string[];
  /** How it is verified: a golden run, a gate, an alert test. */
  verification: string | null;
  /** B10: recorded while a layer of its strand was unexamined; not filed as an issue yet. */
  isProvisional: boolean;
  /** Filed at once, whatever is unexamined. */
  isImmediateSafety: boolean;
  /** Rules that mark it as weak: Q3, Q5. */
  weakRules: string[];
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

/** R10: what was said to a suggestion to split a strand. */
export interface SplitAnswer {
  /** Counts from 1 within the incident. */
  number: number;
  strandNumber: number;
  /** The items that differed: these suggest nothing any more. */
  evidenceNumbers: number[];
  isAccepted: boolean;
  /** The strands that were added. */
  newStrands: number[];
  why: string | null;
  author: UserId;
  recordedAt: Date;
}

/** What somebody believed was the cause, as it was first written down: by itself, or as a claim. */
export interface Hypothesis {
  /** Counts from 1 within the incident; machines see `H1`. */
  number: number;
  strandNumber: number;
  layer: LayerId;
  /** In their words; null where it was claimed as a verdict. */
  statement: string | null;
  isClaim: boolean;
  author: UserId;
  raisedAt: Date;
}

/** R13: an earlier incident that looks like this one, and what people made of it. */
export interface SimilarIncident {
  otherId: IncidentId;
  /** What they have in common. */
  reasons: ("mechanism" | "layer_and_symptom" | "golden")[];
  state: "shown" | "linked" | "reopened" | "dismissed";
  foundAt: Date;
  decidedBy: UserId | null;
  decidedAt: Date | null;
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
  dissents: Dissent[];
  factors: ContributingFactor[];
  gaps: DetectionGap[];
  goldens: Golden[];
  risks: AcceptedRisk[];
  detectionAnswers: DetectionAnswer[];
  splitAnswers: SplitAnswer[];
  hypotheses: Hypothesis[];
  similarIncidents: SimilarIncident[];
  /** What was found to have changed in the window, by number. */
  ledgerChanges: IncidentChange[];
  /** R4: layers whose changes are recorded whole for the window. */
  sourceMarks: SourceMark[];
  /** What is looked at later and has not fired yet, the next one first. */
  reminders: Reminder[];
  /** The sequence of the newest timeline entry; the next one of a decision is one more. */
  lastSequence: number;
}
