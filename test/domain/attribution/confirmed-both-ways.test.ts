// Goal: confirmed takes the failure going and coming with the change, by one of four demonstrations (R5 a to d).
// Method: the same claim on each demonstration, whole and with one half of it taken away.

import { expect, test } from "vitest";
import { confidenceEarned } from "#src/domain/attribution/confidence-earned.ts";
import type { Figures } from "#src/domain/figures/figures.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { item } from "#test/domain/fixtures.ts";
import { arm, claim, claimable, clears, replay } from "#test/domain/proof.ts";

/** What a confirmed claim that rests on one such item still lacks. */
function lacks(layer: LayerId, kind: EvidenceKind, data: Figures): string[] | undefined {
  const carrying = item(1, { kind, data, supports: [layer] });
  const evidence = [carrying, ...clears(layer)].map((one, at) => ({ ...one, number: at + 1 }));
  const state = claimable(layer, {}, { evidence });
  return confidenceEarned(state, claim(layer, { confidence: "confirmed" }))?.missing;
}

test("R5a: an override that recovers and a reverse arm that fails confirm", () => {
  expect(lacks("infrastructure", "E4", { arms: replay("infrastructure", true) })).toBeUndefined();
});

test("R5a: a reverse arm that does not fail significantly more often does not", () => {
  const arms = [...replay("infrastructure"), arm("reverse", ["infrastructure"], 2)];
  expect(lacks("infrastructure", "E4", { arms })).toEqual(["reverse_arm"]);
});

test("R5a: a reverse arm alone does not, where the override does not recover", () => {
  const arms = [
    arm("baseline", [], 10),
    arm("override", ["infrastructure"], 10),
    arm("all_lkg", [], 0),
    arm("reverse", ["infrastructure"], 10),
  ];
  expect(lacks("infrastructure", "E4", { arms })?.[0]).toBe("two_way_demonstration");
});

const failing = { stack: "suspect", isControl: false, n: 20, fails: 20 };
const passing = { stack: "control", isControl: true, n: 20, fails: 0 };

test("R5b: a reproducer that fails on the suspect stack and passes on the control confirms", () => {
  expect(lacks("infrastructure", "E7", { stacks: [failing, passing] })).toBeUndefined();
});

test.each<[string, Figures]>([
  ["without a control", { stacks: [failing] }],
  ["that fails on the control too", { stacks: [failing, { ...passing, fails: 20 }] }],
  ["without figures", {}],
])("R5b: a reproducer %s does not", (_name, data) => {
  expect(lacks("infrastructure", "E7", data)?.[0]).toBe("two_way_demonstration");
});

const day = (date: number) => `2026-03-${String(date).padStart(2, "0")}T00:00:00Z`;
const window = (at: number, isChangeIn: boolean, fails: number) => ({
  from: day(at),
  to: day(at + 1),
  slice: {},
  isChangeIn,
  n: 1_000,
  fails,
});
const series = [window(1, false, 2), window(2, true, 40), window(3, false, 3)];

test("R5c: a rate that follows the change in and out, the other pins equal, confirms", () => {
  expect(lacks("infrastructure", "E5", { series, areOtherPinsEqual: true })).toBeUndefined();
});

test.each<[string, Figures]>([
  ["without the author's word on the other pins", { series }],
  ["with other pins that changed at an edge", { series, areOtherPinsEqual: false }],
  ["in and never out", { series: series.slice(0, 2), areOtherPinsEqual: true }],
  [
    "that stays up when the change is out",
    { series: [...series.slice(0, 2), window(3, false, 40)], areOtherPinsEqual: true },
  ],
])("R5c: a rate %s does not (B13.4, B13.13)", (_name, data) => {
  expect(lacks("infrastructure", "E5", data)?.[0]).toBe("two_way_demonstration");
});

const group = (name: string, hasChange: boolean, fails: number) => ({
  group: name,
  hasChange,
  n: 200,
  fails,
});
const ablation = [
  group("brevity", true, 40),
  group("brevity", false, 5),
  group("brevity added back", true, 40),
];

test("R5d: an ablation that restores the measure, and lowers it again when added back, confirms", () => {
  expect(lacks("prompt_policy", "E6", { ablation, isSameBuild: true })).toBeUndefined();
});

test.each<[string, Figures]>([
  ["never added back", { ablation: ablation.slice(0, 2), isSameBuild: true }],
  ["on another build", { ablation }],
  [
    "that fails as seldom added back",
    {
      ablation: [...ablation.slice(0, 2), group("brevity added back", true, 5)],
      isSameBuild: true,
    },
  ],
  [
    "added back to another group",
    { ablation: [...ablation.slice(0, 2), group("tone added back", true, 40)], isSameBuild: true },
  ],
])("R5d: an ablation %s does not (B13.4)", (_name, data) => {
  expect(lacks("prompt_policy", "E6", data)?.[0]).toBe("two_way_demonstration");
});
