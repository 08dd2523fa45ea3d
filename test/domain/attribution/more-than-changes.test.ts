// Goal: that something changed makes its layer a suspect and no more (R3).
// Method: claims on changes alone, and on changes with something beside them.

import { expect, test } from "vitest";
import { moreThanChanges } from "#src/domain/attribution/more-than-changes.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { item, user } from "#test/domain/fixtures.ts";
import { claim, claimable } from "#test/domain/proof.ts";

const on = (...kinds: EvidenceKind[]) =>
  claimable(
    "infrastructure",
    {},
    {
      evidence: kinds.map((kind, at) => item(at + 1, { kind, supports: ["infrastructure"] })),
    },
  );

test.each<[string, EvidenceKind[]]>([
  ["a version difference", ["E1"]],
  ["a change log", ["E2"]],
  ["both of them, many times", ["E1", "E2", "E2", "E1"]],
])("R3: on %s alone a layer is implicated at most", (_name, kinds) => {
  for (const confidence of ["suspected", "probable", "confirmed"] as const) {
    const named = claim("infrastructure", { confidence, approver: user("U-approver") });
    const refusal = moreThanChanges(on(...kinds), named);
    expect(refusal).toMatchObject({ rule: "R3", missing: ["decisive_item"] });
    expect(refusal?.sentence).toMatch(/makes it a suspect, no more.*set “implicated”/);
  }
  const implicated = claim("infrastructure", { verdict: "implicated", confidence: null });
  expect(checkClaim(on(...kinds), implicated)).toBeUndefined();
});

test("R3: beside a change, something else that supports the layer", () => {
  expect(moreThanChanges(on("E2", "E3"), claim("infrastructure"))).toBeUndefined();
});

test("R3: a report or a recollection beside a change is not something else", () => {
  expect(moreThanChanges(on("E2", "E11"), claim("infrastructure"))?.rule).toBe("R3");
});

test("R3: where nothing supports the layer at all, it is not the rule that refuses", () => {
  const refusal = checkClaim(
    claimable("infrastructure", {}, { evidence: [] }),
    claim("infrastructure"),
  );
  expect(refusal?.rules).not.toContain("R3");
});

test("R3, R5: it refuses before what the confidence asks for", () => {
  expect(checkClaim(on("E2"), claim("infrastructure"))?.rules).toEqual(["R3", "R5"]);
});
