// Goal: an item decides, shows both ways, or speaks for a layer at all only where its figures say so.
// Method: one item for each row of B3 and R5 a to d, from the scenarios, and each made to fail in turn.

import { expect, test } from "vitest";
import {
  decisiveLayers,
  mayClear,
  supportsAtAll,
  twoWay,
} from "#src/domain/figures/demonstrations.ts";
import type { Arm, ArmRole, Figures } from "#src/domain/figures/figures.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";

const item = (kind: EvidenceKind, supports: LayerId[], data: Figures = {}) => ({
  kind,
  supports,
  data,
});
const arm = (role: ArmRole, layers: LayerId[], fails: number, n = 20): Arm => ({
  name: [role, ...layers].join(" "),
  role,
  layers,
  isLkg: role === "override" || role === "all_lkg",
  n,
  fails,
});

const s3 = [
  arm("baseline", [], 15),
  arm("override", ["model"], 2),
  arm("override", ["retrieval_data"], 14),
  arm("mitigation", ["prompt_policy"], 8),
  arm("all_lkg", [], 2),
  arm("reverse", ["model"], 14),
];

test("R5a: a replay decides for the layer that recovers, and is two-way with its reverse arm", () => {
  const replay = item("E4", ["model", "retrieval_data"], { arms: s3 });
  expect(decisiveLayers(replay)).toEqual(["model"]);
  expect(twoWay(replay, "model")).toBe(true);
  expect(twoWay(replay, "retrieval_data")).toBe(false);
  expect(twoWay(item("E4", ["model"], { arms: s3.slice(0, 5) }), "model")).toBe(false);
  // the author has to say so too
  expect(decisiveLayers(item("E4", [], { arms: s3 }))).toEqual([]);
  expect(twoWay(item("E4", [], { arms: s3 }), "model")).toBe(false);
});

test("R8: a replay speaks for no layer whose arms are mitigations or make no difference", () => {
  const replay = item("E4", ["model", "prompt_policy", "retrieval_data", "infrastructure"], {
    arms: s3,
  });
  expect(supportsAtAll(replay, "model")).toBe(true);
  expect(supportsAtAll(replay, "prompt_policy")).toBe(false);
  expect(supportsAtAll(replay, "retrieval_data")).toBe(false);
  // no arm of it: the author's word
  expect(supportsAtAll(replay, "infrastructure")).toBe(true);
  expect(supportsAtAll(replay, "integration_ui")).toBe(false);
});

test("R7: a conjunction decides for each of its layers, a pair that recovers for both", () => {
  const none = [
    arm("baseline", [], 18),
    arm("override", ["model"], 17),
    arm("override", ["prompt_policy"], 18),
    arm("all_lkg", [], 1),
  ];
  const supports: LayerId[] = ["model", "prompt_policy", "infrastructure"];
  expect(decisiveLayers(item("E4", supports, { arms: none }))).toEqual(["model", "prompt_policy"]);
  const tried = [
    ...none,
    arm("override", ["infrastructure"], 18),
    arm("override", ["prompt_policy", "infrastructure"], 1),
  ];
  expect(decisiveLayers(item("E4", supports, { arms: tried }))).toEqual([
    "prompt_policy",
    "infrastructure",
  ]);
  const single = item("E4", supports, { arms: [...tried, arm("reverse", ["infrastructure"], 17)] });
  expect(twoWay(single, "infrastructure")).toBe(false);
  const both = arm("reverse", ["infrastructure", "prompt_policy"], 17);
  expect(twoWay(item("E4", supports, { arms: [...tried, both] }), "infrastructure")).toBe(true);
});

test("B13.11: a replay that is not readable decides nothing and speaks for nothing it measured", () => {
  const arms = [arm("baseline", [], 18), arm("override", ["model"], 1), arm("all_lkg", [], 17)];
  expect(decisiveLayers(item("E4", ["model"], { arms }))).toEqual([]);
  expect(supportsAtAll(item("E4", ["model"], { arms }), "model")).toBe(false);
  expect(decisiveLayers(item("E4", ["model"]))).toEqual([]);
});

const differ = [
  { group: "a", n: 100, fails: 61 },
  { group: "b", n: 100, fails: 2 },
];
const alike = [
  { group: "a", n: 100, fails: 5 },
  { group: "b", n: 100, fails: 5 },
];
const series = [false, true, false].map((isChangeIn, at) => ({
  from: `2025-08-0${at + 1}T00:00:00Z`,
  to: `2025-08-0${at + 2}T00:00:00Z`,
  slice: {},
  isChangeIn,
  n: 10_000,
  fails: isChangeIn ? 80 : 0,
}));

test.each<[string, Figures, decides: boolean, isTwoWay: boolean, speaks: boolean]>([
  ["no figures", {}, false, false, true],
  ["groups that differ", { cohorts: differ }, true, false, true],
  ["groups that do not", { cohorts: alike }, false, false, false],
  ["a series in and out", { series }, true, false, true],
  ["the same, other pins equal", { series, areOtherPinsEqual: true }, true, true, true],
  [
    "the same beside equal groups",
    { cohorts: alike, series, areOtherPinsEqual: true },
    true,
    true,
    true,
  ],
  ["one edge", { series: series.slice(0, 2), areOtherPinsEqual: true }, false, false, true],
  ["no edge", { series: series.slice(0, 1) }, false, false, false],
])("R5c: cohort rates with %s", (_, data, decides, isTwoWay, speaks) => {
  const rates = item("E5", ["infrastructure"], data);
  expect(decisiveLayers(rates)).toEqual(decides ? ["infrastructure"] : []);
  expect(twoWay(rates, "infrastructure")).toBe(isTwoWay);
  expect(supportsAtAll(rates, "infrastructure")).toBe(speaks);
  expect(supportsAtAll(rates, "model")).toBe(false);
});

test("B3.3, B13.8: rates split by a version or place of one layer decide for that layer alone", () => {
  const both: LayerId[] = ["model", "infrastructure"];
  for (const data of [
    { cohorts: differ, splitBy: "pool" },
    { cohorts: alike, splitBy: "pool", series, areOtherPinsEqual: true },
  ] satisfies Figures[]) {
    expect(decisiveLayers(item("E5", both, data))).toEqual(["infrastructure"]);
    expect(twoWay(item("E5", both, data), "model")).toBe(false);
  }
  // what they differ in belongs to no layer, or nobody says: the author's word
  expect(decisiveLayers(item("E5", both, { cohorts: differ, splitBy: "other" }))).toEqual(both);
  expect(decisiveLayers(item("E5", both, { cohorts: differ }))).toEqual(both);
});

const oneArm = (fails: number, role: ArmRole = "override", baseline = 18) => ({
  arms: [arm("baseline", [], baseline), arm(role, ["model"], fails), arm("all_lkg", [], 1)],
});
const stillFailing = [
  arm("baseline", [], 18),
  arm("override", ["model"], 17),
  arm("all_lkg", [], 18),
];
const inPair = [
  arm("baseline", [], 18),
  arm("override", ["model"], 17),
  arm("override", ["prompt_policy"], 18),
  arm("override", ["model", "prompt_policy"], 1),
];

test.each<[string, boolean, EvidenceKind, LayerId[], Figures]>([
  ["a replay whose arm of it makes no difference", true, "E4", [], oneArm(18)],
  ["the same where all last known good still fails", true, "E4", [], { arms: stillFailing }],
  ["a replay whose arm of it recovers", false, "E4", [], oneArm(1)],
  ["a replay whose arm of it makes it rarer", false, "E4", [], oneArm(9)],
  ["a replay in which it recovers with another", false, "E4", [], { arms: inPair }],
  ["a replay with a mitigation of it", false, "E4", [], oneArm(18, "mitigation")],
  ["a replay whose baseline does not fail", false, "E4", [], oneArm(0, "override", 0)],
  ["a replay without arms", false, "E4", [], {}],
  ["a replay that supports it", false, "E4", ["model"], oneArm(18)],
  ["a version difference", true, "E1", [], {}],
  ["a version difference that supports it", false, "E1", ["model"], {}],
  [
    "rates that differ by its version",
    false,
    "E5",
    [],
    { cohorts: differ, splitBy: "response_model" },
  ],
  ["rates alike by its version", true, "E5", [], { cohorts: alike, splitBy: "response_model" }],
  ["rates that differ by pool", true, "E5", [], { cohorts: differ, splitBy: "pool" }],
])("B3.3, R2: %s may clear it: %s", (_, isClear, kind, supports, data) => {
  expect(mayClear(item(kind, supports, data), "model")).toBe(isClear);
});

const trio = [
  { group: "m", hasChange: true, n: 4000, fails: 1200 },
  { group: "m", hasChange: false, n: 4000, fails: 1080 },
  { group: "m added back", hasChange: true, n: 4000, fails: 1196 },
];

test.each<[string, Figures, decides: boolean, isTwoWay: boolean, speaks: boolean]>([
  ["no figures", {}, false, false, true],
  ["both ways on one build", { ablation: trio, isSameBuild: true }, true, true, true],
  ["both ways, build not said", { ablation: trio }, true, false, true],
  ["one way", { ablation: trio.slice(0, 2), isSameBuild: true }, true, false, true],
  ["one arm", { ablation: trio.slice(0, 1), isSameBuild: true }, false, false, false],
])("R5d: an evaluation with %s", (_, data, decides, isTwoWay, speaks) => {
  const run = item("E6", ["prompt_policy"], data);
  expect(decisiveLayers(run)).toEqual(decides ? ["prompt_policy"] : []);
  expect(twoWay(run, "prompt_policy")).toBe(isTwoWay);
  expect(supportsAtAll(run, "prompt_policy")).toBe(speaks);
});

const reproducer = [
  { stack: "TPU", isControl: false, n: 10, fails: 10 },
  { stack: "CPU", isControl: true, n: 10, fails: 0 },
];

test.each<[string, Figures, decides: boolean, isTwoWay: boolean, speaks: boolean]>([
  ["no figures", {}, true, false, true],
  ["stacks that hold", { stacks: reproducer }, true, true, true],
  ["no control", { stacks: reproducer.slice(0, 1) }, false, false, false],
  [
    "one run each",
    { stacks: reproducer.map((one) => ({ ...one, n: 1, fails: one.isControl ? 0 : 1 })) },
    true,
    false,
    true,
  ],
])("R5b: a contract test with %s", (_, data, decides, isTwoWay, speaks) => {
  const contract = item("E7", ["infrastructure"], data);
  expect(decisiveLayers(contract)).toEqual(decides ? ["infrastructure"] : []);
  expect(twoWay(contract, "infrastructure")).toBe(isTwoWay);
  expect(supportsAtAll(contract, "infrastructure")).toBe(speaks);
});

test("B3: no other kind decides, whatever figures it carries, and weak ones speak for nothing", () => {
  const data: Figures = { arms: s3, cohorts: differ, ablation: trio, stacks: reproducer, series };
  for (const kind of ["E1", "E2", "E3", "E8", "E9", "E10", "E11"] as const) {
    expect(decisiveLayers(item(kind, ["model"], data))).toEqual([]);
    const isWeak = kind === "E10" || kind === "E11";
    expect(supportsAtAll(item(kind, ["model"], data), "model")).toBe(!isWeak);
  }
});
