// Goal: at 3 a.m. on a phone the checklist says what to do next, why, and who can; one press or one form does it.
// Method: golden files of each state that changes what is read; the split form filled in and read back; the
// panel beside the checklist; the fullest incident against Slack's limits.

import type { KnownBlock, ModalView } from "@slack/types";
import { expect, test } from "vitest";
import { closeMissing } from "#src/domain/lifecycle.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { splitMarks } from "#src/domain/split-marks.ts";
import type { MessageExtras } from "#views/messages/message-content.ts";
import { nextButton } from "#views/messages/next-button.ts";
import { renderMessage } from "#views/messages/render-message.ts";
import { answerSplitModal } from "#views/modals/answer-split.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { editStrandModal } from "#views/modals/edit-strand.ts";
import { receiptModal } from "#views/modals/receipt.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
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
import { fillForm, submit } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";

const extras: MessageExtras = {
  botCommand: "/incident",
  canFileIssues: true,
  canProposePostmortem: true,
};
const full = attributedState();
const second = strand({ number: 2, name: "Refusals in region eu-1", addedAt: at("11:00") });
const report = (number: number, what: string, facts: Partial<EvidenceItem> = {}) =>
  evidenceItem({
    number,
    kind: "E10",
    what,
    supports: [],
    contradicts: [],
    isVerified: true,
    verifiedBy: people.declarer,
    verifiedAt: at("10:10"),
    data: { isOtherFailure: true },
    ...facts,
  });
const suggested = incidentState({
  answers: layerIds.map((layer) => answer(layer)),
  evidence: [
    evidenceItem(),
    report(2, "It refused to answer at all, three times in a row."),
    report(3, "Half of the answer came in another language.", { slice: { region: ["eu-1"] } }),
  ],
});
const undecided: IncidentState = { ...full, verdicts: [] };
const fallen: IncidentState = {
  ...full,
  rowAnswers: full.rowAnswers.map((row) =>
    row.row === "RD3" ? { ...row, evidenceNumbers: [], revision: 2 } : row,
  ),
};
const small = incidentState({ incident: { severity: "SEV4" } });
const typed = attributedState({
  strands: [
    strand(),
    {
      ...second,
      failureType: "combination",
      failureTypeBy: people.retrieval,
      addedBy: people.model,
    },
  ],
});
const provided = attributedState({
  verdicts: full.verdicts.map((one) =>
    one.verdict === "proximate"
      ? {
          ...one,
          locus: "provider",
          confidence: "suspected",
          approver: people.approver,
          contribution: "The index was rebuilt from a source that had not been refreshed.",
          reason: "The provider keeps no earlier snapshot that could be asked.",
        }
      : one,
  ),
});

const forms: [name: string, view: ModalView][] = [
  ["checklist-split", checklistModal.render({ state: suggested })],
  [
    "checklist-split-strands",
    checklistModal.render({
      state: { ...suggested, strands: [strand(), second] },
    }),
  ],
  ["checklist-press", checklistModal.render({ state: undecided })],
  ["checklist-fallen", checklistModal.render({ state: fallen })],
  ["checklist-small", checklistModal.render({ state: small })],
  ["answer-split", answerSplitModal.render({ state: suggested, strandNumber: 1 })],
  ["answer-split-over", answerSplitModal.render({ state: full, strandNumber: 1 })],
  [
    "set-verdict-early",
    setVerdictModal.render({ state: suggested, strandNumber: 1, layer: "infrastructure" }),
  ],
  ["edit-strand-typed", editStrandModal.render({ state: typed, strandNumber: 2 })],
  [
    "close-incident-fallen",
    closeIncidentModal.render({ state: fallen, missing: closeMissing(fallen) }),
  ],
  [
    "receipt-split",
    receiptModal.render({
      title: "Saved",
      sentence: "Recorded as evidence 2.",
      incidentId: full.incident.id,
      marks: splitMarks(
        incidentState({ strands: [strand(), second] }),
        report(2, "It refused to answer at all.", { strandNumbers: [1, 2] }),
      ),
    }),
  ],
];

test.each(forms)("the form %s reads as in its golden file", (name, view) => {
  expect(modalFaults(view as never)).toEqual([]);
  expectGolden(`views/modal-${name}`, view);
});

test.each([
  ["strand-typed", { kind: "strand", strandNumber: 2 }, typed],
  ["verdict-provider", { kind: "verdict", strandNumber: 1, layer: "retrieval_data" }, provided],
  ["panel-split", { kind: "panel" }, suggested],
  ["panel-fallen", { kind: "panel" }, fallen],
] as const)("the message %s reads as in its golden file", (name, ref, state) => {
  const message = renderMessage(ref, state, extras);
  expect(messageFaults(message)).toEqual([]);
  expectGolden(`views/message-${name}`, message);
});

test.each([
  ["a fresh one", incidentState()],
  ["one that may be split", suggested],
  ["one that a press goes on with", undecided],
  ["a small one", small],
])("panel and checklist say the same of %s, and lead to the same form", (_, state) => {
  const view = checklistModal.render({ state });
  const [first] = view.blocks;
  const next = nextButton(state);
  expect(first).toMatchObject({ text: { text: next.sentence } });
  const [button] = buttonsOf(view.blocks as KnownBlock[]);
  expect(button?.action_id).toBe(next.actionId);
});

test("R10: what was filled in of a split comes out of its form, and nameless failures stay", () => {
  const [one] = suggested.strands;
  if (!one) return expect.fail();
  const view = answerSplitModal.render({ state: suggested, strandNumber: 1 });
  expect(fillForm(view)).toMatchObject({
    "symptom:1": "It refused to answer at all, three times in a row.",
    "slice:2": "region: eu-1",
    "evidence:2": ["3"],
  });
  expect(submit(answerSplitModal, view, { answer: "split", "name:2": "Another language" })).toEqual(
    {
      incidentId: 7,
      strandNumber: 1,
      evidenceNumbers: [2, 3],
      isAccepted: true,
      why: null,
      strands: [
        {
          name: "Another language",
          symptom: "Half of the answer came in another language.",
          windowFrom: null,
          slice: { region: ["eu-1"] },
          evidenceNumbers: [3],
          place: 2,
        },
      ],
      // as it stands: nothing was changed in the fields of what stays
      stays: { name: one.name, symptom: one.symptom, windowFrom: one.windowFrom, slice: one.slice },
    },
  );
  expect(submit(answerSplitModal, view, { answer: "one", why: "the same trace" })).toMatchObject({
    isAccepted: false,
    why: "the same trace",
    strands: [],
  });
});

test("R10: a split without a name, one failure without a reason, and a wrong slice are told at their fields", () => {
  const view = answerSplitModal.render({ state: suggested, strandNumber: 1 });
  const errors = (values: Record<string, string>) => submit(answerSplitModal, view, values);
  expect(errors({ answer: "split" })).toMatchObject({ errors: { "name:1": expect.any(String) } });
  expect(errors({ answer: "one" })).toMatchObject({ errors: { why: expect.any(String) } });
  expect(errors({ answer: "split", "name:1": "Refusals", "slice:1": "eu-1" })).toMatchObject({
    errors: { "slice:1": expect.stringContaining("one line") },
  });
  expect(errors({})).toMatchObject({ errors: { answer: expect.any(String) } });
});

test("at most four failures are asked for in one form, and every item that differs is in its hint", () => {
  const reports = Array.from({ length: 9 }, (_, index) =>
    report(index + 1, `failure ${index + 1}`),
  );
  const view = answerSplitModal.render({
    state: incidentState({ evidence: reports }),
    strandNumber: 1,
  });
  expect(modalFaults(view as never)).toEqual([]);
  const names = view.blocks.flatMap(({ block_id: id }) => (id?.startsWith("name:") ? [id] : []));
  expect(names).toEqual(["name:1", "name:2", "name:3", "name:4", "name:0"]);
  const read = submit(answerSplitModal, view, { answer: "one", why: "the same" });
  expect(read).toMatchObject({ evidenceNumbers: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
});

test.each(["x", "﷽", "<!channel> "])(
  "three hundred reports of %s that differ, and a hundred strands, stay within Slack's limits",
  (piece) => {
    const state = fullestState(piece);
    const evidence = state.evidence.map((one) => ({
      ...one,
      kind: "E10" as const,
      isVerified: true,
      data: { isOtherFailure: true },
    }));
    const strands = state.strands.map((one) => ({ ...one, slice: {} }));
    for (const severity of ["SEV1", "SEV4"] as const) {
      const incident = { ...state.incident, severity };
      const answers = state.answers.map((one) => ({ ...one, change: "no_change" as const }));
      const crowded = { ...state, incident, evidence, strands, answers, verdicts: [] };
      const views = [
        checklistModal.render({ state: crowded, page: 2 }),
        checklistModal.render({ state: { ...crowded, evidence: state.evidence }, page: 2 }),
        answerSplitModal.render({ state: crowded, strandNumber: 60 }),
        setVerdictModal.render({ state: crowded, strandNumber: 60, layer: "model" }),
      ];
      for (const view of views) expect(modalFaults(view as never)).toEqual([]);
      expect(messageFaults(renderMessage({ kind: "panel" }, crowded, extras))).toEqual([]);
    }
  },
);

function buttonsOf(blocks: readonly KnownBlock[]): { action_id: string }[] {
  return blocks.flatMap((block) =>
    block.type === "actions" ? (block.elements as { action_id: string }[]) : [],
  );
}
