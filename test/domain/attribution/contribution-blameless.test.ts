// Goal: what is said of a verdict names a role and a condition, and other words are offered (R12).
// Method: claims whose sentence blames a person, or "the model" as such; evidence and quotes with the same words.

import { expect, test } from "vitest";
import { decideAddEvidence } from "#src/domain/add-evidence.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import { by, accepted, evidenceInput, openIncident } from "#test/domain/fixtures.ts";
import { claim, claimable } from "#test/domain/proof.ts";

const blaming = "An engineer forgot to rebuild the index and the model hallucinated.";
const contributing = (contribution: string) =>
  claim("model", { verdict: "contributing", confidence: null, contribution });

test.each([blaming, "The model hallucinated.", "Jim forgot to run the evaluation."])(
  "R12: a contribution that blames is refused, with words that can be taken: %s",
  (sentence) => {
    const refusal = checkClaim(openIncident(), contributing(sentence));
    expect(refusal).toMatchObject({
      rules: ["R12"],
      missing: ["rewrite"],
      rewrite: { field: "contribution" },
    });
    const taken = refusal?.rewrite?.text ?? "";
    expect(checkClaim(openIncident(), contributing(taken))).toBeUndefined();
  },
);

test("R12: the reason why nothing decisive can be had is read as well", () => {
  const state = claimable("infrastructure");
  const refusal = checkClaim(state, claim("infrastructure", { reason: blaming }));
  expect(refusal).toMatchObject({ rules: ["R12"], rewrite: { field: "reason" } });
});

test("R12: it refuses last, and its offer stands whatever else refuses", () => {
  const both = claim("model", { contribution: blaming });
  const refusal = checkClaim(openIncident(), both);
  expect(refusal?.rules).toEqual(["R1", "R9", "R5", "R12"]);
  expect(refusal?.rewrite?.field).toBe("contribution");
});

test("R12: a role and a condition stand", () => {
  const sentence = "The index job skipped a document without an error.";
  expect(checkClaim(openIncident(), contributing(sentence))).toBeUndefined();
});

test("R12, B13.10: evidence is recorded as it was said", () => {
  const said = evidenceInput({ kind: "E11", what: blaming });
  expect(accepted(decideAddEvidence(openIncident(), said, by)).changes.evidence).toHaveLength(1);
});
