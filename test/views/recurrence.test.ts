// Goal: an incident that looks like this one, what people believe, and what a team's incidents add up to
// read well at three in the morning, and the forms give back what was put into them.
// Method: golden files of every message and form in the states that change them; a few sentences by hand.

import { expect, test } from "vitest";
import type {
  Hypothesis,
  IncidentId,
  IncidentState,
  SimilarIncident,
} from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { OtherIncident } from "#src/domain/similar.ts";
import { statsOf } from "#src/domain/stats.ts";
import type { MessageContent } from "#views/messages/message-content.ts";
import { renderHypothesis } from "#views/messages/hypothesis.ts";
import { reopenReason, renderSimilar } from "#views/messages/similar.ts";
import { renderStats } from "#views/messages/stats.ts";
import { raiseHypothesisModal } from "#views/modals/raise-hypothesis.ts";
import { reopenIncidentModal } from "#views/modals/reopen-incident.ts";
import { messageFaults, modalFaults } from "#test/support/block-kit-limits.ts";
import {
  at,
  attributedState,
  evidenceItem,
  incidentState,
  people,
  strand,
  verdict,
} from "#test/support/factories.ts";
import { fillForm, submit } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";
import { statsLike } from "./gallery-parts.ts";

const otherId = 5 as IncidentId;
const other: OtherIncident = {
  id: otherId,
  number: 9,
  title: "Assistant cites the old travel reimbursement rule",
  isDrill: false,
  status: "closed",
  phase: "learning",
  closedAs: "attributed",
  closedAt: new Date("2026-02-16T14:00:00Z"),
  declaredAt: new Date("2026-02-16T09:00:00Z"),
  channelId: "C0EARLIER",
  postmortemUrl: "https://github.com/example/postmortems/pull/3",
  brokeFirst: ["retrieval_data"],
  openActions: [
    {
      number: 1,
      title: "Index job fails when it skips a document",
      owner: people.model,
      dueOn: "2026-03-02",
      issueUrl: "https://github.com/example/assistant/issues/41",
    },
    {
      number: 2,
      title: "Show the date of the source in every cited answer",
      owner: people.orchestration,
      dueOn: "2026-03-09",
      issueUrl: null,
    },
  ],
};
const like = (facts: Partial<SimilarIncident> = {}) => ({
  similarIncidents: [
    {
      otherId,
      reasons: ["layer_and_symptom" as const],
      state: "shown" as const,
      foundAt: at("09:21"),
      decidedBy: null,
      decidedAt: null,
      ...facts,
    },
  ],
});
const said = { decidedBy: people.coordinator, decidedAt: at("09:40") };

const belief = (facts: Partial<Hypothesis> = {}): Hypothesis => ({
  number: 1,
  strandNumber: 1,
  layer: "model",
  statement: "The provider changed the model on Friday",
  isClaim: false,
  author: people.declarer,
  raisedAt: at("09:30"),
  ...facts,
});
const believed = incidentState({
  strands: [strand(), strand({ number: 2, name: "Refusals in eu-1" })],
  hypotheses: [
    belief(),
    belief({ number: 2, layer: "retrieval_data", statement: null, isClaim: true, strandNumber: 2 }),
  ],
  evidence: [
    evidenceItem({ number: 1, supports: ["model"], clears: [] }),
    evidenceItem({ number: 2, supports: [], clears: ["model"] }),
  ],
});

const messages: [name: string, content: MessageContent][] = [
  ["message-similar-found", similar(incidentState(like()))],
  [
    "message-similar-two-reasons",
    similar(attributedState(like({ reasons: ["golden", "layer_and_symptom"] }))),
  ],
  ["message-similar-linked", similar(incidentState(like({ state: "linked", ...said })))],
  [
    "message-similar-linked-by-hand",
    similar(incidentState(like({ reasons: [], state: "linked", ...said })), {
      ...other,
      status: "open",
      phase: "diagnosing",
      closedAt: null,
      closedAs: null,
      postmortemUrl: null,
      brokeFirst: [],
      openActions: [],
    }),
  ],
  ["message-similar-dismissed", similar(incidentState(like({ state: "dismissed", ...said })))],
  ["message-similar-reopened", similar(incidentState(like({ state: "reopened", ...said })))],
  ["message-similar-gone", renderSimilar(incidentState(like()), otherId, undefined)],
  ["message-hypothesis", renderHypothesis(believed, 1)],
  [
    "message-hypothesis-ruled-out",
    renderHypothesis(
      {
        ...believed,
        verdicts: [verdict("model", { verdict: "cleared", confidence: null })],
      },
      1,
    ),
  ],
  ["message-stats", renderStats(statsLike(12), 90)],
  ["message-stats-few", renderStats(statsLike(1), 30)],
  ["message-stats-none", renderStats(statsOf([]), null)],
];

function similar(state: IncidentState, one = other): MessageContent {
  return renderSimilar(state, otherId, one);
}

test.each(messages)("the message %s reads as in its golden file", (name, content) => {
  expect(messageFaults(content)).toEqual([]);
  expectGolden(`views/${name}`, content);
});

test("R13: only the reasons that hold are told: the layer where both have the same", () => {
  const words = (state: IncidentState) => similar(state).text;
  expect(words(incidentState(like()))).toContain("the same symptom.");
  expect(words(attributedState(like()))).toContain("the same layer and symptom.");
  const gold = like({ reasons: ["golden", "mechanism"] });
  expect(words(incidentState(gold))).toContain("the same golden test and the same mechanism.");
});

test("R13: the reason for reopening names this incident, unless it is private", () => {
  const state = incidentState(like());
  const [row] = state.similarIncidents;
  expect(reopenReason(state, row!, other)).toBe(
    `Incident ${state.incident.number} shows the same symptom.`,
  );
  const hidden = { ...state, incident: { ...state.incident, isPrivate: true } };
  expect(reopenReason(hidden, row!, other)).toBe("Another incident shows the same symptom.");
});

test("the reopening form carries from where it was opened, and works without", () => {
  const state = incidentState();
  const opened = reopenIncidentModal.render({ state, why: "It came back.", similarTo: otherId });
  const sent = { incidentId: state.incident.id, why: "It came back." };
  expect(submit(reopenIncidentModal, opened, {})).toEqual({ ...sent, similarTo: otherId });
  const plain = reopenIncidentModal.render({ state, why: "It came back." });
  expect(submit(reopenIncidentModal, plain, {})).toEqual(sent);
});

test("a hypothesis is read as it was typed: of the one strand, or of the chosen one", () => {
  const one = incidentState();
  const typed = { layer: "retrieval_data", statement: " The index was not rebuilt " };
  const said = { layer: "retrieval_data", statement: "The index was not rebuilt" };
  expect(submitted(one, typed)).toEqual({ ...said, incidentId: one.incident.id, strandNumber: 1 });
  expect(submitted(believed, { ...typed, strand: "2" })).toMatchObject({ strandNumber: 2 });
  const blank = raiseHypothesisModal.render({ state: one, statement: "" });
  expect(raiseHypothesisModal.parse(fillForm(blank), blank.private_metadata ?? "")).toEqual({
    ok: false,
    error: {
      layer: "Choose the layer that you believe broke first.",
      statement: "Say in a sentence what you believe happened.",
    },
  });
});

function submitted(state: IncidentState, typed: Record<string, string>) {
  return submit(raiseHypothesisModal, raiseHypothesisModal.render({ state, statement: "" }), typed);
}

test.each([
  ["modal-raise-hypothesis", incidentState(), "The index was not rebuilt"],
  ["modal-raise-hypothesis-believed", believed, ""],
] as const)("the form %s reads as in its golden file", (name, state, statement) => {
  const view = raiseHypothesisModal.render({ state, statement });
  expect(modalFaults({ ...view })).toEqual([]);
  expectGolden(`views/${name}`, view);
});

test("4.01: the headline says how often the model was named first, and how often it had broken first", () => {
  const one = (layer: LayerId | null, first: LayerId | null, isOver = true) => ({
    ...statsBase,
    status: isOver ? ("closed" as const) : ("open" as const),
    firstLayer: layer,
    firstBrokeFirst: first ? [first] : [],
    brokeFirst: first ? [first] : [],
  });
  const headOf = (...incidents: ReturnType<typeof one>[]) =>
    renderStats(statsOf(incidents), 90).text;
  const wrong = one("model", "retrieval_data");
  const right = one("model", "model");
  const apart = one("infrastructure", "infrastructure");
  expect(headOf(wrong, wrong, wrong, wrong, right, apart, apart, apart)).toBe(
    "The model was named first in 5 of 8 incidents; it had broken first in 1 of them.",
  );
  expect(headOf(wrong, one("model", null, false), right)).toBe(
    "The model was named first in 3 of 3 incidents; it had broken first in 1 of the 2 that are settled.",
  );
  expect(headOf(wrong, apart)).toBe(
    "The model was named first in 1 of 2 incidents; it had not broken first there.",
  );
  expect(headOf(apart, apart)).toBe("The model was named first in none of 2 incidents.");
  expect(headOf(one("model", null, false))).toBe(
    "The model was named first in 1 of 1 incident; what had broken first is not known yet.",
  );
  expect(headOf(one(null, null))).toBe("Nobody has written down yet what they believed first.");
});

const statsBase = {
  incidentId: 1 as IncidentId,
  onsetAt: null,
  noticedAt: null,
  declaredAt: at("09:20"),
  diagnosedAt: null,
  strands: 1,
  unattributed: 0,
  refusedClaims: 0,
};
