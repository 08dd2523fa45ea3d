// Goal: a report counts in rules and rates once somebody has verified it, and never before (R11).
// Method: the same record with a report unverified, verified and refuted.

import { expect, test } from "vitest";
import { checkClaim } from "#src/domain/attribution.ts";
import { basisOf, hasTwoKinds } from "#src/domain/attribution/basis.ts";
import { nextStep } from "#src/domain/checklist.ts";
import { isCounted, isWeak } from "#src/domain/evidence-weight.ts";
import { decideVerifyReport } from "#src/domain/verify-report.ts";
import { type EvidenceKind, evidenceKinds } from "#src/domain/vocabulary.ts";
import {
  accepted,
  after,
  answersExcept,
  by,
  declarer,
  incidentId,
  item,
  openIncident,
  rejected,
} from "#test/domain/fixtures.ts";
import { claim, claimable } from "#test/domain/proof.ts";

const kinds = Object.keys(evidenceKinds) as EvidenceKind[];

test.each([
  ["nobody has looked at", null, false],
  ["somebody found not real", false, false],
  ["somebody verified", true, true],
] as const)("R11: a report that %s counts: %s", (_name, isVerified, counts) => {
  expect(isCounted({ kind: "E10", isVerified })).toBe(counts);
});

test("R11: no other kind waits for that", () => {
  const counting = kinds.filter((kind) => isCounted({ kind, isVerified: null }));
  expect(counting).toEqual(kinds.filter((kind) => kind !== "E10"));
});

test("R11, B3: verified or not, a report and a recollection are weak: no claim rests on them", () => {
  expect(kinds.filter(isWeak)).toEqual(["E10", "E11"]);
  const weak = [
    item(8, { kind: "E10", isVerified: true, supports: ["infrastructure"] }),
    item(9, { kind: "E11", supports: ["infrastructure"] }),
  ];
  const basis = basisOf(
    claimable("infrastructure", {}, { evidence: weak }),
    claim("infrastructure"),
  );
  expect(basis.all).toHaveLength(2);
  expect(basis.supporting).toEqual([]);
  expect(hasTwoKinds(basis)).toBe(false);
});

test("R11: an unverified report is not among what a claim rests on", () => {
  const report = item(8, { kind: "E10", supports: ["infrastructure"] });
  const state = claimable("infrastructure", {}, { evidence: [report] });
  expect(basisOf(state, claim("infrastructure")).all).toEqual([]);
});

test("R11: the next step does not follow a report that nobody has verified", () => {
  const report = item(1, { kind: "E10", supports: ["model"] });
  const state = openIncident({ answers: answersExcept(), evidence: [report] });
  const verified = { ...state, evidence: [{ ...report, isVerified: true }] };
  const without = { ...state, evidence: [] };
  expect(nextStep(state)).toEqual(nextStep(without));
  expect(nextStep(verified).layer).toBe("model");
});

test("R11: verifying names who and when, and can be changed either way", () => {
  const state = openIncident({ evidence: [item(1, { kind: "E10" }), item(2)] });
  const say = (one: typeof state, isVerified: boolean, evidenceNumber = 1) =>
    decideVerifyReport(one, { incidentId, evidenceNumber, isVerified }, by);
  const verified = after(state, say(state, true));
  expect(verified.evidence[0]).toMatchObject({
    isVerified: true,
    verifiedBy: declarer,
    verifiedAt: by.now,
  });
  expect(rejected(say(verified, true))).toMatchObject({ code: "stale" });
  const refuted = after(verified, say(verified, false));
  expect(refuted.evidence[0]).toMatchObject({ isVerified: false });
  expect(accepted(say(refuted, true)).timeline).toMatchObject([
    { kind: "report_verified", data: { evidence: 1, isVerified: true } },
  ]);
  expect(rejected(say(state, true, 9))).toMatchObject({ code: "not_found" });
});

test("R11: any other item counts until somebody takes it out, and again once it is taken in", () => {
  const state = claimable("infrastructure");
  const made = claim("infrastructure");
  expect(checkClaim(state, made)).toBeUndefined();
  const say = (one: typeof state, isVerified: boolean) => (evidenceNumber: number) =>
    decideVerifyReport(one, { incidentId, evidenceNumber, isVerified }, by);
  expect(rejected(say(state, true)(1))).toMatchObject({ code: "stale" });
  const out = state.evidence.reduce(
    (one, { number }) => after(one, say(one, false)(number)),
    state,
  );
  expect(checkClaim(out, made)?.rules).toContain("R5");
  expect(rejected(say(out, false)(1)).message).toContain("is taken out already");
  const inAgain = out.evidence.reduce((one, { number }) => after(one, say(one, true)(number)), out);
  expect(checkClaim(inAgain, made)).toBeUndefined();
});
