// Goal: whatever an incident holds, Slack takes what we send, and a form gives back what was put into it.
// Method: fast-check over any state and any input, against the limits of Slack's documents.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { MessageRef } from "#src/domain/effect.ts";
import type { IncidentId, IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { closeMissing } from "#src/domain/lifecycle.ts";
import { levers, leverIds } from "#src/domain/lever.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { renderHelp } from "#views/messages/help.ts";
import { renderList } from "#views/messages/list.ts";
import { renderPickIncident } from "#views/messages/pick-incident.ts";
import { renderMessage } from "#views/messages/render-message.ts";
import { renderStatus } from "#views/messages/status.ts";
import { addActionModal } from "#views/modals/add-action.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { answerRowsModal } from "#views/modals/answer-rows.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { declareIncidentModal } from "#views/modals/declare-incident.ts";
import { endLeverModal } from "#views/modals/end-lever.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import { anyState, anyText, fullestState } from "#test/support/any-incident.ts";
import { messageFaults, modalFaults } from "#test/support/block-kit-limits.ts";
import { evidenceItem, incidentState, people, rowAnswer } from "#test/support/factories.ts";
import { fillForm } from "#test/support/fill-form.ts";

const presser = people.coordinator;
const runs = { numRuns: 60 };

test("every message about any incident stays within Slack's limits and mentions nobody on a person's behalf", () => {
  fc.assert(
    fc.property(anyState, fc.boolean(), anyText(1000), (state, hasGitHub, reason) => {
      expectMessagesWithinLimits(state, hasGitHub, reason);
    }),
    runs,
  );
});

test("every form about any incident stays within Slack's limits", () => {
  fc.assert(
    fc.property(anyState, anyText(300), (state, text) => expectFormsWithinLimits(state, text)),
    runs,
  );
});

test.each(["x", "&", "😀", "﷽", "<!channel> "])(
  "the fullest incident there can be, all of %s, stays within Slack's limits",
  (piece) => {
    for (const status of ["open", "closed"] as const) {
      const state = fullestState(piece, status);
      expectMessagesWithinLimits(state, false, piece.repeat(500));
      expectFormsWithinLimits(state, piece.repeat(60));
    }
  },
);

function expectMessagesWithinLimits(
  state: IncidentState,
  hasGitHub: boolean,
  reason: string,
): void {
  const extras = {
    botCommand: "/incident",
    canFileIssues: hasGitHub,
    canProposePostmortem: hasGitHub,
    trouble: { what: reason, reason },
  };
  for (const ref of refsOf(state)) {
    const faults = messageFaults(renderMessage(ref, state, extras));
    expect({ ref, faults }).toEqual({ ref, faults: [] });
  }
  const settings = { isGitHubConfigured: hasGitHub, canProposePostmortem: hasGitHub };
  expect(messageFaults(renderStatus(state, settings))).toEqual([]);
  const many = Array.from({ length: 120 }, (_, index) => ({
    ...state.incident,
    id: (index + 1) as IncidentId,
  }));
  expect(messageFaults(renderList(many, "/incident"))).toEqual([]);
  expect(messageFaults(renderPickIncident(many, "evidence"))).toEqual([]);
}

function expectFormsWithinLimits(state: IncidentState, text: string): void {
  const refusal = {
    rules: ["R1", "R9"],
    missing: Array.from({ length: 90 }, (_, index) => `LV${index}`),
    sentence: text,
    more: Array.from({ length: 30 }, () => text),
  };
  const missing = closeMissing(state);
  const views = [
    declareIncidentModal.render({ title: text, services: servicesOf(text), isDrill: true }),
    answerLayersModal.render({ state, layers: layerIds, presser }),
    addEvidenceModal.render({ state, presser, what: text }),
    ...leverIds.map((lever) => stabilizeModal.render({ state, lever, values: { tradeoff: text } })),
    ...state.levers.map(({ number }) =>
      endLeverModal.render({ state, leverNumber: number, presser }),
    ),
    ...layerIds.map((claimedLayer) =>
      answerRowsModal.render({ state, strandNumber: 1, claimedLayer, presser }),
    ),
    setVerdictModal.render({
      state,
      strandNumber: 1,
      layer: null,
      refusal,
      values: { contribution: text },
    }),
    addActionModal.render({ state, layer: null, title: text }),
    closeIncidentModal.render({ state, missing, refusal }),
    closeIncidentModal.render({ state, missing }),
    checklistModal.render({ state }),
  ];
  for (const view of views) {
    const form = view.callback_id;
    expect({ form, faults: modalFaults(view as never) }).toEqual({ form, faults: [] });
  }
}

test("help stays within Slack's limits, however much there is to say", () => {
  fc.assert(
    fc.property(anyText(200), anyText(300), (usage, summary) => {
      const entries = Array.from({ length: 40 }, () => ({ usage, summary }));
      expect(
        messageFaults(renderHelp(entries, "/incident", { unknown: usage, nearest: undefined })),
      ).toEqual([]);
    }),
    runs,
  );
});

test("what is put into the form for evidence comes out of it", () => {
  const item = fc.record({
    kind: fc.constantFrom(...(Object.keys(evidenceKinds) as (keyof typeof evidenceKinds)[])),
    what: anyText(3000),
    supports: fc.subarray(layerIds),
    contradicts: fc.subarray(layerIds),
    clears: fc.subarray(layerIds),
    author: fc.constantFrom(...Object.values(people)),
  });
  fc.assert(
    fc.property(item, (typed) => {
      const view = addEvidenceModal.render({ state: incidentState(), presser });
      const parsed = addEvidenceModal.parse(fillForm(view, typed), view.private_metadata ?? "");
      expect(parsed).toEqual({
        ok: true,
        value: { ...typed, incidentId: 7, strandNumbers: null, link: null },
      });
    }),
    runs,
  );
});

test("what is put into the form for a lever comes out of it", () => {
  const use = fc.record({
    lever: fc.constantFrom(...leverIds),
    tradeoff: anyText(3000),
    revertCondition: anyText(3000),
    ownWords: anyText(1000),
    layer: fc.constantFrom(...layerIds),
  });
  fc.assert(
    fc.property(use, ({ lever, ownWords, layer, ...typed }) => {
      const view = stabilizeModal.render({ state: incidentState(), lever });
      const isOther = lever === "other";
      const values = fillForm(view, {
        authorizer: people.business,
        tradeoff: typed.tradeoff,
        revert_condition: typed.revertCondition,
        ...(isOther ? { own_words: ownWords, layer } : {}),
      });
      expect(stabilizeModal.parse(values, view.private_metadata ?? "")).toMatchObject({
        ok: true,
        value: {
          ...typed,
          lever,
          ownWords: isOther ? ownWords : null,
          layer: isOther ? layer : levers[lever].layer,
        },
      });
    }),
    runs,
  );
});

test("answers that stand, handed in again untouched, are the same answers", () => {
  fc.assert(
    fc.property(anyState, (state) => {
      const asked = [...new Set(state.answers.map((one) => one.layer))];
      const [first] = asked;
      if (!first) return;
      const view = answerLayersModal.render({ state, layers: asked, presser });
      const values = fillForm(view);
      const parsed = answerLayersModal.parse(values, view.private_metadata ?? "");
      // a tick that speaks against the answer beside it is refused, never dropped
      if (!parsed.ok) {
        expect(Object.keys(parsed.error).every((id) => id.startsWith("certainty:"))).toBe(true);
        return;
      }
      for (const one of parsed.value.answers) {
        expect(one.change).toBe(values[`change:${one.layer}`]);
        expect(one.sentence).toBe(values[`sentence:${one.layer}`] ?? null);
      }
    }),
    runs,
  );
});

test("opposing rows that stand, handed in again untouched, are the same rows", () => {
  const claimed = fc.constantFrom(...layerIds);
  fc.assert(
    fc.property(claimed, anyText(1000), fc.boolean(), (claimedLayer, sentence, isPointing) => {
      const pointsTo = layerIds.find((layer) => layer !== claimedLayer) as LayerId;
      const rowAnswers = layers[claimedLayer].opposing.map(({ id }) =>
        rowAnswer(id, {
          claimedLayer,
          sentence,
          ...(isPointing ? { reading: "points_to", pointsTo } : {}),
        }),
      );
      const state = incidentState({ evidence: [evidenceItem()], rowAnswers });
      const view = answerRowsModal.render({ state, strandNumber: 1, claimedLayer, presser });
      expect(answerRowsModal.parse(fillForm(view), view.private_metadata ?? "")).toEqual({
        ok: true,
        value: {
          incidentId: 7,
          strandNumber: 1,
          claimedLayer,
          author: presser,
          rows: rowAnswers.map(({ row, reading, pointsTo: layer, evidenceNumbers }) => ({
            row,
            reading,
            pointsTo: layer,
            sentence,
            evidenceNumbers,
          })),
        },
      });
    }),
    runs,
  );
});

test("a verdict that was refused, handed in again untouched, is the same claim", () => {
  fc.assert(
    fc.property(anyText(1000), fc.subarray(["1", "2"]), (contribution, evidence) => {
      const state = incidentState({ evidence: [evidenceItem(), evidenceItem({ number: 2 })] });
      const typed = {
        layer: "model",
        verdict: "proximate",
        confidence: "probable",
        contribution,
        evidence,
        approver: people.approver,
      };
      const first = setVerdictModal.render({ state, strandNumber: 1, layer: null });
      const values = fillForm(first, typed);
      const again = setVerdictModal.render({ state, strandNumber: 1, layer: null, values });
      expect(fillForm(again)).toEqual(values);
    }),
    runs,
  );
});

/** Every message that this incident can have. */
function refsOf(state: IncidentState): MessageRef[] {
  return [
    { kind: "panel" },
    { kind: "announcement" },
    { kind: "evidence-request" },
    { kind: "evidence-request-dm", userId: people.model },
    { kind: "closed" },
    { kind: "trouble", effectId: "e1" },
    ...state.levers.flatMap(({ number: leverNumber }): MessageRef[] => [
      { kind: "lever", leverNumber },
      { kind: "lever-dm", leverNumber, userId: people.business },
    ]),
    ...state.evidence
      .slice(-5)
      .map(({ number }): MessageRef => ({ kind: "evidence", evidenceNumber: number })),
    ...state.actions.map(({ number }): MessageRef => ({ kind: "action", actionNumber: number })),
    ...layerIds.map((layer): MessageRef => ({ kind: "verdict", strandNumber: 1, layer })),
  ];
}

function servicesOf(text: string): { name: string; isDefault: boolean }[] {
  return Array.from({ length: 120 }, (_, index) => ({
    name: `${index} ${text}`,
    isDefault: index === 0,
  }));
}
