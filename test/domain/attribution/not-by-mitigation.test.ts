// Goal: that a mitigation helped says nothing of where it broke (R8).
// Method: claims that nothing supports but a mitigation arm or a lever, and the same with something else.

import { expect, test } from "vitest";
import { notByMitigation } from "#src/domain/attribution/not-by-mitigation.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import type { Arm } from "#src/domain/figures/figures.ts";
import { item, lever } from "#test/domain/fixtures.ts";
import { arm, claim, claimable, support } from "#test/domain/proof.ts";

const named = claim("prompt_policy");
const run = (...arms: Arm[]) => [
  item(1, { kind: "E4", supports: ["prompt_policy"], data: { arms } }),
];
const patched: Arm = { ...arm("mitigation", ["prompt_policy"], 0), isLkg: false };

test("R8: a prompt patch that helped does not show that the prompt broke", () => {
  const evidence = run(arm("baseline", [], 10), patched, arm("all_lkg", [], 0));
  const refusal = notByMitigation(claimable("prompt_policy", {}, { evidence }), named);
  expect(refusal).toMatchObject({ rule: "R8", missing: ["decisive_item"] });
  expect(refusal?.sentence).toMatch(/may cover up a fault elsewhere/);
});

test("R8, B3.1: an arm whose value is not last known good counts as no override", () => {
  const forward: Arm = { ...arm("override", ["prompt_policy"], 0), isLkg: false };
  const evidence = run(arm("baseline", [], 10), forward, arm("all_lkg", [], 0));
  const state = claimable("prompt_policy", {}, { evidence });
  expect(checkClaim(state, named)?.rules).toContain("R5");
});

test.each(["claimed", "confirmed"] as const)(
  "R8: a lever on the layer, %s, supports nothing",
  (state) => {
    const levers = [lever(1, { layer: "prompt_policy", state })];
    const refusal = notByMitigation(
      claimable("prompt_policy", {}, { evidence: [], levers }),
      named,
    );
    expect(refusal?.missing).toEqual(["decisive_item"]);
  },
);

test("R8: a lever that was declined, or is on another layer, refuses nothing", () => {
  const levers = [
    lever(1, { layer: "prompt_policy", state: "declined" }),
    lever(2, { layer: "integration_ui" }),
  ];
  expect(
    notByMitigation(claimable("prompt_policy", {}, { evidence: [], levers }), named),
  ).toBeUndefined();
});

test("R8, B13.5: with a lever or a mitigation arm beside something else that supports the layer, it does not refuse", () => {
  const levers = [lever(1, { layer: "prompt_policy", state: "confirmed" })];
  const state = claimable("prompt_policy", {}, { levers });
  expect(notByMitigation(state, named)).toBeUndefined();
  const mitigated = { ...support("prompt_policy")[0], number: 9, data: { arms: [patched] } };
  const evidence = [...state.evidence, item(9, mitigated)];
  expect(checkClaim({ ...state, evidence }, named)).toBeUndefined();
});

test("R8, B13.5: it looks at what the claim rests on, not at what else there is", () => {
  const levers = [lever(1, { layer: "prompt_policy", state: "confirmed" })];
  const state = claimable("prompt_policy", {}, { levers });
  const others = state.evidence.filter(({ supports }) => supports.length === 0);
  const evidenceNumbers = others.map(({ number }) => number);
  expect(notByMitigation(state, { ...named, evidenceNumbers })?.rule).toBe("R8");
});

test("R8: a mitigation in another strand refuses nothing", () => {
  const evidence = run(patched).map((one) => ({ ...one, strandNumbers: [2] }));
  expect(notByMitigation(claimable("prompt_policy", {}, { evidence }), named)).toBeUndefined();
});
