// Goal: what must be cleared before a layer may be named is cleared by evidence of its kind (B3.3), which refuses as R5.
// Method: the whole proof of each layer without one of its clears, and what stands in for it.

import { expect, test } from "vitest";
import { confidenceEarned } from "#src/domain/attribution/confidence-earned.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { answer, answersExcept, item, rowAnswer, user, verdict } from "#test/domain/fixtures.ts";
import {
  arm,
  claim,
  claimable,
  clears,
  noDifference,
  replay,
  support,
} from "#test/domain/proof.ts";

const numbered = (items: EvidenceItem[]) => items.map((one, at) => ({ ...one, number: at + 1 }));
const lacks = (layer: LayerId, state: IncidentState, facts: Parameters<typeof claim>[1] = {}) =>
  confidenceEarned(state, claim(layer, facts))?.missing;
const of = (layer: LayerId, kind: EvidenceItem["kind"]) => item(1, { kind, supports: [layer] });

const needs = layerIds.flatMap((layer) =>
  layers[layer].needs.clears.map((need, at) => ({ layer, at, other: need.layers[0] ?? layer })),
);
const without = (layer: LayerId, at: number) => clears(layer).filter((_, index) => index !== at);
const bare = (layer: LayerId, at: number, more: EvidenceItem[] = []) =>
  claimable(
    layer,
    {},
    {
      evidence: numbered([...support(layer), ...without(layer, at), ...more]),
    },
  );

test.each(needs)(
  "R5, B3.3: $layer is not named without what clears $other",
  ({ layer, at, other }) => {
    const refusal = confidenceEarned(bare(layer, at), claim(layer));
    expect(refusal?.missing).toEqual([other]);
    expect(refusal?.sentence).toContain(layers[layer].needs.clears[at]?.words);
  },
);

test.each(needs)(
  "R5, B3.3: $other is cleared by being not applicable with a reason, and not without one ($layer)",
  ({ layer, at, other }) => {
    const state = bare(layer, at);
    const said = (sentence: string | null) => ({
      ...state,
      answers: [...answersExcept(other), answer(other, { change: "not_applicable", sentence })],
    });
    expect(lacks(layer, said("we have no such thing"))).toBeUndefined();
    expect(lacks(layer, said(null))).toEqual([other]);
    expect(lacks(layer, said(" "))).toEqual([other]);
    const decided = (reason: string | null) => ({
      ...state,
      verdicts: [verdict(other, { verdict: "not_applicable", confidence: null, reason })],
    });
    expect(lacks(layer, decided("we have no such thing"))).toBeUndefined();
    expect(lacks(layer, decided(null))).toEqual([other]);
  },
);

test.each(needs)(
  "R5, B3.3: the verdict 'ruled out' alone does not stand for an item ($layer, $other)",
  ({ layer, at, other }) => {
    const verdicts = [verdict(other, { verdict: "cleared", confidence: null })];
    expect(lacks(layer, { ...bare(layer, at), verdicts })).toEqual([other]);
  },
);

test("R5, B3.3: an item of another kind does not clear", () => {
  const trace = item(1, { kind: "E3", clears: ["model"] });
  expect(lacks("infrastructure", bare("infrastructure", 0, [trace]))).toEqual(["model"]);
});

test("R5, B3.3: an item that the layer's answer cites clears it", () => {
  const state = bare("infrastructure", 0, [item(1, { kind: "E1" })]);
  const number = state.evidence.length;
  const answers = [...answersExcept("model"), answer("model", { evidenceNumbers: [number] })];
  expect(lacks("infrastructure", state)).toEqual(["model"]);
  expect(lacks("infrastructure", { ...state, answers })).toBeUndefined();
});

test("R5, B3.3: an item that a row asking about it cites clears it, whatever layer the row was asked for (B13.6)", () => {
  const state = bare("infrastructure", 0, [item(1, { kind: "E1" })]);
  const cites = { evidenceNumbers: [state.evidence.length] };
  for (const row of [rowAnswer("infrastructure", "IN1", cites), rowAnswer("model", "M9", cites)]) {
    const others = state.rowAnswers.filter((one) => one.row !== row.row);
    const cited = { ...state, rowAnswers: [...others, row] };
    expect(lacks("infrastructure", cited)).toBeUndefined();
  }
  const other = rowAnswer("model", "M7", cites);
  expect(lacks("infrastructure", { ...state, rowAnswers: [...state.rowAnswers, other] })).toEqual([
    "model",
  ]);
});

test("R5, B3.3: model or prompt will do for orchestration", () => {
  const trace = item(1, { kind: "E3", clears: ["prompt_policy"] });
  expect(lacks("orchestration_tools", bare("orchestration_tools", 0))).toEqual(["model"]);
  expect(lacks("orchestration_tools", bare("orchestration_tools", 0, [trace]))).toBeUndefined();
});

test("R5, B3.3: a replay clears only a layer that it has an arm of", () => {
  const run = (arms: ReturnType<typeof replay>) =>
    item(1, { kind: "E4", clears: ["retrieval_data"], data: { arms } });
  expect(lacks("model", bare("model", 0, [run(noDifference("infrastructure"))]))).toEqual([
    "retrieval_data",
  ]);
  expect(lacks("model", bare("model", 0, [run(noDifference("retrieval_data"))]))).toBeUndefined();
});

test.each<[string, EvidenceItem]>([
  [
    "a replay in which it recovers",
    item(1, {
      kind: "E4",
      clears: ["retrieval_data"],
      data: { arms: replay("retrieval_data") },
    }),
  ],
  [
    "a mitigation",
    item(1, {
      kind: "E4",
      clears: ["retrieval_data"],
      data: { arms: [arm("baseline", [], 10), arm("mitigation", ["retrieval_data"], 10)] },
    }),
  ],
  [
    "a replay that supports it",
    item(1, {
      kind: "E4",
      supports: ["retrieval_data"],
      clears: ["retrieval_data"],
      data: { arms: noDifference("retrieval_data") },
    }),
  ],
])("R5, B3.3: %s does not clear a layer, nor does an answer that cites it", (_, replayed) => {
  const state = bare("model", 0, [replayed]);
  expect(lacks("model", state)).toEqual(["retrieval_data"]);
  const cites = answer("retrieval_data", { evidenceNumbers: [state.evidence.length] });
  const answers = [...answersExcept("retrieval_data"), cites];
  expect(lacks("model", { ...state, answers })).toEqual(["retrieval_data"]);
});

test("R5, B13.1: an item of a slice that does not cover the claim does not clear", () => {
  const eu = item(1, { kind: "E1", clears: ["model"], slice: { region: ["eu"] } });
  const state = bare("infrastructure", 0, [eu]);
  expect(lacks("infrastructure", state)).toEqual(["model"]);
  expect(lacks("infrastructure", state, { scope: { region: ["eu"] } })).toBeUndefined();
});

test("R5, B3.3: a claim by two supporting items needs the clears too", () => {
  const two = { confidence: "suspected", approver: user("U-approver") } as const;
  const evidence = numbered([of("infrastructure", "E8"), of("infrastructure", "E3")]);
  const state = claimable("infrastructure", {}, { evidence });
  expect(lacks("infrastructure", state, two)).toEqual(["model", "prompt_policy", "retrieval_data"]);
});
