// Goal: what is learned reads well in the channel and in its forms, keeps what was there, and stays within
// Slack's limits whatever the incident holds.
// Method: golden files of every message and form; forms filled in and read back; the fullest incident.

import type { ModalView } from "@slack/types";
import { expect, test } from "vitest";
import { gapFields } from "#src/domain/add-gap.ts";
import type { Mark } from "#src/domain/decision.ts";
import type { MessageRef } from "#src/domain/effect.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { detectionQuestionIds, earlierSignalMark } from "#src/domain/detection.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { printsOf } from "#src/domain/meanwhile.ts";
import { type MessageContent } from "#views/messages/message-content.ts";
import { renderActionsList } from "#views/messages/actions-list.ts";
import { renderMessage } from "#views/messages/render-message.ts";
import { acceptRiskModal } from "#views/modals/accept-risk.ts";
import { addActionModal } from "#views/modals/add-action.ts";
import { addFactorModal } from "#views/modals/add-factor.ts";
import { addGapModal } from "#views/modals/add-gap.ts";
import { addGoldenModal } from "#views/modals/add-golden.ts";
import { answerDetectionModal } from "#views/modals/answer-detection.ts";
import { correctActionModal } from "#views/modals/correct-action.ts";
import { linkItemsModal } from "#views/modals/link-items.ts";
import { receiptModal } from "#views/modals/receipt.ts";
import { fullestState } from "#test/support/any-incident.ts";
import { messageFaults, modalFaults } from "#test/support/block-kit-limits.ts";
import {
  at,
  attributedState,
  correctiveAction,
  evidenceItem,
  incidentState,
  people,
  strand,
} from "#test/support/factories.ts";
import { fillForm, submit } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";

const told = { recorder: people.coordinator, recordedAt: at("15:30") };
const gap = {
  number: 1,
  kind: "no_alert_on_metric",
  layer: "retrieval_data",
  statement: "No alert on the age of the newest document in the index",
  ...told,
} as const;
const factor = {
  number: 1,
  category: "data_fragility",
  layer: "retrieval_data",
  statement: "The index job skips documents it cannot parse and reports success",
  ...told,
} as const;
const learned = attributedState({
  gaps: [gap],
  factors: [
    { ...factor, interactsWith: [2] },
    {
      ...factor,
      number: 2,
      category: "observability_gap",
      statement: "No measure of the age of what is served",
      interactsWith: [],
    },
  ],
  goldens: [
    {
      number: 1,
      strandNumbers: [1],
      fromEvidence: 1,
      preconditions: "index of the day",
      input: "What is the kilometre rate for my own car?",
      passWhen: "the rate of the rule in force, with its date, in 19 of 20 runs",
      ...told,
    },
    {
      number: 2,
      strandNumbers: [1],
      fromEvidence: null,
      preconditions: null,
      input: "Ask for a plan",
      passWhen: "a plan is given",
      ...told,
    },
  ],
  risks: [
    {
      number: 1,
      addresses: ["model", "G1"],
      statement: "Length differs between releases; it is not limited by the prompt again",
      signedBy: people.business,
      capacity: "business",
      recordedAt: at("15:40"),
    },
  ],
  detectionAnswers: [
    {
      question: "dashboard_obvious",
      answer: "No: it shows averages",
      author: people.model,
      recordedAt: at("15:41"),
    },
  ],
  actions: [
    correctiveAction({
      addresses: ["S1", "F1", "G1"],
      verification: "contract test index-skips",
      weakRules: ["Q3"],
      enforcement: null,
    }),
    correctiveAction({ number: 2, title: "Show the date of the source", isProvisional: true }),
    correctiveAction({
      number: 3,
      title: "Page on a stale index",
      dueOn: "2026-03-01",
      issueNumber: 43,
      issueUrl: "https://github.com/example/assistant/issues/43",
    }),
  ],
});
const inside = {
  ...learned,
  incident: { ...learned.incident, noticedHow: "internal_signal" as const },
};

const extras = { botCommand: "/incident", canFileIssues: true, canProposePostmortem: true };
const listOf = (state: IncidentState, page = 0) =>
  renderActionsList({
    state,
    page,
    now: at("16:00"),
    botCommand: "/incident",
    canFileIssues: true,
  });
const message = (state: IncidentState, ref: MessageRef) => renderMessage(ref, state, extras);
const item = (kind: "gap" | "factor" | "golden" | "risk", number = 1): MessageRef => ({
  kind: "learning",
  item: kind,
  number,
});

const messages: [name: string, content: MessageContent][] = [
  ["message-learning-gap", message(learned, item("gap"))],
  ["message-learning-gap-asks", message(inside, item("gap"))],
  ["message-learning-factor", message(learned, item("factor"))],
  ["message-learning-golden", message(learned, item("golden"))],
  ["message-learning-golden-flagged", message(learned, item("golden", 2))],
  ["message-learning-risk", message(learned, item("risk"))],
  ["message-action-weak", message(learned, { kind: "action", actionNumber: 1 })],
  ["message-action-provisional", message(learned, { kind: "action", actionNumber: 2 })],
  ["reply-actions", listOf(learned)],
  ["reply-actions-none", listOf(incidentState())],
];

test.each(messages)("the message %s reads as in its golden file", (name, content) => {
  expect(messageFaults(content)).toEqual([]);
  expectGolden(`views/${name}`, content);
});

const mark = earlierSignalMark(inside) as Mark;
const forms: [name: string, view: ModalView][] = [
  ["modal-add-action-learned", addActionModal.render({ state: learned, layer: "prompt_policy" })],
  ["modal-correct-action", correctActionModal.render({ state: learned, number: 1 })],
  ["modal-add-gap", addGapModal.render({ state: learned, number: null })],
  ["modal-correct-gap", addGapModal.render({ state: learned, number: 1 })],
  ["modal-add-factor", addFactorModal.render({ state: learned, number: null })],
  ["modal-correct-factor", addFactorModal.render({ state: learned, number: 1 })],
  ["modal-add-golden", addGoldenModal.render({ state: learned, number: null })],
  ["modal-add-golden-first", addGoldenModal.render({ state: incidentState(), number: null })],
  ["modal-accept-risk", acceptRiskModal.render({ state: learned, addresses: ["G1"] })],
  ["modal-answer-detection", answerDetectionModal.render({ state: learned })],
  [
    "modal-link-items-action",
    linkItemsModal.render({ state: learned, of: { kind: "action", number: 1 } }),
  ],
  [
    "modal-link-items-factor",
    linkItemsModal.render({ state: learned, of: { kind: "factor", number: 2 } }),
  ],
  [
    "modal-link-items-nothing",
    linkItemsModal.render({
      state: incidentState({ gaps: [gap] }),
      of: { kind: "gap", number: 1 },
    }),
  ],
  [
    "modal-receipt-marked",
    receiptModal.render({
      title: "Saved",
      sentence: "Recorded detection gap 1.",
      marks: [mark],
      incidentId: inside.incident.id,
    }),
  ],
];

test.each(forms)("the form %s reads as in its golden file", (name, view) => {
  expect(modalFaults(view as never)).toEqual([]);
  expectGolden(`views/${name}`, view);
  for (const block of view.blocks) {
    if (block.type !== "input") continue;
    const { element } = block as unknown as { element: { action_id: string } };
    expect(element.action_id).toBe(block.block_id);
  }
});

test("a form of an item gives back what stands, with its number", () => {
  const { id: incidentId } = learned.incident;
  expect(submit(addGapModal, addGapModal.render({ state: learned, number: 1 }), {})).toEqual({
    incidentId,
    number: 1,
    kind: gap.kind,
    layer: gap.layer,
    statement: gap.statement,
    actionNumbers: [],
    shown: printsOf(gapFields(gap)),
  });
  const golden = addGoldenModal.render({ state: learned, number: 1 });
  expect(submit(addGoldenModal, golden, {})).toMatchObject({
    number: 1,
    fromEvidence: 1,
    strandNumbers: null,
  });
  const factorForm = addFactorModal.render({ state: learned, number: null });
  const chosen = {
    statement: "x",
    category: "masking",
    layer: "model",
    interacts_with: ["1", "2"],
    actions: ["3"],
  };
  expect(submit(addFactorModal, factorForm, chosen)).toMatchObject({
    number: null,
    interactsWith: [1, 2],
    actionNumbers: [3],
  });
});

test("an action's form hands over what it answers and when it is filed", () => {
  const view = addActionModal.render({ state: learned, layer: "model", addresses: ["G1"] });
  const typed = {
    title: "Gate",
    owner: people.model,
    due_on: "2026-03-30",
    criterion: "CI job fails below 0.95",
    immediate_safety: ["now"],
  };
  expect(submit(addActionModal, view, typed)).toMatchObject({
    addresses: ["G1"],
    isImmediateSafety: true,
    verification: null,
    layer: "model",
  });
});

test("the example of a criterion follows the layer, and what was typed stays", () => {
  const values = { layer: "infrastructure", criterion: "half a sentence", due_on: "2026-03-30" };
  const view = addActionModal.render({ state: learned, layer: null, values });
  expect(fillForm(view)).toMatchObject(values);
  expect(view.blocks.find(({ block_id }) => block_id === "criterion")).toMatchObject({
    hint: { text: expect.stringContaining("A good one for Infrastructure: “the canary stops") },
  });
});

test("a correction never takes over the login of an owner who is replaced", () => {
  const view = correctActionModal.render({ state: learned, number: 1 });
  expect(fillForm(view)).toMatchObject({ owner: people.retrieval, owner_login: null });
});

test("what a form of links did not show stays as it is", () => {
  const view = linkItemsModal.render({ state: learned, of: { kind: "factor", number: 1 } });
  expect(submit(linkItemsModal, view, {})).toMatchObject({
    of: { kind: "factor", number: 1 },
    addresses: null,
    actionNumbers: [1],
    interactsWith: [2],
  });
});

test("an answer about detection takes at least one text", () => {
  const view = answerDetectionModal.render({ state: incidentState() });
  expect(submit(answerDetectionModal, view, {})).toEqual({
    errors: { user_signal_present_earlier: "Answer one of the questions first." },
  });
});

test("the list of actions says what is overdue by the day's end, and turns its pages", () => {
  const many = incidentState({
    actions: Array.from({ length: 20 }, (_, index) => correctiveAction({ number: index + 1 })),
  });
  const ids = (page: number) =>
    listOf(many, page).blocks.flatMap(({ block_id }) => (block_id ? [block_id] : []));
  expect(ids(0)).toEqual(Array.from({ length: 8 }, (_, index) => `action:AC${index + 1}`));
  expect(ids(2)).toEqual(["action:AC17", "action:AC18", "action:AC19", "action:AC20"]);
  expect(ids(99)).toEqual(ids(2));
  // still 8 March somewhere
  const dueOn = "2026-03-08";
  const state = incidentState({ actions: [correctiveAction({ dueOn })] });
  const list = (now: Date) =>
    renderActionsList({ state, page: 0, now, botCommand: "/incident", canFileIssues: true }).text;
  expect(list(at("11:59"))).not.toContain("overdue");
  expect(list(at("12:00"))).toContain("1 overdue");
});

test.each(["x", "&", "😀", "﷽", "<!channel> "])(
  "the fullest incident there can be, all of %s, stays within Slack's limits",
  (piece) => {
    const long = (max: number) => piece.repeat(Math.floor(max / piece.length));
    const base = fullestState(piece);
    const numbers = Array.from({ length: 150 }, (_, index) => index + 1);
    const state: IncidentState = {
      ...base,
      strands: numbers.map((number) => strand({ number, name: long(150) })),
      incident: { ...base.incident, noticedHow: "internal_signal" },
      gaps: numbers.map((number) => ({ ...gap, number, statement: long(1000) })),
      factors: numbers.map((number) => ({
        ...factor,
        number,
        statement: long(1000),
        interactsWith: numbers,
      })),
      goldens: numbers.map((number) => ({
        number,
        strandNumbers: numbers,
        fromEvidence: number % 2 === 0 ? 1 : null,
        preconditions: long(1000),
        input: long(3000),
        passWhen: long(1000),
        ...told,
      })),
      risks: numbers.map((number) => ({
        number,
        addresses: [...layerIds, ...numbers.map((one) => `G${one}`)],
        statement: long(1000),
        signedBy: people.business,
        capacity: "safety",
        recordedAt: at("15:40"),
      })),
      detectionAnswers: detectionQuestionIds.slice(1).map((question) => ({
        question,
        answer: long(1000),
        author: people.model,
        recordedAt: at("15:41"),
      })),
      evidence: [evidenceItem({ what: long(3000) })],
      actions: numbers.map((number) =>
        correctiveAction({
          number,
          title: long(150),
          criterion: long(3000),
          enforcement: long(1000),
          verification: long(1000),
          weakRules: ["Q3", "Q5"],
          addresses: numbers.flatMap((one) => [`S${one}`, `F${one}`, `G${one}`]),
        }),
      ),
    };
    const contents = [
      ...(["gap", "factor", "golden", "risk"] as const).map((kind) => message(state, item(kind))),
      message(state, { kind: "action", actionNumber: 1 }),
      listOf(state),
      listOf(state, 5),
    ];
    for (const content of contents) {
      expect({ text: content.text.slice(0, 40), faults: messageFaults(content) }).toMatchObject({
        faults: [],
      });
    }
    const views = [
      addActionModal.render({ state, layer: null, title: long(300), addresses: ["G1"] }),
      correctActionModal.render({ state, number: 1 }),
      addGapModal.render({ state, number: null, statement: long(2000) }),
      addGapModal.render({ state, number: 1 }),
      addFactorModal.render({ state, number: null }),
      addGoldenModal.render({ state, number: 1 }),
      acceptRiskModal.render({ state, addresses: ["G150", "model"] }),
      answerDetectionModal.render({ state }),
      linkItemsModal.render({ state, of: { kind: "action", number: 1 } }),
      linkItemsModal.render({ state, of: { kind: "factor", number: 1 } }),
      receiptModal.render({ title: "Saved", sentence: "Saved.", marks: [mark], incidentId: null }),
    ];
    for (const view of views) {
      const form = view.callback_id;
      expect({ form, faults: modalFaults(view as never) }).toEqual({ form, faults: [] });
    }
  },
);
