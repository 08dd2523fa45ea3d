// Made-up states of one incident, in the manner of scenarios/s0-stale-index.yaml. Each factory takes
// what matters to the test and fills in the rest.

import type { Answer, EvidenceItem, RowAnswer } from "#src/domain/evidence.ts";
import {
  type CorrectiveAction,
  type Incident,
  type IncidentId,
  type IncidentState,
  type LayerOwner,
  leverExtrasNotYet,
  type LeverUse,
  nothingYet,
  type Verdict,
} from "#src/domain/incident.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import type { Strand } from "#src/domain/strand.ts";
import { nothingLearned, plainAction, plainEvidence, plainOwner, plainStrand } from "./not-yet.ts";

/** Slack ids of the people of S0, by what they do. */
export const people = {
  declarer: "U0DECLARER" as UserId,
  coordinator: "U0COORDINATOR" as UserId,
  model: "U0MODEL" as UserId,
  retrieval: "U0RETRIEVAL" as UserId,
  orchestration: "U0ORCHESTRATION" as UserId,
  infrastructure: "U0INFRASTRUCTURE" as UserId,
  business: "U0BUSINESS" as UserId,
  approver: "U0APPROVER" as UserId,
} as const;

/** A time of the day of S0, for example `at("09:20")`. */
export function at(time: string): Date {
  return new Date(`2026-03-09T${time}:00Z`);
}

export function incident(overrides: Partial<Incident> = {}): Incident {
  return {
    id: 7 as IncidentId,
    teamId: "T0TEAM" as TeamId,
    number: 12,
    title: "Assistant answers by the old travel rule",
    slug: "assistant-answers-by-the-old-travel-rule",
    severity: "SEV2",
    isSeverityUnsure: false,
    status: "open",
    phase: "declared",
    serviceName: "policy-helper",
    userImpact: "The answer is fluent, cited, and follows the rule that was replaced on 1 March.",
    incidentClass: "correctness",
    onsetAt: null,
    noticedAt: at("09:10"),
    noticedHow: "support",
    isPrivate: false,
    isDrill: false,
    channelId: "C0INCIDENT",
    channelName: "inc-12-assistant-answers-by-the-old-travel-rule",
    declaredBy: people.declarer,
    declaredAt: at("09:20"),
    coordinator: people.coordinator,
    postmortemDriver: people.coordinator,
    closedAt: null,
    closedBy: null,
    closedAs: null,
    closeApprover: null,
    postmortemUrl: null,
    ...nothingYet,
    ...overrides,
  };
}

/** Who owns which layer in S0. */
const owners: LayerOwner[] = (
  [
    ["model", people.model],
    ["retrieval_data", people.retrieval],
    ["prompt_policy", people.model],
    ["orchestration_tools", people.orchestration],
    ["integration_ui", people.orchestration],
    ["infrastructure", people.infrastructure],
  ] as const
).map(([layer, userId]) => ({ layer, userId, groupId: null, ...plainOwner }));

export function strand(overrides: Partial<Strand> = {}): Strand {
  return {
    number: 1,
    name: "Assistant answers by the old travel rule",
    windowFrom: null,
    windowTo: null,
    slice: {},
    ...plainStrand,
    ...overrides,
  };
}

/** A state a minute after the declaration: owners are asked, nothing is answered. */
export function incidentState(
  overrides: Omit<Partial<IncidentState>, "incident"> & { incident?: Partial<Incident> } = {},
): IncidentState {
  return {
    owners,
    memberIds: Object.values(people),
    strands: [strand()],
    answers: [],
    evidence: [],
    rowAnswers: [],
    verdicts: [],
    pastVerdicts: [],
    levers: [],
    actions: [],
    ...nothingLearned,
    ...overrides,
    incident: incident(overrides.incident),
  };
}

export function evidenceItem(overrides: Partial<EvidenceItem> = {}): EvidenceItem {
  return {
    number: 1,
    kind: "E3",
    what: "full trace of a reported question: retrieved document, assembled prompt, raw answer, shown answer",
    strandNumbers: [1],
    slice: {},
    data: {},
    link: null,
    ...plainEvidence,
    supports: ["retrieval_data"],
    contradicts: ["model"],
    clears: [],
    author: people.orchestration,
    recorder: people.orchestration,
    recordedAt: at("10:00"),
    ...overrides,
  };
}

export function answer(layer: LayerId, overrides: Partial<Answer> = {}): Answer {
  const author = owners.find((owner) => owner.layer === layer)?.userId ?? people.coordinator;
  return {
    layer,
    strandNumbers: null,
    change: "no_change",
    isSourceComplete: true,
    standsForAllQuestions: true,
    questionAnswers: {},
    sentence: null,
    evidenceNumbers: [],
    author,
    recorder: author,
    recordedAt: at("10:05"),
    revision: 1,
    ...overrides,
  };
}

export function rowAnswer(row: string, overrides: Partial<RowAnswer> = {}): RowAnswer {
  return {
    strandNumber: 1,
    claimedLayer: "retrieval_data",
    row,
    reading: "rules_out",
    pointsTo: null,
    sentence: "no: the answer paraphrases the retrieved document faithfully",
    evidenceNumbers: [1],
    author: people.model,
    recorder: people.model,
    recordedAt: at("10:40"),
    revision: 1,
    ...overrides,
  };
}

export function verdict(layer: LayerId, overrides: Partial<Verdict> = {}): Verdict {
  return {
    strandNumber: 1,
    layer,
    verdict: "cleared",
    confidence: null,
    scope: {},
    contribution: null,
    reason: null,
    locus: "ours",
    evidenceNumbers: [],
    approver: null,
    author: people.coordinator,
    recorder: people.coordinator,
    recordedAt: at("10:45"),
    revision: 1,
    ...overrides,
  };
}

export function leverUse(overrides: Partial<LeverUse> = {}): LeverUse {
  return {
    number: 1,
    lever: "restrict_triggering",
    ownWords: null,
    layer: "integration_ui",
    authorizer: people.business,
    recorder: people.coordinator,
    tradeoff: "travel questions go to the help desk, about 60 a day",
    revertCondition: "index rebuilt and ten travel questions answered by the rule in force",
    scope: null,
    savedFirst: null,
    state: "claimed",
    startedAt: at("09:50"),
    answeredAt: null,
    endedAt: null,
    endedHow: null,
    endedBy: null,
    endedWhy: null,
    ...leverExtrasNotYet,
    ...overrides,
  };
}

export function correctiveAction(overrides: Partial<CorrectiveAction> = {}): CorrectiveAction {
  return {
    number: 1,
    title: "Index job fails when it skips a document",
    owner: people.retrieval,
    ownerLogin: "octo-retrieval",
    dueOn: "2026-03-23",
    criterion:
      "nightly index job exits non-zero and pages when any source document is skipped, shown by its contract test",
    layer: "retrieval_data",
    constraintKind: "runtime",
    enforcement: "job exit status",
    recorder: people.coordinator,
    recordedAt: at("11:00"),
    issueNumber: null,
    issueUrl: null,
    ...plainAction,
    ...overrides,
  };
}

/** S0 in full, when it is ready to be closed but for its lever: answered, attributed, actions filed. */
export function attributedState(
  overrides: Omit<Partial<IncidentState>, "incident"> & { incident?: Partial<Incident> } = {},
): IncidentState {
  const cleared: LayerId[] = ["model", "prompt_policy", "orchestration_tools", "infrastructure"];
  return incidentState({
    answers: layerIds.map((layer) =>
      layer === "retrieval_data"
        ? answer(layer, { change: "changed", evidenceNumbers: [1, 2] })
        : answer(layer),
    ),
    evidence: [
      evidenceItem(),
      evidenceItem({
        number: 2,
        kind: "E5",
        what: "wrong-rule answers by index version, the same 40 questions: 36 of 40 against 1 of 40",
        link: "https://dashboards.example/wrong-rule?by=index&from=<1 March>",
        data: {
          cohorts: [
            { group: "rebuilt index", n: 40, fails: 36 },
            { group: "index of February", n: 40, fails: 1 },
          ],
          splitBy: "index_version",
        },
        author: people.retrieval,
        recorder: people.coordinator,
      }),
      evidenceItem({
        number: 3,
        kind: "E1",
        what: "response model id, prompt hash, tool schema and pool equal at last known good and at declaration",
        supports: [],
        contradicts: ["model", "prompt_policy"],
        clears: cleared,
        author: people.model,
        recorder: people.model,
      }),
    ],
    rowAnswers: ["RD1", "RD2", "RD3", "RD4", "RD5"].map((row) => rowAnswer(row)),
    verdicts: [
      ...cleared.map((layer) => verdict(layer)),
      verdict("retrieval_data", {
        verdict: "proximate",
        confidence: "probable",
        evidenceNumbers: [1, 2],
      }),
      verdict("integration_ui", {
        verdict: "contributing",
        contribution:
          "The answer showed its source without the date of the source, so readers could not see that it was old.",
      }),
    ],
    levers: [leverUse({ state: "confirmed", answeredAt: at("09:55") })],
    actions: [
      correctiveAction({
        issueNumber: 41,
        issueUrl: "https://github.com/example/assistant/issues/41",
      }),
      correctiveAction({
        number: 2,
        title: "Show the date of the source in every cited answer",
        owner: people.orchestration,
        ownerLogin: "octo-orchestration",
        criterion: "rendering test fails when a citation has no valid_from date",
        layer: "integration_ui",
        constraintKind: "observability",
        enforcement: "test in the release gate",
      }),
    ],
    ...overrides,
    incident: { phase: "recovering", ...overrides.incident },
  });
}
