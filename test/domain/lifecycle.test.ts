// Goal: the response ends only when nothing stands in its way (B5, R14), and what does is named in order.
// Method: given a record that could be closed, one thing taken away at a time.

import { expect, test } from "vitest";
import {
  checkClose,
  type CloseClaim,
  closeGates,
  closeMissing,
  layersHaveActions,
  leversEnded,
  phaseAfter,
  refuseIfOver,
  strandsAttributed,
} from "#src/domain/lifecycle.ts";
import { action, declarer, lever, now, openIncident, user, verdict } from "./fixtures.ts";

const claim = (facts: Partial<CloseClaim> = {}): CloseClaim => ({
  closeAs: "attributed",
  approver: null,
  closedBy: declarer,
  ...facts,
});

const ready = openIncident({
  verdicts: [verdict("retrieval_data")],
  actions: [action("retrieval_data")],
});

test("B5: an incident with its layer, its action and no lever in force can be closed", () => {
  expect(checkClose(ready, claim())).toBeUndefined();
  expect(closeMissing(ready)).toEqual([]);
});

test.each(["claimed", "confirmed", "declined"] as const)(
  "B5: a lever that is %s and not ended is in force and refuses",
  (state) => {
    const refusal = checkClose({ ...ready, levers: [lever(1, { state })] }, claim());
    expect(refusal).toMatchObject({ rules: ["B5"], missing: ["LV1"] });
    expect(refusal?.sentence).toMatch(/^Take back “Restrict triggering for a topic or cohort”/);
  },
);

test("B5: a lever that was taken back or kept for good does not refuse", () => {
  const ended = { endedAt: now, endedBy: declarer, endedWhy: "done" };
  const levers = [
    lever(1, { ...ended, endedHow: "taken_back" }),
    lever(2, { ...ended, endedHow: "kept" }),
  ];
  expect(checkClose({ ...ready, levers }, claim())).toBeUndefined();
});

test("B5: a proximate or contributing layer without an action refuses, in registry order", () => {
  const verdicts = [
    verdict("infrastructure", { verdict: "contributing", contribution: "why" }),
    verdict("model", { verdict: "cleared" }),
    verdict("prompt_policy"),
    verdict("retrieval_data"),
  ];
  const refusal = checkClose({ ...ready, verdicts }, claim());
  expect(refusal).toMatchObject({ rules: ["B5"], missing: ["prompt_policy", "infrastructure"] });
});

test("R14: an unattributed strand refuses", () => {
  const state = openIncident({ verdicts: [verdict("model", { verdict: "implicated" })] });
  expect(checkClose(state, claim())).toMatchObject({ rules: ["R14"], missing: ["S1"] });
});

test("R14: 'closed, undetermined' takes another person's approval and an observability action", () => {
  const seen = openIncident({ actions: [action("model", { constraintKind: "observability" })] });
  const approved = claim({ closeAs: "undetermined", approver: user("U-approver") });
  expect(checkClose(seen, approved)).toBeUndefined();
  expect(checkClose(seen, { ...approved, approver: null })?.missing).toEqual(["S1"]);
  expect(checkClose(seen, { ...approved, approver: declarer })?.missing).toEqual(["S1"]);
  const blind = openIncident({ actions: [action("model", { constraintKind: "runtime" })] });
  expect(checkClose(blind, approved)).toMatchObject({
    rules: ["R14"],
    sentence: expect.stringContaining("observability"),
  });
});

test("B13.14: levers come before strands before layers, and one rule's missing things stand together", () => {
  const state = openIncident({
    verdicts: [verdict("model", { verdict: "contributing", contribution: "why" })],
    levers: [lever(1)],
  });
  expect(closeGates).toEqual([leversEnded, strandsAttributed, layersHaveActions]);
  const refusal = checkClose(state, claim());
  expect(refusal?.rules).toEqual(["B5", "R14"]);
  expect(refusal?.missing).toEqual(["LV1", "model"]);
  expect(refusal?.more).toHaveLength(2);
  expect(closeMissing(state).map((one) => one.missing)).toEqual([["LV1"], ["S1"], ["model"]]);
});

test("phases move forward by themselves, never back", () => {
  expect(phaseAfter("declared", "stabilizing")).toBe("stabilizing");
  expect(phaseAfter("diagnosing", "stabilizing")).toBe("diagnosing");
});

test.each(["closed", "learned", "cancelled"] as const)(
  "a %s incident takes nothing more",
  (status) => {
    const rejection = refuseIfOver({ ...ready.incident, status });
    expect(rejection?.code).toBe("stale");
    expect(rejection?.message).toMatch(/nothing was recorded/);
  },
);
