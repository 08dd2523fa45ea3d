// Goal: the response ends only when nothing stands in its way (B5, R14), and what does is named in order.
// Method: given a record that could be closed, one thing taken away at a time.

import { expect, test } from "vitest";
import { strandsAttributed } from "#src/domain/gates/attribution.ts";
import type { CloseClaim } from "#src/domain/gates/close-claim.ts";
import { layersHaveActions } from "#src/domain/gates/learning.ts";
import { notAsked } from "#src/domain/gates/not-asked.ts";
import { leversEnded } from "#src/domain/gates/recovery.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import {
  checkClose,
  checkPhase,
  closeFlags,
  closeGates,
  closeMissing,
  phaseAfter,
  refuseIfOver,
} from "#src/domain/lifecycle.ts";
import type { Phase } from "#src/domain/vocabulary.ts";
import { plainStrand } from "#test/support/not-yet.ts";
import {
  action,
  answer,
  answersExcept,
  declarer,
  item,
  lever,
  now,
  openIncident,
  user,
  verdict,
} from "./fixtures.ts";
import { claimable } from "./proof.ts";

const claim = (facts: Partial<CloseClaim> = {}): CloseClaim => ({
  closeAs: "attributed",
  approver: null,
  closedBy: declarer,
  ...facts,
});

const ready = claimable(
  "retrieval_data",
  {},
  {
    verdicts: [verdict("retrieval_data")],
    actions: [action("retrieval_data")],
  },
);

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
  expect(refusal).toMatchObject({
    rules: ["B5", "Q4"],
    missing: ["prompt_policy", "infrastructure"],
  });
});

const risk = (...addresses: string[]) => ({
  number: 1,
  addresses,
  statement: "memory can make it stronger in some conversations",
  signedBy: user("U-safety"),
  capacity: "safety" as const,
  recordedAt: now,
});
const gap = (number: number) => ({
  number,
  kind: "no_alert_on_metric" as const,
  layer: null,
  statement: "no alert on the age of the index",
  recorder: declarer,
  recordedAt: now,
});
const golden = (fromEvidence: number | null) => ({
  number: 1,
  strandNumbers: [1],
  fromEvidence,
  preconditions: null,
  input: "what is the rate",
  passWhen: "the rate in force",
  recorder: declarer,
  recordedAt: now,
});

test("Q4: a signed risk stands for an action on its layer, and for no other", () => {
  const verdicts = [
    verdict("model"),
    verdict("retrieval_data", { verdict: "contributing", contribution: "why" }),
  ];
  const actions = [action("model", { weakRules: ["Q3"] })];
  const bare = { ...ready, verdicts, actions };
  expect(checkClose(bare, claim())).toMatchObject({
    rules: ["B5", "Q4"],
    missing: ["retrieval_data"],
  });
  expect(checkClose({ ...bare, risks: [risk("retrieval_data")] }, claim())).toBeUndefined();
  expect(checkClose({ ...bare, risks: [risk("G1", "infrastructure")] }, claim())).toBeDefined();
});

test("Q4, Q6: an unanswered gap and a missing golden are flagged at close, not refused", () => {
  const gaps = [gap(1), gap(2), gap(3)];
  const actions = [action("retrieval_data", { addresses: ["G2"] })];
  const state = { ...ready, gaps, actions, risks: [risk("G3")], goldens: [golden(null)] };
  expect(checkClose(state, claim())).toBeUndefined();
  expect(closeFlags(state).map(({ rule, missing }) => [rule, missing])).toEqual([
    ["Q4", ["G1"]],
    ["Q6", ["golden"]],
  ]);
  expect(closeFlags({ ...state, gaps: [], goldens: [golden(1)] })).toEqual([]);
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
  expect(refusal?.rules).toEqual(["B5", "R14", "Q4"]);
  expect(refusal?.missing).toEqual(["LV1", "model"]);
  expect(refusal?.more).toHaveLength(2);
  expect(closeMissing(state).map((one) => one.missing)).toEqual([["LV1"], ["S1"], ["model"]]);
});

/** An incident in this phase, with a lever that is complete and a strand that is attributed. */
const moving = (phase: Phase, facts: Partial<IncidentState> = {}): IncidentState => {
  const state = openIncident({
    levers: [lever(1, { harmSignal: "wrong answers per hour" })],
    verdicts: [verdict("model")],
    ...facts,
  });
  return { ...state, incident: { ...state.incident, ...facts.incident, phase } };
};

test.each(["declared", "stabilizing", "diagnosing"] as const)("B13.14: %s asks nothing", (to) => {
  expect(checkPhase(openIncident(), to)).toBeUndefined();
});

test("B5: recovering asks for a lever with its signal, then for the strands", () => {
  expect(checkPhase(moving("diagnosing"), "recovering")).toBeUndefined();
  expect(checkPhase(openIncident(), "recovering")).toMatchObject({
    rules: ["B5"],
    missing: ["lever", "S1"],
  });
  const silent = moving("diagnosing", { levers: [lever(1)], verdicts: [] });
  expect(checkPhase(silent, "recovering")?.missing).toEqual(["harm_signal", "S1"]);
  const declined = [lever(1, { state: "declined", harmSignal: "errors" })];
  expect(checkPhase(moving("diagnosing", { levers: declined }), "recovering")?.missing).toEqual([
    "lever",
  ]);
});

test("B5: 'none needed' with a reason stands for a lever and its signal", () => {
  const state = moving("diagnosing", { levers: [] });
  state.incident.noLeverNeededWhy = "it ended by itself";
  expect(checkPhase(state, "recovering")).toBeUndefined();
});

test("B5: one lever that names its signal is enough", () => {
  const levers = [lever(1), lever(2, { harmSignal: "errors" })];
  expect(checkPhase(moving("diagnosing", { levers }), "recovering")).toBeUndefined();
});

test("B5: learning asks that no lever is in force and that the strands are diagnosed, whatever the phase", () => {
  expect(checkPhase(moving("recovering"), "learning")).toMatchObject({
    rules: ["B5"],
    missing: ["LV1"],
  });
  const levers = [lever(1, { endedAt: now, endedHow: "kept" })];
  expect(checkPhase(moving("diagnosing", { levers }), "learning")).toBeUndefined();
  const open = moving("diagnosing", { levers, verdicts: [] });
  expect(checkPhase(open, "learning")?.missing).toEqual(["S1"]);
});

test("B5: a strand whose layers were all asked, one of them without an answer to be had, is diagnosed as far as it goes", () => {
  const blocked = [...answersExcept("model"), answer("model", { change: "cannot_tell" })];
  const unknown = moving("diagnosing", { verdicts: [], answers: blocked });
  expect(checkPhase(unknown, "recovering")).toBeUndefined();
  const told = { ...unknown, answers: [...answersExcept("model"), answer("model")] };
  expect(checkPhase(told, "recovering")?.missing).toEqual(["S1"]);
  const second = { ...told.strands[0]!, ...plainStrand, number: 2 };
  const twoStrands = { ...unknown, strands: [...unknown.strands, second], answers: [] };
  expect(checkPhase(twoStrands, "recovering")?.missing).toEqual(["S1", "S2"]);
});

test("B5: a move back asks nothing", () => {
  expect(
    checkPhase(moving("learning", { levers: [], verdicts: [] }), "recovering"),
  ).toBeUndefined();
});

test("what no gate asks for is told: class, impact, promise, a failing request, levers nobody confirmed", () => {
  const ids = (state: IncidentState) => notAsked(state).flatMap(({ missing }) => missing);
  expect(ids(openIncident())).toEqual(["class", "impact", "promise", "failing_trace"]);
  const told = moving("diagnosing", { evidence: [item(1, { kind: "E3" })] });
  Object.assign(told.incident, {
    incidentClass: "correctness",
    userImpact: "old rule",
    promiseBroken: "answers by the rule in force",
  });
  expect(ids(told)).toEqual(["LV1", "LV1"]);
  told.levers = [lever(1, { state: "confirmed", harmSignal: "errors", hasHarmMoved: false })];
  expect(ids(told)).toEqual([]);
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
