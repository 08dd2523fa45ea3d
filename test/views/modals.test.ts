// Goal: forms ask what they should, in words a tired responder takes in, and keep what was there before.
// Method: golden files of every form in the states that change it; refusals and prefilled values by hand.

import { expect, test } from "vitest";
import type { ModalView } from "@slack/types";
import { layerIds } from "#src/domain/layers/index.ts";
import { closeMissing } from "#src/domain/lifecycle.ts";
import { addActionModal } from "#views/modals/add-action.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { answerRowsModal } from "#views/modals/answer-rows.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { declareIncidentModal } from "#views/modals/declare-incident.ts";
import { endLeverModal } from "#views/modals/end-lever.ts";
import { receiptModal } from "#views/modals/receipt.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import { modalFaults } from "#test/support/block-kit-limits.ts";
import {
  answer,
  attributedState,
  evidenceItem,
  incidentState,
  leverUse,
  people,
  strand,
} from "#test/support/factories.ts";
import { fillForm } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";

const fresh = incidentState();
const full = attributedState();
const twoStrands = attributedState({
  strands: [strand(), strand({ number: 2, name: "refusals in region eu-1" })],
});
const refusal = {
  rules: ["R1", "R9"],
  missing: ["retrieval_data", "prompt_policy"],
  sentence:
    "Ask for an answer for Retrieval & data first: its owner can give one in half a minute.",
  more: ["After that: Prompt & policy.", "Then answer “Did the index or corpus change?”."],
};
const presser = people.coordinator;
const services = [
  { name: "policy-helper", isDefault: true },
  { name: "search", isDefault: false },
];

const cases: [name: string, view: ModalView][] = [
  [
    "declare-incident",
    declareIncidentModal.render({
      title: "Answers follow the old travel rule",
      services,
      isDrill: false,
    }),
  ],
  [
    "declare-incident-drill-no-services",
    declareIncidentModal.render({ title: "", services: [], isDrill: true }),
  ],
  [
    "answer-layers-one",
    answerLayersModal.render({ state: fresh, layers: ["retrieval_data"], presser }),
  ],
  [
    "answer-layers-several",
    answerLayersModal.render({ state: full, layers: ["model", "retrieval_data"], presser }),
  ],
  [
    "answer-layers-strands",
    answerLayersModal.render({ state: twoStrands, layers: ["model"], presser }),
  ],
  ["add-evidence", addEvidenceModal.render({ state: fresh, presser })],
  [
    "add-evidence-strands",
    addEvidenceModal.render({ state: twoStrands, presser, what: "36 of 40 against 1 of 40" }),
  ],
  ["stabilize", stabilizeModal.render({ state: fresh, lever: null })],
  [
    "stabilize-chosen",
    stabilizeModal.render({
      state: fresh,
      lever: "quarantine_source",
      values: {
        lever: "quarantine_source",
        tradeoff: "a gap in coverage",
        authorizer: people.business,
      },
    }),
  ],
  ["stabilize-other", stabilizeModal.render({ state: fresh, lever: "other" })],
  ["end-lever", endLeverModal.render({ state: full, leverNumber: 1, presser })],
  [
    "answer-rows",
    answerRowsModal.render({
      state: full,
      strandNumber: 1,
      claimedLayer: "retrieval_data",
      presser,
    }),
  ],
  [
    "answer-rows-no-evidence",
    answerRowsModal.render({ state: fresh, strandNumber: 1, claimedLayer: "model", presser }),
  ],
  [
    "set-verdict",
    setVerdictModal.render({ state: full, strandNumber: 1, layer: "retrieval_data" }),
  ],
  [
    "set-verdict-refused",
    setVerdictModal.render({
      state: full,
      strandNumber: 1,
      layer: "model",
      refusal,
      values: { layer: "model", verdict: "proximate", confidence: "suspected", evidence: ["1"] },
    }),
  ],
  ["add-action", addActionModal.render({ state: full, layer: "retrieval_data" })],
  [
    "close-incident-missing",
    closeIncidentModal.render({ state: full, missing: closeMissing(full) }),
  ],
  ["close-incident-ready", closeIncidentModal.render({ state: full, missing: [] })],
  [
    "close-incident-refused",
    closeIncidentModal.render({
      state: full,
      missing: [],
      refusal: { ...refusal, rules: ["B5"], missing: ["LV1"] },
    }),
  ],
  [
    "receipt",
    receiptModal.render({ title: "Recorded", sentence: "Recorded your answer for Model." }),
  ],
  ["checklist-fresh", checklistModal.render({ state: fresh })],
  [
    "checklist-answered",
    checklistModal.render({
      state: { ...full, verdicts: [], rowAnswers: full.rowAnswers.slice(0, 2) },
    }),
  ],
  ["checklist-attributed", checklistModal.render({ state: full })],
  ["checklist-strands", checklistModal.render({ state: twoStrands })],
];

test.each(cases)("the form %s reads as in its golden file", (name, view) => {
  expect(modalFaults(view as never)).toEqual([]);
  expectGolden(`views/modal-${name}`, view);
});

test("every form is known by its file's name, and every field by one id", () => {
  for (const [, view] of cases) {
    for (const block of view.blocks) {
      if (block.type !== "input") continue;
      const { element } = block as unknown as { element: { action_id: string } };
      expect(element.action_id).toBe(block.block_id);
    }
  }
});

test("a title longer than it may be is prefilled whole, so that nothing typed is lost", () => {
  const title = "x".repeat(200);
  const view = declareIncidentModal.render({ title, services: [], isDrill: false });
  expect(fillForm(view)["title"]).toBe(title);
  expect(
    declareIncidentModal.parse(fillForm(view, { severity: "SEV3" }), view.private_metadata ?? ""),
  ).toEqual({
    ok: false,
    error: { title: "At most 150 characters; this has 200." },
  });
});

test("a refusal stands on top of the form, with its rules and what is missing in its block_id", () => {
  const view = setVerdictModal.render({ state: full, strandNumber: 1, layer: "model", refusal });
  expect(view.blocks[0]).toMatchObject({
    block_id: "refusal:R1+R9:retrieval_data,prompt_policy",
    text: { type: "plain_text", text: refusal.sentence },
  });
});

test("a refusal that misses very much has its block_id cut at 255", () => {
  const missing = Array.from({ length: 100 }, (_, index) => `LV${index}`);
  const view = closeIncidentModal.render({
    state: full,
    missing: [],
    refusal: { ...refusal, missing },
  });
  expect(view.blocks[0]?.block_id).toHaveLength(255);
});

test("strands are asked for from the second one on", () => {
  const one = answerLayersModal.render({ state: full, layers: ["model"], presser });
  const two = answerLayersModal.render({ state: twoStrands, layers: ["model"], presser });
  expect(fillForm(one)).not.toHaveProperty("strands:model");
  expect(fillForm(two)).toHaveProperty("strands:model");
});

test("an answer that stands is prefilled, so that correcting it means changing one thing", () => {
  const state = incidentState({
    evidence: [evidenceItem()],
    answers: [
      answer("model", {
        change: "degraded",
        sentence: "slower since Sunday",
        evidenceNumbers: [1],
      }),
    ],
  });
  const view = answerLayersModal.render({ state, layers: ["model"], presser });
  expect(fillForm(view)).toEqual({
    "change:model": "degraded",
    "certainty:model": ["source_complete", "all_questions"],
    "sentence:model": "slower since Sunday",
    "evidence:model": ["1"],
    author: people.coordinator,
  });
});

test("with more evidence than a menu holds, the newest and the chosen stay", () => {
  const evidence = Array.from({ length: 300 }, (_, index) => evidenceItem({ number: index + 1 }));
  const state = incidentState({ evidence, answers: [answer("model", { evidenceNumbers: [1] })] });
  const view = answerLayersModal.render({ state, layers: [...layerIds], presser });
  expect(modalFaults(view as never)).toEqual([]);
  expect(fillForm(view, { "evidence:model": ["1", "300"] })["evidence:model"]).toEqual([
    "1",
    "300",
  ]);
});

test("the tradeoff is asked with the chosen lever's own question", () => {
  const view = stabilizeModal.render({ state: fresh, lever: "reset_memory" });
  expect(view.blocks.find((block) => block.block_id === "tradeoff")).toMatchObject({
    label: { text: "Which user history is lost?" },
  });
});

test("a form about a lever that is not there is a fault of ours", () => {
  const state = incidentState({ levers: [leverUse()] });
  expect(() => endLeverModal.render({ state, leverNumber: 2, presser })).toThrow(
    "no lever of number 2",
  );
});
