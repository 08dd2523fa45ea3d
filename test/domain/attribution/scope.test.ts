// Goal: an item counts for a claim only if its slice covers the claim's scope (R5, B13.1).
// Method: one decisive item of a slice, claims of several scopes, strands of several slices.

import { expect, test } from "vitest";
import { confidenceEarned } from "#src/domain/attribution/confidence-earned.ts";
import { covers } from "#src/domain/slice.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import type { Slice } from "#src/domain/strand.ts";
import { accepted, after, by, rejected, verdictInput } from "#test/domain/fixtures.ts";
import { claim, claimable, clears, support } from "#test/domain/proof.ts";

test.each<[string, Slice, Slice, Slice, boolean]>([
  ["no slice covers the whole strand", {}, {}, {}, true],
  ["no slice covers every part", {}, { region: ["eu"] }, {}, true],
  ["a part does not cover the whole", { region: ["eu"] }, {}, {}, false],
  ["a part covers itself", { region: ["eu"] }, { region: ["eu"] }, {}, true],
  ["two values cover one of them", { region: ["eu", "us"] }, { region: ["us"] }, {}, true],
  ["one value does not cover two", { region: ["eu"] }, { region: ["eu", "us"] }, {}, false],
  ["another value does not cover", { region: ["eu"] }, { region: ["us"] }, {}, false],
  ["a dimension not named takes the strand's", { region: ["eu"] }, {}, { region: ["eu"] }, true],
  [
    "the strand's other values are not covered",
    { region: ["eu"] },
    {},
    { region: ["eu", "us"] },
    false,
  ],
  [
    "the claim's dimension stands before the strand's",
    { region: ["eu"] },
    { region: ["eu"] },
    { region: ["eu", "us"] },
    true,
  ],
  [
    "another dimension of the claim asks nothing",
    { region: ["eu"] },
    { region: ["eu"], model: ["a"] },
    {},
    true,
  ],
  [
    "every dimension of the item is asked",
    { region: ["eu"], model: ["a"] },
    { region: ["eu"] },
    {},
    false,
  ],
])("B13.1: %s", (_name, slice, scope, ofStrand, isCovered) => {
  expect(covers(slice, scope, ofStrand)).toBe(isCovered);
  const evidence = [
    ...support("infrastructure").map((one) => ({ ...one, slice })),
    ...clears("infrastructure"),
  ].map((one, at) => ({ ...one, number: at + 1 }));
  const state = claimable("infrastructure", {}, { evidence });
  const strands = state.strands.map((strand) => ({ ...strand, slice: ofStrand }));
  const refusal = confidenceEarned({ ...state, strands }, claim("infrastructure", { scope }));
  expect(refusal?.missing).toEqual(isCovered ? undefined : ["decisive_item"]);
});

test("R5, B13.1: a claim that names an item of another part is told which part the item speaks of", () => {
  const evidence = [
    ...support("infrastructure").map((one) => ({ ...one, slice: { region: ["eu"] } })),
    ...clears("infrastructure"),
  ].map((one, at) => ({ ...one, number: at + 1 }));
  const state = claimable("infrastructure", {}, { evidence });
  const named = claim("infrastructure", {
    scope: { region: ["us"] },
    evidenceNumbers: [1, 2, 3, 4],
  });
  const refusal = confidenceEarned(state, named);
  expect(refusal?.missing).toEqual(["decisive_item"]);
  expect(refusal?.sentence).toMatch(/evidence 1 speaks only of region eu/);
});

test("R5, B3: one strand is confirmed for one slice and suspected for another, and both stand", () => {
  const state = claimable("infrastructure", { confidence: "confirmed" });
  const set = (scope: Slice, confidence: "confirmed" | "suspected") => {
    const input = { layer: "infrastructure", scope, confidence } as const;
    return verdictInput(input);
  };
  const first = after(state, decideSetVerdict(state, set({ pool: ["a"] }, "confirmed"), by));
  const both = after(first, decideSetVerdict(first, set({ pool: ["b"] }, "suspected"), by));
  expect(both.verdicts.map(({ scope, confidence }) => [scope["pool"], confidence])).toEqual([
    [["a"], "confirmed"],
    [["b"], "suspected"],
  ]);
  const again = after(both, decideSetVerdict(both, set({ pool: ["b"] }, "confirmed"), by));
  expect(again.verdicts).toHaveLength(2);
});

test("B13.1: a scope outside its strand is refused at the field", () => {
  const state = claimable("infrastructure");
  const strands = state.strands.map((strand) => ({ ...strand, slice: { region: ["eu"] } }));
  const input = verdictInput({ layer: "infrastructure", scope: { region: ["us"] } });
  expect(rejected(decideSetVerdict({ ...state, strands }, input, by))).toMatchObject({
    code: "bad_field",
    field: "scope",
  });
  const inside = verdictInput({ layer: "infrastructure", scope: { region: ["eu"] } });
  expect(
    accepted(decideSetVerdict({ ...state, strands }, inside, by)).changes.verdicts,
  ).toHaveLength(1);
});
