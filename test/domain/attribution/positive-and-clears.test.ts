// Goal: each layer has the positive evidence of the table (B3.3), which refuses as R5.
// Method: the whole proof of each layer with one part of it taken out, replaced, or cited instead.

import { describe, expect, test } from "vitest";
import { confidenceEarned } from "#src/domain/attribution/confidence-earned.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { allRows, answer, answersExcept, item, user, verdict } from "#test/domain/fixtures.ts";
import { arm, claim, claimable, clears, replay, support } from "#test/domain/proof.ts";

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
const onlyTogether = (one: LayerId, other: LayerId) => [
  arm("baseline", [], 10),
  arm("override", [one], 10),
  arm("override", [other], 10),
  arm("all_lkg", [], 0),
];
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
      "a vendor's statement and rates by something else",
      [of("model", "E8"), of("model", "E5", { cohorts: groups, splitBy: "other" }), sameMistake],
      false,
    ],
    [
      "model",
      "rates by response model without a statement",
      [of("model", "E5", { cohorts: groups, splitBy: "response_model" }), sameMistake],
      false,
    ],
    [
      "model",
      "a replay in which only all together recover",
      [of("model", "E4", { arms: onlyTogether("model", "prompt_policy") }), sameMistake],
      false,
    ],
    [
      "model",
      "a replay in which it recovers with another, and neither alone",
      [
        of("model", "E4", {
          arms: [
            ...onlyTogether("model", "prompt_policy"),
            arm("override", ["model", "prompt_policy"], 0),
          ],
        }),
        sameMistake,
      ],
      true,
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
      "rates by something else",
      [of("retrieval_data", "E5", { cohorts: groups, splitBy: "other" })],
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
    [
      "orchestration_tools",
      "a trace, a reproducer and a version difference",
      [
        of("orchestration_tools", "E3"),
        of("orchestration_tools", "E1"),
        of("orchestration_tools", "E4", { arms: onlyTogether("orchestration_tools", "model") }),
      ],
      false,
    ],
    ...(["E1", "E2"] as const).map((kind): [LayerId, string, EvidenceItem[], boolean] => [
      "orchestration_tools",
      `a trace and the permission, by ${kind}`,
      [
        of("orchestration_tools", "E3"),
        of("orchestration_tools", kind, { isPermission: true }),
        of("orchestration_tools", "E4", { arms: onlyTogether("orchestration_tools", "model") }),
      ],
      true,
    ]),
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
      "rates by something that nobody named",
      [of("infrastructure", "E5", { cohorts: groups })],
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

test.each<[LayerId, "pool" | "region" | "response_model"]>([
  ["model", "pool"],
  ["retrieval_data", "region"],
  ["infrastructure", "response_model"],
])(
  "R5, B3.3, B13.8: nothing decisive supports %s where the rates are split by %s",
  (layer, splitBy) => {
    expect(lacks(layer, on(layer, [of(layer, "E5", { cohorts: groups, splitBy })]))).toContain(
      "decisive_item",
    );
  },
);

test("R5, B13.8: rates of a series whose groups belong to another layer are none by its version", () => {
  const windows = [false, true, false].map((isChangeIn, at) => ({
    from: `2026-03-0${at + 1}T00:00:00Z`,
    to: `2026-03-0${at + 2}T00:00:00Z`,
    slice: {},
    isChangeIn,
    n: 1_000,
    fails: isChangeIn ? 60 : 0,
  }));
  const rates = (splitBy: "pool" | "index_version" | "other") =>
    on("retrieval_data", [
      of("retrieval_data", "E5", { cohorts: groups, splitBy, series: windows }),
    ]);
  expect(lacks("retrieval_data", rates("index_version"))).toBeUndefined();
  expect(lacks("retrieval_data", rates("other"))).toBeUndefined();
  expect(lacks("retrieval_data", rates("pool"))).toEqual(["decisive_item"]);
});

test("R5, B3.3: a rendered prompt that differs from the intended one is a version difference with a trace on record", () => {
  const items = [of("integration_ui", "E1"), of("integration_ui", "E7")];
  const na = ["model", "retrieval_data"] as const;
  const evidence = numbered(items);
  const answers = [
    ...answersExcept(...na),
    ...na.map((layer) => answer(layer, { change: "not_applicable", sentence: "we have none" })),
  ];
  const state = (more: EvidenceItem[]) =>
    claimable("integration_ui", {}, { evidence: numbered([...evidence, ...more]), answers });
  expect(lacks("integration_ui", state([]))).toEqual(["positive_evidence"]);
  expect(lacks("integration_ui", state([item(1, { kind: "E3" })]))).toBeUndefined();
  const against = item(1, { kind: "E3", contradicts: ["integration_ui"] });
  expect(lacks("integration_ui", state([against]))).toEqual(["positive_evidence"]);
});

test("R5, B3.3: a decisive item is none of the two kinds that carry a claim beside it", () => {
  const two = { confidence: "suspected", approver: user("U-approver") } as const;
  const contract = of("prompt_policy", "E7");
  const one = on("prompt_policy", [of("prompt_policy", "E8"), contract]);
  expect(lacks("prompt_policy", one, two)).toEqual(["positive_evidence"]);
  const kinds = on("prompt_policy", [
    of("prompt_policy", "E8"),
    of("prompt_policy", "E9"),
    contract,
  ]);
  expect(lacks("prompt_policy", kinds, two)).toBeUndefined();
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

  test("R5, B3.3: where no other version can be called, something decisive replaces neither the second kind nor the approver", () => {
    const rates = of("model", "E5", {
      cohorts: groups,
      splitBy: "response_model",
      inputCount: 3,
    });
    const alone = on("model", [rates], { rowAnswers: noOther });
    expect(lacks("model", alone, suspected)).toEqual(["positive_evidence"]);
    expect(lacks("model", alone, { ...suspected, approver: null })).toEqual([
      "positive_evidence",
      "approver",
    ]);
    const second = on("model", [rates, of("model", "E8")], { rowAnswers: noOther });
    expect(lacks("model", second, suspected)).toBeUndefined();
    expect(lacks("model", second, { ...suspected, approver: null })).toEqual(["approver"]);
    const nothing = on("model", [of("model", "E7")], { rowAnswers: noOther });
    expect(lacks("model", nothing, { ...suspected, approver: null })).toEqual([
      "positive_evidence",
      "same_mistake",
      "approver",
    ]);
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
