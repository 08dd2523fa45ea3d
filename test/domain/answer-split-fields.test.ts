// Goal: what is wrong with one of several new strands is said at its own fields, also where others were left blank.
// Method: given a suggestion, when a split names strands, then the rejection's field.

import { expect, test } from "vitest";
import { decideAnswerSplit } from "#src/domain/answer-split.ts";
import type { NewStrandInput } from "#src/domain/inputs.ts";
import { by, incidentId, item, openIncident, rejected } from "./fixtures.ts";

const state = openIncident({
  evidence: [1, 2].map((number) =>
    item(number, { kind: "E10", isVerified: true, data: { isOtherFailure: true } }),
  ),
});
const splitting = (...strands: Partial<NewStrandInput>[]) =>
  decideAnswerSplit(
    state,
    {
      incidentId,
      strandNumber: 1,
      evidenceNumbers: [1, 2],
      isAccepted: true,
      why: null,
      strands: strands.map((one) => ({
        name: "Refusals",
        symptom: null,
        windowFrom: null,
        slice: {},
        evidenceNumbers: [],
        ...one,
      })),
      stays: null,
    },
    by,
  );

test("R10: a name that is taken is told at its place in the form", () => {
  const { name } = state.strands[0]!;
  expect(rejected(splitting({ name, place: 2 }))).toMatchObject({ field: "name:2" });
  expect(rejected(splitting({}, {}))).toMatchObject({ field: "name:2" });
});

test("R12: the words that are offered go into the field that was refused", () => {
  const blaming = { symptom: "The model hallucinated a refusal.", place: 3 };
  expect(rejected(splitting(blaming))).toMatchObject({
    refusal: { rules: ["R12"], rewrite: { field: "symptom:3" } },
  });
});
