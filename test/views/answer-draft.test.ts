// Goal: an owner's form opens with what the ledger holds of the layer, as a draft and never as an answer.
// Method: forms drawn for states with changes and marks, filled in and handed in; goldens of one layer and of several.

import { expect, test } from "vitest";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import type { IncidentChange } from "#src/domain/ledger/incident-change.ts";
import type { UserId } from "#src/domain/person.ts";
import { modalFaults } from "#test/support/block-kit-limits.ts";
import { answer, at, incidentState, people } from "#test/support/factories.ts";
import { fillForm, submit } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";
import { declaredChange, ledgerChange } from "#test/support/versions.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";

const presser = people.model;
const state = incidentState({
  ledgerChanges: [kept(1, ledgerChange()), kept(2, declaredChange({ layer: "model" }))],
  sourceMarks: [
    {
      layer: "infrastructure",
      fromAt: new Date("2026-03-01T00:00:00Z"),
      toAt: at("10:00"),
      source: "Deploy log",
      markedBy: people.infrastructure,
      markedAt: at("09:30"),
    },
  ],
});

function kept(number: number, change: ReturnType<typeof ledgerChange>): IncidentChange {
  const { at: happenedAt, until: untilAt, seen, ...rest } = change;
  const seenRequests = seen?.requests ?? null;
  return {
    ...rest,
    number,
    happenedAt,
    untilAt,
    seenRequests,
    ofRequests: seen?.of ?? null,
    foundAt: at("09:30"),
    intervalId: null,
    withdrawnAt: null,
  };
}

function formOf(one: IncidentState, layers: readonly LayerId[]) {
  return answerLayersModal.render({ state: one, layers, presser });
}

test("the form of one layer that changed begins with “It changed” and with what changed, as a draft", () => {
  const view = formOf(state, ["model"]);
  expect(modalFaults({ ...view })).toEqual([]);
  expectGolden("views/modal-answer-drafted", view);
  expect(submit(answerLayersModal, view, {})).toMatchObject({
    answers: [
      {
        change: "changed",
        sentence:
          "Model that answers: gpt-4o-03-27 → gpt-4o-04-25 (2026-03-08 16:20 UTC, not declared); Index rebuilt from the nightly export (2026-03-08 22:00 UTC)",
        seen: "-",
      },
    ],
  });
});

test("whoever answers otherwise than the draft does not say its sentence", () => {
  const view = formOf(state, ["model"]);
  const sentenceOf = (typed: Record<string, string>) =>
    submit(answerLayersModal, view, typed) as { answers: { sentence: string | null }[] };
  expect(sentenceOf({ "change:model": "no_change" }).answers[0]?.sentence).toBe(null);
  expect(sentenceOf({ "change:model": "degraded" }).answers[0]?.sentence).toMatch(/not declared/);
  const own = { "change:model": "no_change", "sentence:model": "The rollout never reached us" };
  expect(sentenceOf(own).answers[0]?.sentence).toBe("The rollout never reached us");
});

test("in a form of several layers nothing is chosen beforehand, so that no layer is answered by the way", () => {
  const view = formOf(state, layerIds);
  expect(modalFaults({ ...view })).toEqual([]);
  expectGolden("views/modal-answer-drafted-several", view);
  expect(submit(answerLayersModal, view, { "change:infrastructure": "no_change" })).toMatchObject({
    answers: [{ layer: "infrastructure", change: "no_change", isSourceComplete: true }],
  });
});

test("R4: a complete record is proposed for its layer alone, and not once the window goes back further", () => {
  const certainty = (one: IncidentState) =>
    fillForm(formOf(one, ["infrastructure"]))["certainty:infrastructure"];
  expect(certainty(state)).toEqual(["source_complete"]);
  const scanFrom = new Date("2026-02-20T00:00:00Z");
  const widened = { ...state, incident: { ...state.incident, scanFrom } };
  expect(certainty(widened)).toEqual([]);
});

test("a record that a machine marked as complete is told by the name it sent, which notifies nobody", () => {
  const [mark] = state.sourceMarks;
  const sourceMarks = [{ ...mark!, markedBy: "platform> <!channel" as UserId }];
  const text = JSON.stringify(formOf({ ...state, sourceMarks }, ["infrastructure"]));
  expect(text).toContain(
    "platform&gt; &lt;!channel marked its change record as complete for the window: Deploy log",
  );
});

test("an answer that stands is shown as it was given, with what the ledger holds beside it", () => {
  const given = answer("model", { change: "no_change", sentence: "Nothing was touched" });
  const view = formOf({ ...state, answers: [given] }, ["model"]);
  expect(fillForm(view)).toMatchObject({
    "change:model": "no_change",
    "sentence:model": "Nothing was touched",
  });
  expect(JSON.stringify(view)).toContain(
    "The ledger holds 2 changes of this layer in the window: ",
  );
});

test("of a service that the ledger knows nothing about, the form says nothing of it", () => {
  expect(JSON.stringify(formOf(incidentState(), ["model"]))).not.toContain("ledger");
});

test("a version difference and a change log are recorded beside what the ledger holds", () => {
  const form = (kind: "E1" | "E2" | "E3") =>
    JSON.stringify(addEvidenceModal.render({ state, presser, kind }));
  expect(form("E1")).toContain("The ledger holds of the window: Model that answers");
  expect(form("E2")).toContain("The ledger holds of the window: Model that answers");
  expect(form("E3")).not.toContain("The ledger holds");
});
