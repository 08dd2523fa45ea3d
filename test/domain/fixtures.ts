import type { Decision } from "#src/domain/decision.ts";
import { decideDeclare } from "#src/domain/declare.ts";
import type { EvidenceItem, RowAnswer } from "#src/domain/evidence.ts";
import {
  type IncidentId,
  type IncidentState,
  leverExtrasNotYet,
  type LeverUse,
  type Verdict,
} from "#src/domain/incident.ts";
import type {
  AddActionInput,
  AddEvidenceInput,
  DeclareInput,
  LayerAnswerInput,
  SetVerdictInput,
  StabilizeInput,
} from "#src/domain/inputs.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import type { Actor, Person, TeamId, UserId } from "#src/domain/person.ts";
import type { Rejection } from "#src/domain/rejection.ts";
import type { Result } from "#src/lib/result.ts";
import { applyChanges } from "#test/support/apply-decision.ts";
import { nothingLearned, plainAction, plainEvidence, plainLever } from "#test/support/not-yet.ts";

export const user = (id: string) => id as UserId;
export const teamId = "T1" as TeamId;
export const incidentId = 1 as IncidentId;
export const declarer = user("U-declarer");
export const now = new Date("2026-03-09T09:20:00Z");
export const by = { userId: declarer, now };

export const actor = (id: UserId): Actor => ({ teamId, userId: id });

export const person = (facts: Partial<Person> = {}): Person => ({
  userId: declarer,
  displayName: null,
  githubLogin: null,
  capacities: [],
  isGuest: false,
  isDeactivated: false,
  isBot: false,
  ...facts,
});

export const declareInput = (facts: Partial<DeclareInput> = {}): DeclareInput => ({
  title: "Assistant cites the old rule",
  severity: "SEV2",
  isSeverityUnsure: false,
  serviceName: null,
  userImpact: null,
  incidentClass: null,
  onsetAt: null,
  noticedAt: null,
  noticedHow: null,
  isDrill: false,
  ...facts,
});

/** An incident as it stands right after its declaration, its channel open and the declarer in it. */
export function openIncident(facts: Partial<IncidentState> = {}): IncidentState {
  const { incident, strand } = decideDeclare(declareInput(), by, {
    incidentId,
    number: 7,
    teamId,
    owners: [],
    serviceName: null,
  });
  return {
    incident: { ...incident, channelId: "C1" },
    owners: [],
    memberIds: [declarer],
    strands: [strand],
    answers: [],
    evidence: [],
    rowAnswers: [],
    verdicts: [],
    pastVerdicts: [],
    levers: [],
    actions: [],
    ...nothingLearned,
    ...facts,
  };
}

export const answerInput = (facts: Partial<LayerAnswerInput> = {}): LayerAnswerInput => ({
  layer: "model",
  strandNumbers: null,
  change: "no_change",
  isSourceComplete: true,
  standsForAllQuestions: true,
  rulesOut: false,
  sentence: null,
  evidenceNumbers: [],
  ...facts,
});

export const evidenceInput = (facts: Partial<AddEvidenceInput> = {}): AddEvidenceInput => ({
  incidentId,
  kind: "E1",
  what: "ids equal",
  strandNumbers: null,
  supports: [],
  contradicts: [],
  clears: [],
  link: null,
  source: null,
  slice: {},
  author: declarer,
  ...facts,
});

export const stabilizeInput = (facts: Partial<StabilizeInput> = {}): StabilizeInput => ({
  incidentId,
  lever: "restrict_triggering",
  ownWords: null,
  layer: null,
  authorizer: user("U-authorizer"),
  tradeoff: "travel questions go to the help desk",
  revertCondition: "index rebuilt",
  scope: null,
  savedFirst: null,
  ...plainLever,
  ...facts,
});

export const verdictInput = (facts: Partial<SetVerdictInput> = {}): SetVerdictInput => ({
  incidentId,
  strandNumber: 1,
  layer: "model",
  verdict: "proximate",
  confidence: "probable",
  scope: {},
  contribution: null,
  reason: null,
  locus: "ours",
  evidenceNumbers: [],
  approver: null,
  ...facts,
});

export const actionInput = (facts: Partial<AddActionInput> = {}): AddActionInput => ({
  incidentId,
  title: "Index job fails when it skips a document",
  owner: user("U-owner"),
  ownerLogin: "owner",
  dueOn: "2026-03-23",
  criterion: "the index job exits non-zero when it skips a document, shown by its contract test",
  layer: "retrieval_data",
  constraintKind: "runtime",
  enforcement: null,
  addresses: [],
  verification: null,
  isImmediateSafety: false,
  ...facts,
});

export const answer = (layer: LayerId, facts: Partial<IncidentState["answers"][number]> = {}) => {
  const { rulesOut: _, ...said } = answerInput({ layer });
  return {
    ...said,
    questionAnswers: {},
    author: declarer,
    recorder: declarer,
    recordedAt: now,
    revision: 1,
    ...facts,
  };
};

/** An answer for every layer but these. */
export const answersExcept = (...left: LayerId[]) =>
  layerIds.filter((layer) => !left.includes(layer)).map((layer) => answer(layer));

export const item = (number: number, facts: Partial<EvidenceItem> = {}): EvidenceItem => ({
  number,
  kind: "E1",
  what: "something",
  strandNumbers: [1],
  slice: {},
  data: {},
  link: null,
  ...plainEvidence,
  supports: [],
  contradicts: [],
  clears: [],
  author: declarer,
  recorder: declarer,
  recordedAt: now,
  ...facts,
});

export const rowAnswer = (
  claimedLayer: LayerId,
  row: string,
  facts: Partial<RowAnswer> = {},
): RowAnswer => ({
  strandNumber: 1,
  claimedLayer,
  row,
  reading: "rules_out",
  pointsTo: null,
  sentence: "no",
  evidenceNumbers: [1],
  author: declarer,
  recorder: declarer,
  recordedAt: now,
  revision: 1,
  ...facts,
});

/** Every opposing row of the layer, ruled out with evidence 1. */
export const allRows = (layer: LayerId) =>
  layers[layer].opposing.map((row) => rowAnswer(layer, row.id));

export const verdict = (layer: LayerId, facts: Partial<Verdict> = {}): Verdict => ({
  strandNumber: 1,
  layer,
  verdict: "proximate",
  confidence: "probable",
  scope: {},
  contribution: null,
  reason: null,
  locus: "ours",
  evidenceNumbers: [],
  approver: null,
  author: declarer,
  recorder: declarer,
  recordedAt: now,
  revision: 1,
  ...facts,
});

export const lever = (number: number, facts: Partial<LeverUse> = {}): LeverUse => ({
  number,
  lever: "restrict_triggering",
  ownWords: null,
  layer: "integration_ui",
  authorizer: user("U-authorizer"),
  recorder: declarer,
  tradeoff: "something",
  revertCondition: "later",
  scope: null,
  savedFirst: null,
  state: "claimed",
  startedAt: now,
  answeredAt: null,
  endedAt: null,
  endedHow: null,
  endedBy: null,
  endedWhy: null,
  ...leverExtrasNotYet,
  ...facts,
});

export const action = (layer: LayerId, facts: Partial<IncidentState["actions"][number]> = {}) => {
  const { incidentId: _, ...given } = actionInput({ layer });
  return {
    ...given,
    number: 1,
    recorder: declarer,
    recordedAt: now,
    issueNumber: null,
    issueUrl: null,
    ...plainAction,
    ...facts,
  };
};

/** The decision, or a failure that shows the rejection. */
export function accepted(result: Result<Decision, Rejection>): Decision {
  if (!result.ok) throw new Error(`rejected: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The rejection, or a failure that shows what was accepted. */
export function rejected(result: Result<Decision, Rejection>): Rejection {
  if (result.ok) throw new Error(`accepted: ${result.value.outcome.sentence}`);
  return result.error;
}

export const after = (state: IncidentState, result: Result<Decision, Rejection>): IncidentState =>
  applyChanges(state, accepted(result).changes);

/** Effects as short words: `post-message:panel`, `invite-people`. */
export const effectNames = (decision: Decision): string[] =>
  decision.effects.map((effect) =>
    effect.name === "post-message" ? `post-message:${effect.message.kind}` : effect.name,
  );

/** A form of answers, in the declarer's name. */
export const answers = (...given: ReturnType<typeof answerInput>[]) => ({
  incidentId,
  answers: given,
  author: declarer,
});

/** A form of answers to opposing questions of Retrieval & data; each row rules out, on evidence 1. */
export const rows = (
  ...given: {
    row: string;
    reading?: "rules_out" | "points_to" | "cannot_tell";
    pointsTo?: LayerId | null;
    evidenceNumbers?: number[];
  }[]
) => ({
  incidentId,
  strandNumber: 1,
  claimedLayer: "retrieval_data" as const,
  author: user("U-author"),
  rows: given.map((row) => ({
    reading: "rules_out" as const,
    pointsTo: null,
    sentence: "no",
    evidenceNumbers: [1],
    ...row,
  })),
});
