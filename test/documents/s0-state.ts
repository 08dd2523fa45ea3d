/**
 * The state of an incident of the kind of scenario S0 when its postmortem is written: the index served
 * a rule that had been replaced. Ids and names are invented.
 */
import type { Answer, EvidenceItem, RowAnswer } from "#src/domain/evidence.ts";
import {
  type CorrectiveAction,
  type Incident,
  type IncidentId,
  type IncidentState,
  leverExtrasNotYet,
  nothingYet,
  type Verdict,
} from "#src/domain/incident.ts";
import { layers, type LayerId } from "#src/domain/layers/index.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import type { ChangeState } from "#src/domain/vocabulary.ts";
import {
  nothingLearned,
  plainAction,
  plainEvidence,
  plainOwner,
  plainStrand,
} from "#test/support/not-yet.ts";

export const declarer = "U0DECLARE" as UserId;
export const coordinator = "U0COORD" as UserId;
export const ownerModel = "U0MODEL" as UserId;
export const ownerRetrieval = "U0RETRIEV" as UserId;
export const ownerTools = "U0TOOLS" as UserId;
const ownerInfra = "U0INFRA" as UserId;
export const authorizer = "U0AUTHOR" as UserId;

/** 9 March 2026 at this time, UTC. */
export function at(time: string): Date {
  return new Date(`2026-03-09T${time}:00Z`);
}

const contribution =
  "The answer showed its source without the date of the source, so readers could not see that it was old.";

export const incident: Incident = {
  id: 1 as IncidentId,
  teamId: "T0TEAM" as TeamId,
  number: 1,
  title: "The policy assistant answers by a rule that was replaced",
  slug: "the-policy-assistant-answers-by-a-rule-that-was-replaced",
  severity: "SEV3",
  isSeverityUnsure: false,
  status: "closed",
  phase: "learning",
  serviceName: "policy-helper",
  userImpact: "41 people got an answer by the old rule, and 3 reimbursements were paid wrongly",
  incidentClass: "correctness",
  onsetAt: new Date("2026-03-02T06:00:00Z"),
  noticedAt: at("09:10"),
  noticedHow: "support",
  isPrivate: false,
  isDrill: false,
  channelId: "C0INC1",
  channelName: "inc-1-the-policy-assistant-answers-by-a-rule-that-was-replaced",
  declaredBy: declarer,
  declaredAt: at("09:20"),
  coordinator,
  postmortemDriver: coordinator,
  closedAt: at("16:00"),
  closedBy: coordinator,
  closedAs: "attributed",
  closeApprover: null,
  postmortemUrl: null,
  ...nothingYet,
  stabilizedAt: at("09:52"),
  diagnosedAt: at("10:45"),
  recoveredAt: at("15:20"),
  promiseBroken: "Answers follow the rule in force",
};

function evidence(
  number: number,
  item: Pick<EvidenceItem, "kind" | "what" | "author"> & Partial<EvidenceItem>,
): EvidenceItem {
  return {
    number,
    strandNumbers: [1],
    slice: {},
    data: {},
    link: null,
    ...plainEvidence,
    supports: [],
    contradicts: [],
    clears: [],
    recorder: item.author,
    recordedAt: at(number === 1 ? "10:00" : number < 4 ? "10:05" : "10:30"),
    ...item,
  };
}

const cohort = (group: string, fails: number) => ({ group, n: 40, fails });

const items: EvidenceItem[] = [
  evidence(1, {
    kind: "E1",
    what: "response model id and prompt hash equal at last known good and at declaration",
    author: ownerModel,
    contradicts: ["model", "prompt_policy"],
    clears: ["model", "prompt_policy"],
  }),
  evidence(2, {
    kind: "E3",
    what: "full trace of a reported question: retrieved document, assembled prompt, raw answer, shown answer",
    author: ownerTools,
    link: "https://traces.example.com/t/7f3a",
    supports: ["retrieval_data"],
    contradicts: ["model"],
  }),
  evidence(3, {
    kind: "E1",
    what: "router, tool schemas, application build, region and cache settings equal since last known good",
    author: ownerInfra,
    clears: ["orchestration_tools", "integration_ui", "infrastructure"],
  }),
  evidence(4, {
    kind: "E5",
    what: "wrong-rule answers by index version, the same 40 questions: 36 of 40 on idx-0308, 1 of 40 on idx-0215",
    author: ownerRetrieval,
    supports: ["retrieval_data"],
    contradicts: ["model"],
    data: { splitBy: "index_version", cohorts: [cohort("idx-0308", 36), cohort("idx-0215", 1)] },
  }),
  evidence(5, {
    kind: "E9",
    what: "document in context against the source of truth: replaced on 1 March, the index holds the version of 2025",
    author: ownerRetrieval,
    supports: ["retrieval_data"],
  }),
];

function answer(
  layer: LayerId,
  change: ChangeState,
  author: UserId,
  evidenceNumbers: number[],
  sentence: string | null = null,
): Answer {
  return {
    layer,
    strandNumbers: null,
    change,
    isSourceComplete: true,
    standsForAllQuestions: true,
    questionAnswers: {},
    sentence,
    evidenceNumbers,
    author,
    recorder: author,
    recordedAt: at(layer === "retrieval_data" ? "10:32" : "10:08"),
    revision: 1,
  };
}

const answers: Answer[] = [
  answer("model", "no_change", ownerModel, [1]),
  answer("prompt_policy", "no_change", ownerModel, [1]),
  answer("infrastructure", "no_change", ownerInfra, [3]),
  answer("orchestration_tools", "no_change", ownerTools, [3]),
  answer("integration_ui", "no_change", ownerTools, [2, 3]),
  answer(
    "retrieval_data",
    "changed",
    ownerRetrieval,
    [4, 5],
    "The nightly index job skipped documents whose new field valid_from it did not know.",
  ),
];

const rowTexts: [row: string, sentence: string, evidence: number, author: UserId][] = [
  ["RD1", "The answer paraphrases the retrieved document faithfully.", 2, ownerModel],
  ["RD2", "No filter in the application; the same document for every reader.", 2, ownerTools],
  ["RD3", "The cache is cleared nightly, and a fresh region answers alike.", 3, ownerInfra],
  ["RD4", "The query rewriting prompt has the same hash.", 1, ownerModel],
  ["RD5", "No longer: the rule was replaced on 1 March.", 5, ownerRetrieval],
];
const rowAnswers = rowTexts.map(([row, sentence, number, author]): RowAnswer => ({
  strandNumber: 1,
  claimedLayer: "retrieval_data",
  row,
  reading: "rules_out",
  pointsTo: null,
  sentence,
  evidenceNumbers: [number],
  author,
  recorder: coordinator,
  recordedAt: at("10:40"),
  revision: 1,
}));

function verdict(layer: LayerId, decided: Partial<Verdict>): Verdict {
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
    author: coordinator,
    recorder: coordinator,
    recordedAt: at("10:45"),
    revision: 1,
    ...decided,
  };
}

const verdicts: Verdict[] = [
  verdict("model", { author: ownerModel, recordedAt: at("10:08") }),
  verdict("prompt_policy", { author: ownerModel, recordedAt: at("10:08") }),
  verdict("infrastructure", { author: ownerInfra, recordedAt: at("10:08") }),
  verdict("orchestration_tools", { author: ownerTools, recordedAt: at("10:08") }),
  verdict("retrieval_data", { verdict: "proximate", confidence: "probable" }),
  verdict("integration_ui", { verdict: "contributing", contribution, recordedAt: at("10:46") }),
];

const actions: CorrectiveAction[] = [
  {
    number: 1,
    title: "Index job fails when it skips a document",
    owner: ownerRetrieval,
    ownerLogin: "retrieval-owner",
    dueOn: "2026-03-23",
    criterion:
      "nightly index job exits non-zero and pages when any source document is skipped, shown by its contract test",
    layer: "retrieval_data",
    constraintKind: "runtime",
    enforcement: "job exit status",
    recorder: coordinator,
    recordedAt: at("11:00"),
    issueNumber: 1,
    issueUrl: "https://github.example.com/acme/policy-helper/issues/1",
    ...plainAction,
    addresses: ["S1", "F1", "G1"],
    verification: "contract test index-skips",
  },
  {
    number: 2,
    title: "Show the date of the source in every cited answer",
    owner: ownerTools,
    ownerLogin: "tools-owner",
    dueOn: "2026-03-30",
    criterion: "rendering test fails when a citation has no valid_from date",
    layer: "integration_ui",
    constraintKind: "observability",
    enforcement: "test in the release gate",
    recorder: coordinator,
    recordedAt: at("11:02"),
    issueNumber: 2,
    issueUrl: "https://github.example.com/acme/policy-helper/issues/2",
    ...plainAction,
  },
];

export const lever = "Restrict triggering for a topic or cohort";
export const tradeoff = "travel questions go to the help desk, about 60 a day";
export const state: IncidentState = {
  incident,
  owners: (Object.keys(layers) as LayerId[]).map((layer) => ({
    layer,
    userId: ownerModel,
    groupId: null,
    ...plainOwner,
  })),
  memberIds: [declarer, coordinator],
  strands: [
    {
      number: 1,
      name: "The policy assistant answers by a rule that was replaced",
      windowFrom: incident.onsetAt,
      windowTo: null,
      slice: {},
      ...plainStrand,
    },
  ],
  answers,
  evidence: items,
  rowAnswers,
  verdicts,
  pastVerdicts: [],
  levers: [
    {
      number: 1,
      lever: "restrict_triggering" as const,
      ownWords: null,
      layer: "integration_ui" as const,
      authorizer,
      recorder: coordinator,
      tradeoff,
      revertCondition: "index rebuilt and ten travel questions answered by the rule in force",
      scope: "travel questions",
      savedFirst: null,
      state: "confirmed" as const,
      startedAt: at("09:50"),
      answeredAt: at("09:52"),
      endedAt: at("15:20"),
      endedHow: "taken_back" as const,
      endedBy: ownerTools,
      endedWhy: "index rebuilt and ten travel questions answered by the rule in force",
      ...leverExtrasNotYet,
    },
  ],
  actions,
  ...nothingLearned,
  factors: [
    {
      number: 1,
      category: "data_fragility",
      layer: "retrieval_data",
      statement: "The index job skips documents it cannot parse and reports success",
      interactsWith: [2],
      recorder: coordinator,
      recordedAt: at("15:30"),
    },
    {
      number: 2,
      category: "observability_gap",
      layer: "retrieval_data",
      statement: "No measure of the age of what is served",
      interactsWith: [],
      recorder: coordinator,
      recordedAt: at("15:30"),
    },
  ],
  gaps: [
    {
      number: 1,
      kind: "no_alert_on_metric",
      layer: "retrieval_data",
      statement: "No alert on the age of the newest document in the index",
      recorder: coordinator,
      recordedAt: at("15:30"),
    },
    {
      number: 2,
      kind: "no_eval_for_query_type",
      layer: null,
      statement: "No evaluation of questions whose rule has changed",
      recorder: coordinator,
      recordedAt: at("15:31"),
    },
  ],
  goldens: [
    {
      number: 1,
      strandNumbers: [1],
      fromEvidence: 2,
      preconditions: "index of the day",
      input: "What is the kilometre rate for my own car?",
      passWhen: "the rate of the rule in force, with its date, in 19 of 20 runs",
      recorder: coordinator,
      recordedAt: at("15:35"),
    },
  ],
  risks: [
    {
      number: 1,
      addresses: ["G2"],
      statement:
        "Rules that change without a date are not evaluated; the help desk hears of them within a day",
      signedBy: authorizer,
      capacity: "business",
      recordedAt: at("15:40"),
    },
  ],
  detectionAnswers: [
    {
      question: "user_signal_present_earlier",
      answer: "Yes: three people asked the help desk on 5 March, and nobody connected it",
      author: declarer,
      recordedAt: at("15:32"),
    },
    {
      question: "alerts_on_symptoms",
      answer: "Only on error rates of the index job",
      author: ownerRetrieval,
      recordedAt: at("15:33"),
    },
  ],
  dissents: [
    {
      number: 1,
      strandNumber: 1,
      layer: "integration_ui",
      statement: "Without the old date on screen nobody would have noticed at all",
      author: ownerTools,
      recorder: ownerTools,
      recordedAt: at("10:50"),
    },
  ],
};
