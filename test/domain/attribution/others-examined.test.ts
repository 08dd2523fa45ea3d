// Goal: no layer is named while somebody has not been asked about another (R1).
// Method: given answers, when a layer is claimed, then the layers that are missing, in registry order.

import { expect, test } from "vitest";
import { othersExamined } from "#src/domain/attribution/others-examined.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { answersExcept, openIncident } from "#test/domain/fixtures.ts";
import { claim, claimable } from "#test/domain/proof.ts";

test("R1: a layer is not named while others are unexamined, and they are missing in registry order", () => {
  const refusal = othersExamined(openIncident(), claim("model"));
  expect(refusal).toEqual({
    rule: "R1",
    missing: layerIds.filter((layer) => layer !== "model"),
    sentence:
      "Model cannot be named yet, because nobody has answered for Retrieval & data and 4 other layers: ask the owner, “cannot tell” counts.",
  });
});

test("R1: one layer is missing, and the sentence names no others", () => {
  const state = openIncident({ answers: answersExcept("infrastructure") });
  expect(othersExamined(state, claim("model"))?.sentence).toMatch(
    /answered for Infrastructure: ask/,
  );
  const two = openIncident({ answers: answersExcept("infrastructure", "integration_ui") });
  expect(othersExamined(two, claim("model"))?.sentence).toMatch(
    /Integration & UI and 1 other layer:/,
  );
});

test("R1, B13.2: the claimed layer itself may be unexamined", () => {
  const state = claimable("retrieval_data", {}, { answers: answersExcept("retrieval_data") });
  expect(checkClaim(state, claim("retrieval_data"))).toBeUndefined();
});

test("R1, B13.2: 'cannot tell' and 'not applicable' count as an answer", () => {
  const answers = answersExcept().map((one, index) => ({
    ...one,
    change: index % 2 ? ("cannot_tell" as const) : ("not_applicable" as const),
  }));
  expect(othersExamined(openIncident({ answers }), claim("model"))).toBeUndefined();
});

test("R1: an answer for all strands covers each, one that names strands covers those alone (R2)", () => {
  const of = (strandNumbers: number[] | null) =>
    openIncident({ answers: answersExcept().map((one) => ({ ...one, strandNumbers })) });
  expect(othersExamined(of(null), claim("model"))).toBeUndefined();
  expect(othersExamined(of([1]), claim("model"))).toBeUndefined();
  expect(othersExamined(of([2]), claim("model"))?.missing).toHaveLength(5);
});

test.each(["contributing", "implicated", "cleared", "not_applicable", "undeterminable"] as const)(
  "R1: the verdict %s may stand beside unexamined layers",
  (verdict) => {
    expect(othersExamined(openIncident(), claim("model", { verdict }))).toBeUndefined();
  },
);
