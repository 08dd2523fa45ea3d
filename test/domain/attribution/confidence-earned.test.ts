// Goal: the evidence under a claim sets its confidence, and a refusal says what would carry it (R5).
// Method: given a record that carries the claim but for one thing, when it is claimed, then what is missing.

import { describe, expect, test } from "vitest";
import { confidenceEarned } from "#src/domain/attribution/confidence-earned.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import { outlookOf } from "#src/domain/claim-outlook.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { confidences, type EvidenceKind } from "#src/domain/vocabulary.ts";
import { by, declarer, item, person, rejected, user, verdictInput } from "#test/domain/fixtures.ts";
import { arm, claim, claimable, clears, type ProofOptions, replay } from "#test/domain/proof.ts";

const approver = user("U-approver");
const levels = Object.keys(confidences) as (keyof typeof confidences)[];

describe.each(layerIds)("%s", (layer) => {
  test.each(levels)("R5: the proof carries a claim that is %s", (confidence) => {
    const state = claimable(layer, { confidence });
    expect(checkClaim(state, claim(layer, { confidence }))).toBeUndefined();
  });

  test("R5: without any item nothing carries it", () => {
    const state = claimable(layer, {}, { evidence: [] });
    for (const confidence of levels) {
      const refusal = confidenceEarned(state, claim(layer, { confidence }));
      expect(refusal?.missing[0]).toBe(
        confidence === "confirmed" ? "two_way_demonstration" : "decisive_item",
      );
    }
  });
});

test("R5, B13.4: a decisive item carries suspected too, without an approver", () => {
  const state = claimable("infrastructure");
  expect(confidenceEarned(state, claim("infrastructure", { confidence: "suspected" }))).toBe(
    undefined,
  );
});

const twoKinds: ProofOptions = { rest: "two_kinds" };
const onTwo = claimable("retrieval_data", twoKinds);

test("R5: two supporting items of different kinds and an approver carry suspected", () => {
  const suspected = claim("retrieval_data", { confidence: "suspected" });
  const refusal = confidenceEarned(onTwo, suspected);
  expect(refusal?.missing).toEqual(["approver"]);
  expect(refusal?.sentence).toMatch(/two supporting items and nothing decisive/);
  expect(confidenceEarned(onTwo, { ...suspected, approver })).toBeUndefined();
});

test("R5: probable on two supporting items takes the reason why nothing decisive can be had, and the approver", () => {
  const asked = (facts: Parameters<typeof claim>[1]) =>
    confidenceEarned(onTwo, claim("retrieval_data", facts))?.missing;
  expect(asked({})).toEqual(["approver", "reason"]);
  expect(asked({ approver })).toEqual(["reason"]);
  expect(asked({ reason: "the index is gone" })).toEqual(["approver"]);
  expect(asked({ approver, reason: "  " })).toEqual(["reason"]);
  expect(asked({ approver, reason: "the index is gone" })).toBeUndefined();
});

test("R5: confirmed is never had on two supporting items", () => {
  const all = { confidence: "confirmed", approver, reason: "the index is gone" } as const;
  expect(confidenceEarned(onTwo, claim("retrieval_data", all))?.missing).toEqual([
    "two_way_demonstration",
  ]);
});

test.each<[string, boolean, EvidenceKind[]]>([
  ["a version difference and a change log", false, ["E1", "E2"]],
  ["two traces", false, ["E3", "E3"]],
  ["a trace and a report, weak", false, ["E3", "E10"]],
  ["a trace and a recollection, weak", false, ["E3", "E11"]],
  ["a trace and a version difference", true, ["E3", "E1"]],
  ["a content check and a vendor's statement", true, ["E9", "E8"]],
])("R5, R3: %s are two kinds: %s", (_name, isTwo, kinds) => {
  const supporting = kinds.map((kind) =>
    item(1, { kind, supports: ["retrieval_data"], isVerified: true }),
  );
  const evidence = [...supporting, ...clears("retrieval_data")].map((one, at) => ({
    ...one,
    number: at + 1,
  }));
  const state = claimable("retrieval_data", {}, { evidence });
  const suspected = claim("retrieval_data", { confidence: "suspected", approver });
  expect(confidenceEarned(state, suspected)?.missing).toEqual(
    isTwo ? undefined : ["decisive_item"],
  );
});

test("R5, B13.4: an approver who is the claimant is none, whoever made the claim", () => {
  const suspected = claim("retrieval_data", {
    confidence: "suspected",
    approver,
    author: approver,
  });
  expect(confidenceEarned(onTwo, suspected)?.missing).toEqual(["approver"]);
  const probable = { ...suspected, confidence: "probable", reason: "the index is gone" } as const;
  expect(confidenceEarned(onTwo, probable)?.missing).toEqual(["approver"]);
});

test("R5, B13.4: what a layer still needs asks for an approver where one person declared and coordinates", () => {
  const { incident } = onTwo;
  const state = { ...onTwo, incident: { ...incident, coordinator: incident.declaredBy } };
  const [suspected] = outlookOf(state, 1, "retrieval_data");
  expect(suspected).toEqual({ confidence: "suspected", needs: [], fields: ["approver"] });
});

test("R5, B13.4: the form says at its field that the approver is not the claimant", () => {
  const input = { layer: "retrieval_data", confidence: "suspected", approver: declarer } as const;
  const approves = person({ userId: declarer });
  const rejection = rejected(decideSetVerdict(onTwo, verdictInput(input), by, [], approves));
  expect(rejection).toMatchObject({ code: "bad_field", field: "approver" });
});

test("R5, B13.4: where an override of the layer recovers, confirmed asks for the reverse arm", () => {
  const confirmed = claim("infrastructure", { confidence: "confirmed" });
  const refusal = confidenceEarned(claimable("infrastructure"), confirmed);
  expect(refusal?.missing).toEqual(["reverse_arm"]);
  expect(refusal?.sentence).toMatch(/nobody has tried the reverse/);
});

test("R5: a reverse arm of another layer does not confirm", () => {
  const arms = [...replay("infrastructure"), arm("reverse", ["model"], 10)];
  const [first, ...rest] = claimable("infrastructure").evidence;
  const evidence = first ? [{ ...first, data: { arms } }, ...rest] : [];
  const state = claimable("infrastructure", {}, { evidence });
  const confirmed = claim("infrastructure", { confidence: "confirmed" });
  expect(confidenceEarned(state, confirmed)?.missing).toEqual(["reverse_arm"]);
});

test("R5: a claim that names its items rests on those alone", () => {
  const state = claimable("infrastructure");
  const named = (...evidenceNumbers: number[]) =>
    confidenceEarned(state, claim("infrastructure", { evidenceNumbers }))?.missing;
  expect(named(1)).toBeUndefined();
  expect(named(2, 3)).toEqual(["decisive_item"]);
});

test.each(["cleared", "contributing", "implicated", "not_applicable", "undeterminable"] as const)(
  "R5: the verdict %s needs no such evidence",
  (verdict) => {
    const state = claimable("infrastructure", {}, { evidence: [] });
    expect(confidenceEarned(state, claim("infrastructure", { verdict, confidence: null }))).toBe(
      undefined,
    );
  },
);
