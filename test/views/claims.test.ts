// Goal: strands, reports, questions and disagreement read well at 3 a.m., and sixty strands stay within
// Slack's limits without one out of reach. Method: golden files, forms filled in and read back, and the
// fullest incident there can be.

import type { ModalView } from "@slack/types";
import { expect, test } from "vitest";
import type { MessageRef } from "#src/domain/effect.ts";
import { strandFields } from "#src/domain/edit-strands.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { Dissent } from "#src/domain/learning.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { printsOf } from "#src/domain/meanwhile.ts";
import type { MessageExtras } from "#views/messages/message-content.ts";
import { renderMessage } from "#views/messages/render-message.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { addStrandModal } from "#views/modals/add-strand.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { answerQuestionsModal } from "#views/modals/answer-questions.ts";
import { answerRowsModal } from "#views/modals/answer-rows.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { dissentModal } from "#views/modals/dissent.ts";
import { editStrandModal } from "#views/modals/edit-strand.ts";
import { receiptModal } from "#views/modals/receipt.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { strandsModal } from "#views/modals/strands.ts";
import { fullestState } from "#test/support/any-incident.ts";
import { messageFaults, modalFaults } from "#test/support/block-kit-limits.ts";
import {
  answer,
  at,
  attributedState,
  evidenceItem,
  incidentState,
  people,
  strand,
} from "#test/support/factories.ts";
import { fillForm } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";

const extras: MessageExtras = {
  botCommand: "/incident",
  canFileIssues: true,
  canProposePostmortem: true,
};
const presser = people.coordinator;
const second = strand({
  number: 2,
  name: "Refusals in region eu-1",
  symptom: "Questions about travel are refused",
  windowFrom: at("08:00"),
  slice: { region: ["eu-1", "eu-2"] },
  addedBy: people.retrieval,
  addedAt: at("11:00"),
});
const dissent = (facts: Partial<Dissent> = {}): Dissent => ({
  number: 1,
  strandNumber: 1,
  layer: "retrieval_data",
  statement: "One trace is thin; “cannot be determined” would be the honest word.",
  author: people.model,
  recorder: people.model,
  recordedAt: at("11:05"),
  ...facts,
});
const two = attributedState({
  strands: [strand(), second],
  answers: [
    ...attributedState().answers.filter(({ layer }) => layer !== "model"),
    answer("model", {
      strandNumbers: [1],
      standsForAllQuestions: false,
      questionAnswers: { "2": "No notice from the provider." },
    }),
  ],
  dissents: [dissent()],
});
const report = (isVerified: boolean | null) =>
  evidenceItem({
    number: 6,
    kind: "E10",
    what: "It told me the old rate and even linked the policy page.",
    supports: [],
    contradicts: [],
    source: "a customer's message in the help desk",
    slice: { region: ["eu-1"] },
    isVerified,
    verifiedBy: isVerified === null ? null : people.declarer,
    verifiedAt: isVerified === null ? null : at("10:10"),
  });
const withReport = (isVerified: boolean | null) =>
  incidentState({ strands: [strand(), second], evidence: [report(isVerified)] });
const overtaken = {
  values: fillForm(answerLayersModal.render({ state: two, layers: ["model"], presser }), {
    "sentence:model": "no release since Monday",
  }),
  metadata:
    answerLayersModal.render({ state: two, layers: ["model"], presser }).private_metadata ?? "",
  changes: [{ by: people.model, what: "answered “It changed” for Model" }],
};

const forms: [name: string, view: ModalView][] = [
  ["strands", strandsModal.render({ state: two })],
  ["add-strand", addStrandModal.render({ state: two, name: "Refusals in eu-1" })],
  ["edit-strand", editStrandModal.render({ state: two, strandNumber: 2 })],
  [
    "dissent",
    dissentModal.render({ state: two, strandNumber: 1, layer: "retrieval_data", presser }),
  ],
  ["answer-questions", answerQuestionsModal.render({ state: two, layer: "model" })],
  ["checklist-dissent", checklistModal.render({ state: two })],
  ["checklist-page", checklistModal.render({ state: many(), strandNumber: 31 })],
  [
    "answer-layers-overtaken",
    answerLayersModal.render({ state: two, layers: ["model"], presser, overtaken }),
  ],
  [
    "receipt-not-ruled-out",
    receiptModal.render({
      title: "Saved",
      sentence: "Recorded the answer for Model.",
      incidentId: two.incident.id,
      marks: [
        {
          id: "questions:model",
          sentence: "If you know more: Model has 5 questions.",
          opens: { formId: "answer-questions", label: "Questions of Model", layers: ["model"] },
        },
      ],
    }),
  ],
];

const messages: [name: string, ref: MessageRef, state: IncidentState][] = [
  ["strand", { kind: "strand", strandNumber: 2 }, two],
  ["strand-many", { kind: "strand", strandNumber: 31 }, many()],
  ["evidence-report", { kind: "evidence", evidenceNumber: 6 }, withReport(null)],
  ["evidence-report-verified", { kind: "evidence", evidenceNumber: 6 }, withReport(true)],
  ["evidence-report-not-real", { kind: "evidence", evidenceNumber: 6 }, withReport(false)],
  ["verdict-dissent", { kind: "verdict", strandNumber: 1, layer: "retrieval_data" }, two],
];

test.each(forms)("the form %s reads as in its golden file", (name, view) => {
  expect(modalFaults(view as never)).toEqual([]);
  expectGolden(`views/modal-${name}`, view);
});

test.each(messages)("the message %s reads as in its golden file", (name, ref, state) => {
  const message = renderMessage(ref, state, extras);
  expect(messageFaults(message)).toEqual([]);
  expectGolden(`views/message-${name}`, message);
});

test("evidence that is weak says so where people read it, and where programs do", () => {
  const told = (state: IncidentState) =>
    renderMessage({ kind: "evidence", evidenceNumber: 6 }, state, extras).blocks.find(
      (block) => block.block_id === "flag:weak:EV6",
    );
  expect(JSON.stringify(told(withReport(null)))).toMatch(/weak evidence.*does not count/);
  expect(JSON.stringify(told(withReport(true)))).toMatch(/weak evidence/);
  const trace = incidentState({ evidence: [evidenceItem({ number: 6 })] });
  expect(told(trace)).toBeUndefined();
});

test("a layer that was answered for one strand is asked for until it is answered for the others", () => {
  const request = renderMessage({ kind: "evidence-request" }, two, extras);
  expect(request.text).toContain("Please answer for your layer");
  expect(JSON.stringify(request.blocks)).toMatch(/\*Model\*, Prompt &amp; policy \(answered\)/);
});

test("the panel counts a layer only where every strand has its answer, and says which one waits", () => {
  const panel = renderMessage({ kind: "panel" }, two, extras);
  expect(panel.text).toContain("5 of 6 layers answered");
  expect(panel.text).toContain("ask for an answer for Model in strand 2");
  const board = JSON.stringify(panel.blocks);
  expect(board).toContain("Evidence board: 5 of 6 layers answered");
  expect(board).toMatch(/no change, known for sure \(strand 1\); _not answered yet for strand 2_/);
});

test("a strand is read as it was typed, and comes back into the form as it stands", () => {
  const view = addStrandModal.render({ state: two });
  const typed = fillForm(view, {
    name: "Refusals",
    symptom: "refused",
    window_from: "1772431200",
    window_to: null,
    slice: "Region: eu-2, eu-1",
  });
  expect(addStrandModal.parse(typed, view.private_metadata ?? "")).toEqual({
    ok: true,
    value: {
      incidentId: two.incident.id,
      name: "Refusals",
      symptom: "refused",
      windowFrom: new Date(1772431200 * 1000),
      windowTo: null,
      slice: { region: ["eu-1", "eu-2"] },
      evidenceNumbers: [],
    },
  });
  const wrong = fillForm(view, { name: "Refusals", slice: "eu-1" });
  expect(addStrandModal.parse(wrong, view.private_metadata ?? "")).toEqual({
    ok: false,
    error: { slice: "Write one line for each dimension, such as “region: eu-1, eu-2”." },
  });
  const again = editStrandModal.render({ state: two, strandNumber: 2 });
  const untouched = editStrandModal.parse(fillForm(again), again.private_metadata ?? "");
  const { addedBy: _, addedAt: __, failureTypeBy: ___, number: strandNumber, ...said } = second;
  const shown = printsOf(strandFields(second));
  expect(untouched).toEqual({
    ok: true,
    value: { ...said, strandNumber, evidenceNumbers: [], incidentId: two.incident.id, shown },
  });
});

test("what is filled in of evidence, a verdict, questions and a disagreement comes out of its form", () => {
  const evidence = addEvidenceModal.render({ state: two, presser, kind: "E10", source: "a log" });
  const item = { what: "seen", slice: "region: eu-1" };
  expect(
    addEvidenceModal.parse(fillForm(evidence, item), evidence.private_metadata ?? ""),
  ).toMatchObject({
    ok: true,
    value: { kind: "E10", source: "a log", slice: { region: ["eu-1"] }, strandNumbers: null },
  });
  const claim = setVerdictModal.render({ state: two, strandNumber: 2, layer: "model" });
  const decided = { verdict: "implicated", scope: "models: b, a" };
  expect(
    setVerdictModal.parse(fillForm(claim, decided), claim.private_metadata ?? ""),
  ).toMatchObject({
    ok: true,
    value: { scope: { models: ["a", "b"] }, strandNumber: 2, seenSequence: 0 },
  });
  const questions = answerQuestionsModal.render({ state: two, layer: "model" });
  const given = fillForm(questions, { "question:1": "no", "question:2": null });
  expect(answerQuestionsModal.parse(given, questions.private_metadata ?? "")).toMatchObject({
    ok: true,
    value: { layer: "model", strandNumber: 1, questionAnswers: { "1": "no" } },
  });
  const against = dissentModal.render({ state: two, strandNumber: 1, layer: "model", presser });
  const said = fillForm(against, { statement: "too thin" });
  expect(dissentModal.parse(said, against.private_metadata ?? "")).toMatchObject({
    ok: true,
    value: { statement: "too thin", strandNumber: 1, layer: "model", author: presser },
  });
  expect(dissentModal.parse(fillForm(against), against.private_metadata ?? "")).toMatchObject({
    ok: false,
    error: { statement: expect.any(String) },
  });
});

/** Sixty strands with short names. */
function many(): IncidentState {
  return attributedState({
    strands: Array.from({ length: 60 }, (_, index) =>
      strand({ ...second, number: index + 1, name: `strand ${index + 1}` }),
    ),
  });
}

test("with sixty strands every one is on a page of the checklist, with its buttons, and can be chosen in every form", () => {
  const seen = new Set<number>();
  for (let page = 0; page < 20; page += 1) {
    const view = checklistModal.render({ state: many(), page });
    expect(modalFaults(view as never)).toEqual([]);
    const json = JSON.stringify(view.blocks);
    for (const [, number] of json.matchAll(/"layer:S(\d+):model"/g)) seen.add(Number(number));
    expect(json.includes("checklist-later")).toBe(page < 19);
    expect(json.includes("checklist-earlier")).toBe(page > 0);
  }
  expect(seen.size).toBe(60);
  const listed = [0, 1, 2].map((page) =>
    JSON.stringify(strandsModal.render({ state: many(), page })),
  );
  expect(new Set(listed.join("").match(/strand:S\d+/g)).size).toBe(60);
  const form = addEvidenceModal.render({ state: many(), presser });
  const menu = form.blocks.find((block) => block.block_id === "strands");
  expect(menu).toMatchObject({ element: { options: { length: 60 } } });
});

test.each(["x", "﷽", "<!channel> "])(
  "a hundred strands, texts of %s at every limit, stay within Slack's limits",
  (piece) => {
    const full = fullestState(piece);
    const long = piece.repeat(Math.floor(1000 / piece.length));
    const state = {
      ...full,
      strands: Array.from({ length: 100 }, (_, index) => ({
        ...full.strands[0]!,
        number: index + 1,
        symptom: long,
        addedBy: people.model,
        addedAt: at("11:00"),
      })),
      evidence: full.evidence.map((one) => ({ ...one, kind: "E10" as const, source: long })),
      dissents: Array.from({ length: 12 }, (_, index) =>
        dissent({ number: index + 1, statement: long }),
      ),
    };
    const last = { strandNumber: 60, layer: "model" as const };
    const views = [
      checklistModal.render({ state }),
      checklistModal.render({ state, strandNumber: 60 }),
      strandsModal.render({ state, page: 2 }),
      addStrandModal.render({ state, name: long }),
      editStrandModal.render({ state, strandNumber: 60 }),
      answerLayersModal.render({ state, layers: layerIds, presser, strandNumber: 60 }),
      answerRowsModal.render({ state, strandNumber: 1, claimedLayer: "model", presser }),
      addEvidenceModal.render({ state, presser, what: long, source: long }),
      setVerdictModal.render({ state, strandNumber: 60, layer: null, values: { scope: long } }),
      answerQuestionsModal.render({ state, layer: "model", strandNumber: 60 }),
      dissentModal.render({ state, ...last, presser }),
    ];
    for (const view of views) {
      const form = view.callback_id;
      expect({ form, faults: modalFaults(view as never) }).toEqual({ form, faults: [] });
    }
    const refs: MessageRef[] = [
      { kind: "strand", strandNumber: 60 },
      { kind: "evidence", evidenceNumber: 1 },
      { kind: "verdict", strandNumber: 1, layer: "retrieval_data" },
    ];
    for (const some of [state, { ...state, strands: state.strands.slice(0, 10) }]) {
      for (const ref of some === state ? refs : [{ ...refs[0], strandNumber: 10 } as MessageRef]) {
        const faults = messageFaults(renderMessage(ref, some, extras));
        expect({ ref, faults }).toEqual({ ref, faults: [] });
      }
    }
  },
);
