// Goal: gaps, factors, goldens, accepted risks and the answers about detection are recorded as people say
// them, can be put right and linked from either side, and ask for what is missing.
// Method: given a record, when one form comes in, then the decision or the rejection.

import { expect, test } from "vitest";
import { type AcceptRiskInput, decideAcceptRisk } from "#src/domain/accept-risk.ts";
import { type AddFactorInput, decideAddFactor } from "#src/domain/add-factor.ts";
import { type AddGapInput, decideAddGap } from "#src/domain/add-gap.ts";
import { type AddGoldenInput, decideAddGolden } from "#src/domain/add-golden.ts";
import { decideAnswerDetection } from "#src/domain/answer-detection.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { withItemsRedrawn } from "#src/domain/items-redrawn.ts";
import { decideLinkItems, type LinkItemsInput } from "#src/domain/link-items.ts";
import {
  accepted,
  action,
  after,
  by,
  declarer,
  effectNames,
  incidentId,
  item,
  now,
  openIncident,
  rejected,
  user,
} from "./fixtures.ts";

const gapInput = (facts: Partial<AddGapInput> = {}): AddGapInput => ({
  incidentId,
  number: null,
  kind: "no_alert_on_metric",
  layer: "retrieval_data",
  statement: "No alert on the age of the newest document",
  actionNumbers: [],
  ...facts,
});
const factorInput = (facts: Partial<AddFactorInput> = {}): AddFactorInput => ({
  incidentId,
  number: null,
  category: "data_fragility",
  layer: "retrieval_data",
  statement: "The index job skips documents and reports success",
  interactsWith: [],
  actionNumbers: [],
  ...facts,
});
const goldenInput = (facts: Partial<AddGoldenInput> = {}): AddGoldenInput => ({
  incidentId,
  number: null,
  strandNumbers: null,
  fromEvidence: 1,
  preconditions: null,
  input: "What is the kilometre rate?",
  passWhen: "the rate of the rule in force in 19 of 20 runs",
  ...facts,
});
const riskInput = (facts: Partial<AcceptRiskInput> = {}): AcceptRiskInput => ({
  incidentId,
  addresses: ["model"],
  statement: "Length differs between releases",
  capacity: "business",
  ...facts,
});
const linkInput = (facts: Partial<LinkItemsInput> = {}): LinkItemsInput => ({
  incidentId,
  of: { kind: "action", number: 1 },
  addresses: null,
  actionNumbers: null,
  interactsWith: null,
  ...facts,
});

const noticedInside = (facts: Partial<IncidentState> = {}) => {
  const state = openIncident(facts);
  state.incident.noticedHow = "internal_signal";
  return state;
};
const answerOf = (answer: string) => ({
  incidentId,
  answers: [{ question: "user_signal_present_earlier" as const, answer }],
});

test("a gap is recorded, posted, and told in the timeline", () => {
  const decision = accepted(decideAddGap(openIncident(), gapInput(), by));
  expect(decision.changes.gaps).toEqual([
    {
      number: 1,
      kind: "no_alert_on_metric",
      layer: "retrieval_data",
      statement: "No alert on the age of the newest document",
      recorder: declarer,
      recordedAt: now,
    },
  ]);
  expect(decision.timeline).toMatchObject([
    { lane: "learning", kind: "gap_recorded", data: { gap: 1, gapKind: "no_alert_on_metric" } },
  ]);
  expect(effectNames(decision)).toEqual(["post-message:learning", "post-message:panel"]);
  expect(decision.outcome).toEqual({ sentence: "Recorded detection gap 1.", incidentId });
});

test("B9: noticed by an internal signal, a gap asks whether one was there earlier, until it is answered", () => {
  const state = noticedInside();
  const asked = accepted(decideAddGap(state, gapInput(), by));
  expect(asked.outcome).toMatchObject({
    isShown: true,
    marks: [
      { id: "suggestion:B9:user_signal_present_earlier", opens: { formId: "answer-detection" } },
    ],
  });
  const withGap = after(state, decideAddGap(state, gapInput(), by));
  const answered = accepted(decideAnswerDetection(withGap, answerOf("yes: expert testers"), by));
  // the gap's message no longer asks
  expect(effectNames(answered)).toEqual([
    "post-message:entry",
    "post-message:learning",
    "post-message:panel",
  ]);
  const then = after(withGap, decideAnswerDetection(withGap, answerOf("yes: expert testers"), by));
  const second = accepted(decideAddGap(then, gapInput({ statement: "No trace" }), by));
  expect(second.outcome.marks).toBeUndefined();
});

test("an answer about detection is kept with who gave it, and the same one twice is no news", () => {
  const state = openIncident({ lastSequence: 7 });
  const decision = accepted(decideAnswerDetection(state, answerOf("yes"), by));
  expect(decision.changes.detectionAnswers).toEqual([
    { question: "user_signal_present_earlier", answer: "yes", author: declarer, recordedAt: now },
  ]);
  expect(decision.effects[0]).toMatchObject({ message: { kind: "entry", sequence: 8 } });
  const then = after(state, decideAnswerDetection(state, answerOf("yes"), by));
  expect(accepted(decideAnswerDetection(then, answerOf("yes"), by)).changes).toEqual({});
});

test("a factor names the factors it acted with, and the actions that answer it", () => {
  const first = openIncident({ actions: [action("retrieval_data")] });
  const one = after(first, decideAddFactor(first, factorInput(), by));
  const input = factorInput({
    statement: "No measure of the age of what is served",
    interactsWith: [1],
    actionNumbers: [1],
  });
  const decision = accepted(decideAddFactor(one, input, by));
  expect(decision.changes.factors).toMatchObject([{ number: 2, interactsWith: [1] }]);
  expect(decision.changes.actions).toMatchObject([{ number: 1, addresses: ["F2"] }]);
  expect(decision.timeline.map(({ kind }) => kind)).toEqual(["factor_recorded", "link_made"]);
});

test("the same gap or factor twice is no news", () => {
  const state = openIncident();
  const twice = after(state, decideAddGap(state, gapInput(), by));
  expect(accepted(decideAddGap(twice, gapInput(), by)).changes).toEqual({});
  const factors = after(state, decideAddFactor(state, factorInput(), by));
  expect(accepted(decideAddFactor(factors, factorInput(), by)).changes).toEqual({});
});

test("who recorded it, the coordinator and the driver put an item right; nobody else does", () => {
  const state = openIncident();
  const standing = after(state, decideAddGap(state, gapInput(), { userId: user("U-other"), now }));
  const correction = gapInput({ number: 1, statement: "No alert on the age of the index" });
  const later = { userId: declarer, now: new Date("2026-03-10T09:00:00Z") };
  const decision = accepted(decideAddGap(standing, correction, later));
  expect(decision.changes.gaps).toMatchObject([
    {
      number: 1,
      statement: "No alert on the age of the index",
      recorder: "U-other",
      recordedAt: now,
    },
  ]);
  expect(decision.timeline).toMatchObject([
    { kind: "details_changed", data: { item: "G1", text: "No alert on the age of the index" } },
  ]);
  const stranger = { userId: user("U-stranger"), now };
  expect(rejected(decideAddGap(standing, correction, stranger))).toEqual({
    code: "not_allowed",
    message:
      "Gap 1 is corrected by who recorded it, the coordinator or the postmortem driver. Tell one of them what is wrong.",
  });
  expect(rejected(decideAddGap(standing, gapInput({ number: 9 }), by)).code).toBe("not_found");
});

test("Q6: a golden of no recorded failure is recorded, and flagged", () => {
  const state = openIncident({ evidence: [item(1)] });
  const flagged = accepted(decideAddGolden(state, goldenInput({ fromEvidence: null }), by));
  expect(flagged.changes.goldens).toMatchObject([{ number: 1, fromEvidence: null }]);
  expect(flagged.outcome).toMatchObject({
    isShown: true,
    marks: [{ id: "flag:Q6:reproduction_trace" }],
  });
  const counted = accepted(decideAddGolden(state, goldenInput(), by));
  expect(counted.outcome.marks).toBeUndefined();
  expect(rejected(decideAddGolden(state, goldenInput({ fromEvidence: 9 }), by)).code).toBe(
    "not_found",
  );
});

test("Q4: a risk is signed by who sends the form, in a capacity of theirs", () => {
  const state = openIncident();
  const signed = accepted(decideAcceptRisk(state, riskInput(), by, ["business"]));
  expect(signed.changes.risks).toMatchObject([
    { number: 1, addresses: ["model"], signedBy: declarer, capacity: "business" },
  ]);
  // nobody told us theirs
  expect(decideAcceptRisk(state, riskInput(), by, []).ok).toBe(true);
  expect(rejected(decideAcceptRisk(state, riskInput(), by, ["safety", "technical"]))).toEqual({
    code: "bad_field",
    field: "capacity",
    message:
      "You are named for safety and technical. Choose that, or ask somebody of this capacity to sign.",
  });
});

test("a risk is accepted for layers and gaps that there are", () => {
  const state = openIncident();
  const risk = (addresses: string[]) => decideAcceptRisk(state, riskInput({ addresses }), by, []);
  expect(rejected(risk(["G1"])).code).toBe("not_found");
  expect(rejected(risk(["S1"]))).toMatchObject({ code: "bad_field", field: "addresses" });
  expect(rejected(risk([]))).toMatchObject({ code: "bad_field", field: "addresses" });
});

test("links are made and taken back from either side, each told by itself", () => {
  const first = openIncident({ actions: [action("model", { number: 1, addresses: ["S1"] })] });
  const state = after(first, decideAddGap(first, gapInput(), by));
  const fromGap = linkInput({ of: { kind: "gap", number: 1 }, actionNumbers: [1] });
  const linked = accepted(decideLinkItems(state, fromGap, by));
  expect(linked.changes.actions).toMatchObject([{ number: 1, addresses: ["S1", "G1"] }]);
  expect(linked.timeline.map(({ data }) => data)).toEqual([{ from: "AC1", to: "G1" }]);
  expect(effectNames(withItemsRedrawn(state, linked))).toEqual([
    "post-message:panel",
    "post-message:action",
    "post-message:learning",
  ]);
  const then = after(state, decideLinkItems(state, fromGap, by));
  const fromAction = linkInput({ addresses: ["S1"] });
  const undone = accepted(decideLinkItems(then, fromAction, by));
  expect(undone.changes.actions).toMatchObject([{ addresses: ["S1"] }]);
  expect(undone.timeline.map(({ data }) => data)).toEqual([
    { from: "AC1", to: "G1", isUndone: true },
  ]);
  expect(accepted(decideLinkItems(then, linkInput(), by)).changes).toEqual({});
});

test("factors are linked with one another, never with themselves", () => {
  const first = openIncident();
  const one = after(first, decideAddFactor(first, factorInput(), by));
  const state = after(one, decideAddFactor(one, factorInput({ statement: "Another" }), by));
  const input = linkInput({ of: { kind: "factor", number: 2 }, interactsWith: [1, 2] });
  const decision = accepted(decideLinkItems(state, input, by));
  expect(decision.changes.factors).toMatchObject([{ number: 2, interactsWith: [1] }]);
  expect(decision.timeline.map(({ data }) => data)).toEqual([{ from: "F2", to: "F1" }]);
});

test("what came back from a form is looked up again", () => {
  const state = openIncident();
  const astray = [
    decideAddGap(state, gapInput({ actionNumbers: [9] }), by),
    decideAddFactor(state, factorInput({ interactsWith: [9] }), by),
    decideAddGolden(state, goldenInput({ strandNumbers: [9] }), by),
    decideLinkItems(state, linkInput({ addresses: ["S9"] }), by),
    decideLinkItems(state, linkInput({ of: { kind: "gap", number: 9 } }), by),
  ];
  expect(astray.map((result) => rejected(result).code)).toEqual(astray.map(() => "not_found"));
});

test("R12: a person as cause is refused with other words, in every text that ends in the record", () => {
  const blame = "The on-call engineer forgot to rebuild the index";
  const state = openIncident({ evidence: [item(1)] });
  const refused = [
    decideAddGap(state, gapInput({ statement: blame }), by),
    decideAddFactor(state, factorInput({ statement: blame }), by),
    decideAcceptRisk(state, riskInput({ statement: blame }), by, []),
    decideAnswerDetection(state, answerOf(blame), by),
  ];
  for (const result of refused) {
    expect(rejected(result)).toMatchObject({ code: "refused", refusal: { rules: ["R12"] } });
  }
  // what was asked is a quotation
  expect(decideAddGolden(state, goldenInput({ input: blame }), by).ok).toBe(true);
});

test("an incident that is over takes none of it", () => {
  const state = openIncident();
  state.incident.status = "closed";
  const results = [
    decideAddGap(state, gapInput(), by),
    decideAddFactor(state, factorInput(), by),
    decideAddGolden(state, goldenInput(), by),
    decideAcceptRisk(state, riskInput(), by, []),
    decideAnswerDetection(state, answerOf("yes"), by),
    decideLinkItems(state, linkInput(), by),
  ];
  expect(results.map((result) => rejected(result).code)).toEqual(results.map(() => "stale"));
});
