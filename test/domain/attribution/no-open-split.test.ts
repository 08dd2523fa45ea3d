// Goal: while a strand may be more than one failure, and nobody has said, no verdict on it is admissible (R10).
// Method: reports and cohorts that differ in symptom, slice or rate; the suggestion, and both answers to it.

import { describe, expect, test } from "vitest";
import { decideAddEvidence } from "#src/domain/add-evidence.ts";
import { decideAnswerSplit } from "#src/domain/answer-split.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import { noOpenSplit } from "#src/domain/attribution/no-open-split.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { AnswerSplitInput } from "#src/domain/inputs.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import { openSplits, splitSuggestion } from "#src/domain/split.ts";
import { decideVerifyReport } from "#src/domain/verify-report.ts";
import { verdictKinds } from "#src/domain/vocabulary.ts";
import {
  accepted,
  after,
  by,
  evidenceInput,
  incidentId,
  item,
  openIncident,
  rejected,
  verdictInput,
} from "#test/domain/fixtures.ts";
import { claim, claimable } from "#test/domain/proof.ts";

const report = (number: number, facts: Partial<EvidenceItem> = {}) =>
  item(number, { kind: "E10", isVerified: true, ...facts });
const rates = (number: number, fails: number, facts: Partial<EvidenceItem> = {}) =>
  item(number, {
    kind: "E5",
    data: { measure: "degraded_answer", cohorts: [{ group: "eu", n: 1_000, fails }] },
    ...facts,
  });
const suggests = (...evidence: EvidenceItem[]) =>
  splitSuggestion(openIncident({ evidence }), 1)?.items.map(({ number }) => number);
const other = { isOtherFailure: true };

describe("what suggests it", () => {
  test("R10: a report of another symptom, as whoever recorded it said", () => {
    expect(suggests(report(1), report(2, { data: other }))).toEqual([2]);
    expect(suggests(report(1), report(2))).toBeUndefined();
  });

  test("R10, R11: a report that nobody has verified, or that is not real, suggests nothing", () => {
    expect(suggests(report(1, { data: other, isVerified: null }))).toBeUndefined();
    expect(suggests(report(1, { data: other, isVerified: false }))).toBeUndefined();
  });

  test("R10: reports or cohorts that happened somewhere else", () => {
    const eu = { slice: { region: ["eu"] } };
    const us = { slice: { region: ["us"] } };
    expect(suggests(report(1, eu), report(2, us))).toEqual([2]);
    expect(suggests(rates(1, 10, eu), rates(2, 10, us))).toEqual([2]);
    expect(suggests(report(1, eu), report(2, eu))).toBeUndefined();
    expect(suggests(report(1, eu), report(2, { slice: { model: ["a"] } }))).toBeUndefined();
  });

  test("R10: an item outside the strand's slice, and none of those that the strand itself spans", () => {
    const state = openIncident({
      evidence: [
        report(1, { slice: { region: ["eu"] } }),
        report(2, { slice: { region: ["us"] } }),
      ],
    });
    const of = (...region: string[]) => ({
      ...state,
      strands: state.strands.map((strand) => ({ ...strand, slice: { region } })),
    });
    expect(splitSuggestion(of("eu"), 1)?.items.map(({ number }) => number)).toEqual([2]);
    expect(splitSuggestion(of("eu", "us"), 1)).toBeUndefined();
  });

  test("R10: the same group counted at another rate by the same measure", () => {
    expect(suggests(rates(1, 160), rates(2, 8))).toEqual([2]);
    expect(suggests(rates(1, 160), rates(2, 155))).toBeUndefined();
    const otherMeasure = rates(2, 8);
    otherMeasure.data = { ...otherMeasure.data, measure: "refusal" };
    expect(suggests(rates(1, 160), otherMeasure)).toBeUndefined();
    const otherGroup = rates(2, 8);
    otherGroup.data = {
      ...otherGroup.data,
      cohorts: [{ group: "us", n: 1_000, fails: 8 }],
    };
    expect(suggests(rates(1, 160), otherGroup)).toBeUndefined();
  });

  test("R10: other kinds of evidence suggest nothing, and neither do items of another strand", () => {
    const eu = { slice: { region: ["eu"] } };
    const us = { slice: { region: ["us"] } };
    expect(
      suggests(item(1, { kind: "E3", ...eu }), item(2, { kind: "E3", ...us })),
    ).toBeUndefined();
    expect(suggests(report(1, { data: other, strandNumbers: [2] }))).toBeUndefined();
  });

  test("R10: whoever records or verifies such an item is asked whether to split", () => {
    const state = openIncident({ evidence: [report(1)] });
    const input = evidenceInput({ kind: "E10", figures: other });
    const recorded = accepted(decideAddEvidence(state, input, by));
    expect(recorded.outcome.marks ?? []).toEqual([]);
    const next = after(state, decideAddEvidence(state, input, by));
    const verifying = { incidentId, evidenceNumber: 2, isVerified: true };
    expect(accepted(decideVerifyReport(next, verifying, by)).outcome.marks).toMatchObject([
      { id: "suggestion:R10:split_answer", opens: { formId: "answer-split", strandNumber: 1 } },
    ]);
  });
});

/** Everything else would let infrastructure be claimed. */
const suggested = claimable("infrastructure");
const differing: IncidentState = {
  ...suggested,
  evidence: [...suggested.evidence, report(9, { data: other })],
};
const answer = (facts: Partial<AnswerSplitInput> = {}): AnswerSplitInput => ({
  incidentId,
  strandNumber: 1,
  evidenceNumbers: [9],
  isAccepted: false,
  why: "the same route, seen twice",
  strands: [],
  stays: null,
  ...facts,
});

test.each(Object.keys(verdictKinds) as (keyof typeof verdictKinds)[])(
  "R10: while it is unanswered, the verdict %s is not admissible on that strand",
  (verdict) => {
    const said = claim("infrastructure", { verdict, contribution: "it let them through" });
    const refusal = checkClaim(differing, said);
    expect(refusal?.rules[0]).toBe("R10");
    expect(refusal?.missing).toEqual(["split_answer"]);
    expect(refusal?.sentence).toMatch(/may be more than one failure: evidence 9 shows another/);
  },
);

test("R10: a strand that nothing suggests splitting is not held up", () => {
  const second = { ...differing, strands: [...differing.strands, strandTwo()] };
  expect(noOpenSplit(second, { ...claim("infrastructure"), strandNumber: 2 })).toBeUndefined();
});

test("R10: declined with a reason, verdicts are admissible again, and it is not suggested a second time", () => {
  expect(rejected(decideAnswerSplit(differing, answer({ why: " " }), by))).toMatchObject({
    code: "bad_field",
    field: "why",
  });
  const answered = after(differing, decideAnswerSplit(differing, answer(), by));
  expect(openSplits(answered)).toEqual([]);
  expect(checkClaim(answered, claim("infrastructure"))).toBeUndefined();
  expect(rejected(decideAnswerSplit(answered, answer(), by)).code).toBe("stale");
  const more = { ...answered, evidence: [...answered.evidence, report(10, { data: other })] };
  expect(checkClaim(more, claim("infrastructure"))?.rules).toEqual(["R10"]);
});

test("R10: accepted, the items go over to a strand of their own, and the strand can be judged", () => {
  const named = {
    name: "Wrong script in answers",
    symptom: "Thai letters",
    windowFrom: null,
    slice: {},
    evidenceNumbers: [9],
  };
  expect(
    rejected(decideAnswerSplit(differing, answer({ isAccepted: true, why: null }), by)),
  ).toMatchObject({ code: "bad_field", field: "name:1" });
  const input = answer({ isAccepted: true, why: null, strands: [named] });
  const split = after(differing, decideAnswerSplit(differing, input, by));
  expect(split.strands).toHaveLength(2);
  expect(split.evidence.find(({ number }) => number === 9)?.strandNumbers).toEqual([2]);
  expect(split.splitAnswers).toMatchObject([{ isAccepted: true, newStrands: [2] }]);
  expect(openSplits(split)).toEqual([]);
  expect(checkClaim(split, claim("infrastructure"))).toBeUndefined();
});

test("R10: what came in while the form was open is asked about first", () => {
  const more = { ...differing, evidence: [...differing.evidence, report(10, { data: other })] };
  expect(rejected(decideAnswerSplit(more, answer(), by)).code).toBe("stale");
});

test("R10, B5: a verdict on a parked strand is refused at the form, with the way out", () => {
  const strands = suggested.strands.map((strand) => ({
    ...strand,
    parkedWhy: "the vendor answers in May",
    parkedUntil: "2026-05-04",
  }));
  const input = verdictInput({ layer: "infrastructure" });
  const rejection = rejected(decideSetVerdict({ ...suggested, strands }, input, by));
  expect(rejection).toMatchObject({ code: "bad_field", field: "layer" });
  expect(rejection.message).toMatch(/parked until 2026-05-04. Take it up again/);
  expect(accepted(decideSetVerdict(suggested, input, by)).changes.verdicts).toHaveLength(1);
});

function strandTwo() {
  const [first] = suggested.strands;
  if (!first) throw new Error("an incident has a strand");
  return { ...first, number: 2, name: "two" };
}
