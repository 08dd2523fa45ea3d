// Goal: each layer has the positive evidence and the mandatory clears of the table (B3.3), which refuse as R5.
// Method: the whole proof of each layer with one part of it taken out, replaced, or cited instead.

import { describe, expect, test } from "vitest";
import { confidenceEarned } from "#src/domain/attribution/confidence-earned.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import {
  allRows,
  answer,
  answersExcept,
  item,
  rowAnswer,
  user,
  verdict,
} from "#test/domain/fixtures.ts";
import { claim, claimable, clears, noDifference, replay, support } from "#test/domain/proof.ts";

const numbered = (items: EvidenceItem[]) => items.map((one, at) => ({ ...one, number: at + 1 }));
const on = (layer: LayerId, items: EvidenceItem[], facts: Partial<IncidentState> = {}) =>
  claimable(layer, {}, { evidence: numbered([...items, ...clears(layer)]), ...facts });
const lacks = (layer: LayerId, state: IncidentState, facts: Parameters<typeof claim>[1] = {}) =>
  confidenceEarned(state, claim(layer, facts))?.missing;

const groups = [
  { group: "a", n: 200, fails: 80 },
  { group: "b", n: 200, fails: 4 },
];
const of = (layer: LayerId, kind: EvidenceItem["kind"], data: EvidenceItem["data"] = {}) =>
  item(1, { kind, data, supports: [layer] });
const sameMistake = of("model", "E6", { inputCount: 3 });
const ablation = [
  { group: "brevity", hasChange: true, n: 200, fails: 80 },
  { group: "brevity", hasChange: false, n: 200, fails: 4 },
];

describe("positive evidence", () => {
  const rows: [LayerId, string, EvidenceItem[], boolean][] = [
    [
      "model",
      "a vendor's statement and rates by response model",
      [
        of("model", "E8"),
        of("model", "E5", { cohorts: groups, splitBy: "response_model" }),
        sameMistake,
      ],
      true,
    ],
    [
      "model",
      "a vendor's statement and rates by pool",
      [of("model", "E8"), of("model", "E5", { cohorts: groups, splitBy: "pool" }), sameMistake],
      false,
    ],
    [
      "model",
      "rates by response model without a statement",
      [of("model", "E5", { cohorts: groups, splitBy: "response_model" }), sameMistake],
      false,
    ],
    ["model", "a reproducer", [of("model", "E7"), sameMistake], false],
    [
      "retrieval_data",
      "a trace and a content check",
      [of("retrieval_data", "E3"), of("retrieval_data", "E9"), of("retrieval_data", "E7")],
      true,
    ],
    [
      "retrieval_data",
      "a trace alone",
      [of("retrieval_data", "E3"), of("retrieval_data", "E7")],
      false,
    ],
    [
      "retrieval_data",
      "rates by index version",
      [of("retrieval_data", "E5", { cohorts: groups, splitBy: "index_version" })],
      true,
    ],
    [
      "retrieval_data",
      "rates by region",
      [of("retrieval_data", "E5", { cohorts: groups, splitBy: "region" })],
      false,
    ],
    [
      "prompt_policy",
      "a replay alone",
      [of("prompt_policy", "E4", { arms: replay("prompt_policy") })],
      false,
    ],
    ["prompt_policy", "an ablation of its lines", [of("prompt_policy", "E6", { ablation })], true],
    [
      "orchestration_tools",
      "a trace and a failing contract test",
      [of("orchestration_tools", "E3"), of("orchestration_tools", "E7")],
      true,
    ],
    [
      "orchestration_tools",
      "a contract test without a trace",
      [of("orchestration_tools", "E7")],
      false,
    ],
    ["integration_ui", "a trace", [of("integration_ui", "E3"), of("integration_ui", "E7")], true],
    ["integration_ui", "a contract test alone", [of("integration_ui", "E7")], false],
    [
      "infrastructure",
      "rates by pool",
      [of("infrastructure", "E5", { cohorts: groups, splitBy: "pool" })],
      true,
    ],
    [
      "infrastructure",
      "rates by hour",
      [of("infrastructure", "E5", { cohorts: groups, splitBy: "hour" })],
      true,
    ],
    [
      "infrastructure",
      "rates by response model",
      [of("infrastructure", "E5", { cohorts: groups, splitBy: "response_model" })],
      false,
    ],
    ["infrastructure", "a reproducer on the stack", [of("infrastructure", "E7")], true],
  ];
  const cases = rows.map(([layer, on, items, isEnough]) => ({
    layer,
    on,
    items,
    outcome: isEnough ? "enough" : "not enough",
  }));

  test.each(cases)("R5, B3.3, B13.8: $layer on $on: $outcome", ({ layer, items, outcome }) => {
    const isEnough = outcome === "enough";
    const refusal = confidenceEarned(on(layer, items), claim(layer));
    expect(refusal?.missing).toEqual(isEnough ? undefined : ["positive_evidence"]);
    if (!isEnough) expect(refusal?.sentence).toContain(layers[layer].needs.positiveWords);
  });

  test("R5, B3.3: a claim on two supporting items and an approver is not asked for it, except of the model", () => {
    const two = { confidence: "suspected", approver: user("U-approver") } as const;
    const items = (layer: LayerId) => [of(layer, "E8"), of(layer, "E6", { inputCount: 3 })];
    for (const layer of layerIds) {
      expect([layer, lacks(layer, on(layer, items(layer)), two)]).toEqual([
        layer,
        layer === "model" ? ["positive_evidence"] : undefined,
      ]);
    }
  });
});

test("R5, B3.3: a decisive item without the rest of the positive evidence takes nothing from two supporting items", () => {
  const two = { confidence: "suspected", approver: user("U-approver") } as const;
  const items = [of("prompt_policy", "E8"), of("prompt_policy", "E3")];
  expect(lacks("prompt_policy", on("prompt_policy", items), two)).toBeUndefined();
  const more = on("prompt_policy", [...items, of("prompt_policy", "E7")]);
  expect(lacks("prompt_policy", more, two)).toBeUndefined();
  expect(lacks("prompt_policy", more, { ...two, approver: null })).toEqual(["positive_evidence"]);
  expect(lacks("prompt_policy", more, { ...two, confidence: "confirmed" })).toEqual([
    "two_way_demonstration",
    "positive_evidence",
  ]);
});

describe("the model", () => {
  const recovering = of("model", "E4", { arms: replay("model") });

  test.each<[string, boolean, EvidenceItem]>([
    ["an evaluation over three inputs", true, sameMistake],
    ["failure rates over three inputs", true, of("model", "E5", { inputCount: 3 })],
    ["an evaluation over two", false, of("model", "E6", { inputCount: 2 })],
    ["an evaluation that does not say", false, of("model", "E6")],
    ["a trace that says three", false, of("model", "E3", { inputCount: 3 })],
  ])(
    "R5, B3.3, B13.8: the same mistake over three unrelated inputs: %s: %s",
    (_, isEnough, one) => {
      const state = on("model", [recovering, one]);
      expect(lacks("model", state)).toEqual(isEnough ? undefined : ["same_mistake"]);
    },
  );

  const noOther = allRows("model").map((row) =>
    row.row === "M10" ? { ...row, reading: "no_other_version" as const, evidenceNumbers: [] } : row,
  );
  const suspected = { confidence: "suspected", approver: user("U-approver") } as const;

  test("R5, B3.3, B13.8: where no other version can be called, the same mistake with a second kind and an approver carry suspected", () => {
    const state = on("model", [sameMistake, of("model", "E8")], { rowAnswers: noOther });
    expect(checkClaim(state, claim("model", suspected))).toBeUndefined();
    expect(lacks("model", state, { ...suspected, approver: null })).toEqual(["approver"]);
  });

  test.each(["probable", "confirmed"] as const)(
    "R5, B13.8: and no more than suspected: %s asks for its row",
    (confidence) => {
      const state = on("model", support("model", { confidence: "confirmed" }), {
        rowAnswers: noOther,
      });
      expect(lacks("model", state, { confidence })).toEqual(["M10"]);
    },
  );

  test("R5, B3.3: what is missing is asked for at once, not one after the other", () => {
    expect(lacks("model", on("model", [of("model", "E7")]))).toEqual([
      "positive_evidence",
      "same_mistake",
    ]);
    const probable = on("model", [of("model", "E7")], { rowAnswers: noOther });
    expect(lacks("model", probable)).toEqual(["M10", "positive_evidence", "same_mistake"]);
  });

  test("R5, B3.3: without the second kind, or without the same mistake, it is not suspected either", () => {
    const alone = on("model", [sameMistake], { rowAnswers: noOther });
    expect(lacks("model", alone, suspected)).toEqual(["decisive_item", "positive_evidence"]);
    const other = on("model", [of("model", "E8"), of("model", "E3")], { rowAnswers: noOther });
    expect(lacks("model", other, suspected)).toEqual(["same_mistake"]);
  });

  test("R5, B3.3: 'everything else is ruled out' is no evidence against the model", () => {
    const verdicts = layerIds
      .filter((layer) => layer !== "model")
      .map((layer) => verdict(layer, { verdict: "cleared", confidence: null }));
    const refusal = checkClaim(on("model", [], { verdicts }), claim("model"));
    expect(refusal?.rules).toEqual(["R5"]);
    expect([refusal?.sentence, ...(refusal?.more ?? [])].join(" ")).toMatch(/decisive/);
  });

  test("R5, B3.3: a release date and a vendor's notice do not make it guilty", () => {
    const items = [of("model", "E2"), of("model", "E8"), sameMistake];
    expect(lacks("model", on("model", items))?.slice(0, 1)).toEqual(["approver"]);
    expect(lacks("model", on("model", items))).toContain("positive_evidence");
  });
});

describe("mandatory clears", () => {
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
    for (const row of [
      rowAnswer("infrastructure", "IN1", cites),
      rowAnswer("model", "M9", cites),
    ]) {
      const others = state.rowAnswers.filter((one) => one.row !== row.row);
      const cited = { ...state, rowAnswers: [...others, row] };
      expect(lacks("infrastructure", cited)).toBeUndefined();
    }
    const other = rowAnswer("model", "M7", cites);
    expect(lacks("infrastructure", { ...state, rowAnswers: [...state.rowAnswers, other] })).toEqual(
      ["model"],
    );
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
    expect(lacks("infrastructure", state, two)).toEqual([
      "model",
      "prompt_policy",
      "retrieval_data",
    ]);
  });
});
