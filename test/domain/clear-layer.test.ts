// Goal: one press rules a layer out where the ledger is complete, in the name of who pressed, and never over
// what somebody has decided; a verdict that the record no longer carries is named, and stays.
// Method: given a record, when somebody presses, then what is recorded or why not; the close form's flags.

import fc from "fast-check";
import { expect, test } from "vitest";
import { checkClaim } from "#src/domain/attribution.ts";
import { decideClearLayer, isClearable } from "#src/domain/clear-layer.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { closeFlags } from "#src/domain/lifecycle.ts";
import { notHoldingFlags, verdictsNotHolding } from "#src/domain/not-holding.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { completeFor, withoutSome } from "./complete-record.ts";
import {
  accepted,
  after,
  answer,
  answersExcept,
  by,
  declarer,
  incidentId,
  item,
  openIncident,
  rejected,
  user,
  verdict,
} from "./fixtures.ts";

const input = { incidentId, strandNumber: 1, layer: "model" as const };
const ready = openIncident({
  answers: answersExcept(),
  evidence: [item(1, { clears: ["model"] })],
});

test("R10: one press rules the layer out in the name of who pressed, as the form would", () => {
  const presser = { ...by, userId: user("U-owner") };
  const decision = accepted(decideClearLayer(ready, input, presser));
  expect(decision.changes.verdicts).toMatchObject([
    { layer: "model", verdict: "cleared", scope: {}, author: presser.userId, revision: 1 },
  ]);
  expect(decision.timeline).toMatchObject([{ kind: "verdict_set", actor: presser.userId }]);
});

test("pressed again, by anybody, it changes nothing", () => {
  const cleared = after(ready, decideClearLayer(ready, input, by));
  const again = accepted(decideClearLayer(cleared, input, { ...by, userId: user("U-other") }));
  expect(again).toMatchObject({ changes: {}, timeline: [], effects: [] });
  expect(again.outcome.sentence).toBe("Model is ruled out already.");
  expect(isClearable(cleared, 1, "model")).toBe(false);
});

test("what somebody has decided meanwhile is not overwritten by a press", () => {
  const named = { ...ready, verdicts: [verdict("model", { verdict: "implicated" })] };
  expect(isClearable(named, 1, "model")).toBe(false);
  expect(rejected(decideClearLayer(named, input, by))).toMatchObject({
    code: "stale",
    message: expect.stringContaining("“Implicated” stands for Model"),
  });
});

test.each<[string, Partial<IncidentState>, string]>([
  ["R2: without an answer", { answers: [] }, "R2"],
  ["R2: with a weak item alone", { evidence: [item(1, { kind: "E11", clears: ["model"] })] }, "R2"],
  ["R4: from a record that may lack a change", { answers: [unsure()] }, "R4"],
  ["R10: with an open split", { evidence: [...ready.evidence, other()] }, "R10"],
])("%s nothing is offered, and an old button is refused", (_, facts, rule) => {
  const state = { ...ready, ...facts };
  expect(isClearable(state, 1, "model")).toBe(false);
  expect(rejected(decideClearLayer(state, input, by))).toMatchObject({
    refusal: { rules: expect.arrayContaining([rule]) },
  });
});

test("R2, R4, R10: what is offered is taken, whatever is recorded", () => {
  fc.assert(
    fc.property(fc.constantFrom(...layerIds).chain(withoutSome), (state) => {
      for (const layer of layerIds) {
        if (!isClearable(state, 1, layer)) continue;
        const next = after(state, decideClearLayer(state, { ...input, layer }, by));
        expect(verdictsNotHolding(next, 1)).toEqual([]);
      }
    }),
    { numRuns: Math.ceil(propertyRuns / 5) },
  );
});

test("a verdict that would be refused now is named with what is missing, and blocks nothing", () => {
  const whole = completeFor("infrastructure");
  const held = { ...whole, verdicts: [verdict("infrastructure")] };
  expect(verdictsNotHolding(held, 1)).toEqual([]);
  const [first, ...others] = held.rowAnswers;
  const anew = { ...first!, evidenceNumbers: [], revision: 2 };
  const fallen = { ...held, rowAnswers: [...others, anew] };
  expect(checkClaim(fallen, held.verdicts[0]!)?.rules).toEqual(["R9"]);
  expect(closeFlags(fallen)[0]).toMatchObject({
    rule: "R9",
    missing: ["S1"],
    sentence: expect.stringMatching(
      /^This does not hold any more: “Broke first” for Infrastructure\. “Does the failing slice.*has an answer but no evidence/,
    ),
  });
});

test("R11: a report that turns out not to be real takes the ground from under what rested on it", () => {
  const report = item(1, { kind: "E10", isVerified: false, verifiedBy: declarer });
  const whole = completeFor("infrastructure");
  const evidence = whole.evidence.map((one) => (one.number === 1 ? report : one));
  const state = { ...whole, evidence, verdicts: [verdict("infrastructure")] };
  expect(notHoldingFlags(state)).toMatchObject([{ rule: "R9", missing: ["S1"] }]);
});

test("an open split alone takes nothing back: it asks for itself", () => {
  const whole = completeFor("infrastructure");
  const verdicts = [verdict("infrastructure")];
  const state = { ...whole, verdicts, evidence: [...whole.evidence, other()] };
  expect(verdictsNotHolding(state, 1)).toEqual([]);
  const [first, ...others] = state.rowAnswers;
  const bare = { ...state, rowAnswers: [{ ...first!, evidenceNumbers: [] }, ...others] };
  expect(verdictsNotHolding(bare, 1)).toMatchObject([{ refusal: { rules: ["R9"] } }]);
});

/** "No change" from a record of which nobody knows whether it is whole. */
function unsure() {
  return answer("model", { isSourceComplete: false });
}

/** A verified report of another failure. */
function other() {
  return item(9, { kind: "E10", isVerified: true, data: { isOtherFailure: true } });
}
