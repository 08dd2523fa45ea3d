// Goal: "I rule my layer out" can be taken back like every word of an answer, and no answer touches what
// somebody claimed in the checklist. Method: given a record, when a form of answers comes in, then the decision or the rejection.

import { expect, test } from "vitest";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import type { ChangeState } from "#src/domain/vocabulary.ts";
import {
  accepted,
  after,
  answerInput,
  by,
  declarer,
  effectNames,
  incidentId,
  item,
  openIncident,
  rejected,
  user,
  verdict,
  verdictInput,
} from "./fixtures.ts";
import { plainStrand } from "#test/support/not-yet.ts";

const author = user("U-author");
/** A minute later each: an answer and its verdict are told from a claim by when they were recorded. */
const minute = (minutes: number) => ({ ...by, now: new Date(by.now.getTime() + minutes * 60_000) });
/** An incident with an item of evidence that rules Model out, in both strands where there are two. */
const incident = (): IncidentState =>
  openIncident({ evidence: [item(1, { strandNumbers: [1, 2], clears: ["model"] })] });
const form = (...given: ReturnType<typeof answerInput>[]) => ({
  incidentId,
  answers: given,
  author,
});

/** Model, answered and ruled out with the answer. */
function ruledOut(change: ChangeState = "no_change"): IncidentState {
  const state = incident();
  const ticked = form(answerInput({ change, rulesOut: true }));
  return after(state, decideAnswerLayers(state, ticked, by));
}

/** Model, answered, then claimed something else in the checklist. */
function claimed(facts: Parameters<typeof verdict>[1]): IncidentState {
  const state = incident();
  const answered = after(state, decideAnswerLayers(state, form(answerInput()), by));
  const { now: recordedAt } = minute(1);
  return { ...answered, verdicts: [verdict("model", { confidence: null, recordedAt, ...facts })] };
}

test.each([
  ["no_change", "cleared"],
  ["not_applicable", "not_applicable"],
] as const)("an answer of %s without the tick ends its verdict %s", (change, ended) => {
  const state = ruledOut(change);
  const untouched = accepted(
    decideAnswerLayers(state, form(answerInput({ change, rulesOut: true })), minute(1)),
  );
  expect(untouched.changes).toEqual({});

  const input = form(answerInput({ change }));
  const decision = accepted(decideAnswerLayers(state, input, minute(1)));
  expect(decision.changes).toMatchObject({
    answers: [{ layer: "model", revision: 2 }],
    verdicts: [],
    endedVerdicts: [{ strandNumber: 1, layer: "model", scope: {} }],
  });
  expect(decision.timeline[1]).toEqual({
    lane: "diagnosis",
    kind: "verdict_taken_back",
    happenedAt: minute(1).now,
    actor: declarer,
    data: { strand: 1, layer: "model", verdict: ended, author },
  });
  const next = after(state, decideAnswerLayers(state, input, minute(1)));
  expect(next.verdicts).toEqual([]);
  expect(accepted(decideAnswerLayers(next, input, minute(2))).changes).toEqual({});
});

test("whoever corrects to “cannot tell” has not ruled the layer out any more", () => {
  const state = ruledOut();
  const cannotTell = form(answerInput({ change: "cannot_tell" }));
  expect(after(state, decideAnswerLayers(state, cannotTell, minute(1))).verdicts).toEqual([]);
});

test("taking back covers the strands that the answer covers", () => {
  const second = {
    number: 2,
    name: "two",
    windowFrom: null,
    windowTo: null,
    slice: {},
    ...plainStrand,
  };
  const two = incident();
  two.strands.push(second);
  const all = form(answerInput({ rulesOut: true }));
  const state = after(two, decideAnswerLayers(two, all, by));
  const one = form(answerInput({ strandNumbers: [2] }));
  const left = after(state, decideAnswerLayers(state, one, minute(1)));
  expect(left.verdicts.map(({ strandNumber }) => strandNumber)).toEqual([1]);
});

test("after a verdict was taken back, revisions count on", () => {
  const state = ruledOut();
  const taken = after(state, decideAnswerLayers(state, form(answerInput()), minute(1)));
  const again = form(answerInput({ rulesOut: true }));
  expect(accepted(decideAnswerLayers(taken, again, minute(2))).changes.verdicts).toMatchObject([
    { verdict: "cleared", revision: 2 },
  ]);
  const claim = verdictInput({ verdict: "cleared" });
  expect(accepted(decideSetVerdict(taken, claim, minute(2))).changes.verdicts).toMatchObject([
    { verdict: "cleared", revision: 2 },
  ]);
});

test.each([
  ["proximate", "Broke first"],
  ["contributing", "Contributed"],
  ["implicated", "Implicated"],
  ["undeterminable", "Cannot be determined"],
] as const)("a claim of %s is not overwritten by the tick of an answer", (kind, words) => {
  const state = claimed({ verdict: kind });
  const ticked = form(answerInput({ sentence: "not us", rulesOut: true }));
  expect(rejected(decideAnswerLayers(state, ticked, minute(2)))).toEqual({
    code: "bad_field",
    field: "certainty:model",
    message: `“${words}” stands for Model, claimed in the checklist. Take this tick out; if the layer is ruled out, set that verdict in the checklist.`,
  });
  const words2 = form(answerInput({ sentence: "not us" }));
  const decision = accepted(decideAnswerLayers(state, words2, minute(2)));
  expect(decision.changes).toMatchObject({ verdicts: [], endedVerdicts: [] });
});

test("a layer that a claim ruled out stays so: its answer neither sets nor ends that verdict", () => {
  const state = claimed({ verdict: "cleared" });
  for (const rulesOut of [true, false]) {
    const input = form(answerInput({ sentence: "other words", rulesOut }));
    const decision = accepted(decideAnswerLayers(state, input, minute(2)));
    expect(decision.changes).toMatchObject({ verdicts: [], endedVerdicts: [] });
    expect(effectNames(decision).slice(0, 2)).toEqual([
      "post-message:panel",
      "post-message:evidence-request",
    ]);
    expect(decision.outcome).toEqual(
      rulesOut
        ? { sentence: "Recorded the answer for Model.", incidentId }
        : {
            sentence:
              "Recorded the answer for Model. “Ruled out” still stands for Model, claimed in the checklist: set another verdict there.",
            incidentId,
            isShown: true,
          },
    );
  }
});

test("a verdict keeps who said it and who typed it, and its timeline entry names the author", () => {
  const state = incident();
  const decision = accepted(
    decideAnswerLayers(state, form(answerInput({ rulesOut: true })), minute(1)),
  );
  expect(decision.changes.verdicts).toMatchObject([{ author, recorder: declarer }]);
  expect(decision.timeline[1]).toMatchObject({ kind: "verdict_set", data: { author } });
  const answered = after(state, decideAnswerLayers(state, form(answerInput()), by));
  const claim = accepted(decideSetVerdict(answered, verdictInput({ verdict: "cleared" }), by));
  expect(claim.changes.verdicts).toMatchObject([{ author: declarer, recorder: declarer }]);
  expect(claim.timeline[0]).toMatchObject({ kind: "verdict_set", data: { author: declarer } });
});
