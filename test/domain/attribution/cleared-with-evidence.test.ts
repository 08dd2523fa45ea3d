// Goal: a layer is ruled out by answers to all its questions and an item that can carry it (R2).
// Method: given a record, when a layer is ruled out, by a claim or by the tick of an answer, then the refusal.

import { expect, test } from "vitest";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { clearedWithEvidence } from "#src/domain/attribution/cleared-with-evidence.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { layers } from "#src/domain/layers/index.ts";
import {
  accepted,
  after,
  answer,
  answerInput,
  answers,
  by,
  item,
  openIncident,
} from "#test/domain/fixtures.ts";
import { claim, noDifference, replay } from "#test/domain/proof.ts";

const cleared = (evidenceNumbers: number[] = []) =>
  claim("model", { verdict: "cleared", confidence: null, evidenceNumbers });
const clearing = (facts: Partial<EvidenceItem> = {}) => item(1, { clears: ["model"], ...facts });

test("R2, B13.3: nobody has answered, so the layer is what is missing", () => {
  expect(checkClaim(openIncident({ evidence: [clearing()] }), cleared())).toMatchObject({
    rules: ["R2"],
    missing: ["model"],
    sentence:
      "Model cannot be ruled out yet: nobody has answered for it. Ask its owner; half a minute is enough.",
  });
});

test("R2: every question has an answer, or the answer stands for all of them", () => {
  const short = answer("model", { standsForAllQuestions: false });
  const state = openIncident({ answers: [short], evidence: [clearing()] });
  expect(checkClaim(state, cleared())?.sentence).toMatch(/5 of its 5 questions have no answer/);
  const all = Object.fromEntries(layers.model.questions.map((_, index) => [index + 1, "no"]));
  const { 3: _, ...four } = all;
  const answered = (questionAnswers: Record<string, string>) =>
    checkClaim({ ...state, answers: [{ ...short, questionAnswers }] }, cleared());
  expect(answered(four)?.sentence).toMatch(/1 of its 5 questions have no answer/);
  expect(answered(all)).toBeUndefined();
  expect(checkClaim({ ...state, answers: [answer("model")] }, cleared())).toBeUndefined();
});

test.each<[string, boolean, EvidenceItem]>([
  ["a version difference", true, clearing()],
  ["a trace", true, clearing({ kind: "E3" })],
  [
    "a replay in which it makes no difference",
    true,
    clearing({ kind: "E4", data: { arms: noDifference("model") } }),
  ],
  [
    "a replay in which it recovers",
    false,
    clearing({ kind: "E4", data: { arms: replay("model") } }),
  ],
  ["an item that supports it", false, clearing({ supports: ["model"] })],
  ["a recollection", false, clearing({ kind: "E11" })],
  ["a report, verified or not", false, clearing({ kind: "E10", isVerified: true })],
  ["an item that clears another layer", false, clearing({ clears: ["infrastructure"] })],
  ["an item that supports nothing and clears nothing", false, clearing({ clears: [] })],
  ["an item of another strand", false, clearing({ strandNumbers: [2] })],
  ["an item of a part of the strand", false, clearing({ slice: { region: ["eu"] } })],
])("R2, B13.3: %s rules out: %s", (_name, isEnough, evidence) => {
  const state = openIncident({ answers: [answer("model")], evidence: [evidence] });
  const refusal = checkClaim(state, cleared());
  expect(refusal === undefined).toBe(isEnough);
  if (!isEnough) {
    expect(refusal?.missing).toEqual(["model"]);
    expect(refusal?.sentence).toMatch(/no evidence rules it out/);
  }
});

test("R2: a claim that names its items rests on those alone", () => {
  const state = openIncident({
    answers: [answer("model")],
    evidence: [clearing(), item(2, { clears: [] })],
  });
  expect(checkClaim(state, cleared([1, 2]))).toBeUndefined();
  expect(checkClaim(state, cleared([2]))?.rules).toEqual(["R2"]);
});

test("R2: an answer covers all strands until it is overridden for one", () => {
  const evidence = [clearing({ strandNumbers: [1, 2] })];
  const own = answer("model", {
    strandNumbers: [2],
    standsForAllQuestions: false,
    revision: 2,
  });
  const state = openIncident({ answers: [answer("model"), own], evidence });
  expect(clearedWithEvidence(state, cleared())).toBeUndefined();
  expect(clearedWithEvidence(state, { ...cleared(), strandNumber: 2 })?.missing).toEqual(["model"]);
});

test("R2: the tick of an answer that is not admissible saves the answer, says what is missing, and offers the form for it", () => {
  const ticked = answers(answerInput({ rulesOut: true }));
  const decision = accepted(decideAnswerLayers(openIncident(), ticked, by));
  expect(decision.changes).toMatchObject({ answers: [{ layer: "model" }], verdicts: [] });
  expect(decision.timeline.map(({ kind }) => kind)).toEqual(["answer_recorded"]);
  expect(decision.outcome).toMatchObject({
    sentence: "Recorded the answer for Model.",
    isShown: true,
    marks: [
      {
        id: "insufficient:R2:model",
        sentence:
          "Your answer is saved. Model cannot be ruled out yet: no evidence rules it out. Record an item that does, such as a version difference or a trace; a report or a recollection alone is not enough. Then tick it again.",
        opens: { formId: "add-evidence" },
      },
    ],
  });
});

test("R2: the tick rests on what the answer cites or, where that is not enough, on all evidence", () => {
  const state = openIncident({ evidence: [clearing(), item(2)] });
  const ticked = (evidenceNumbers: number[]) =>
    accepted(
      decideAnswerLayers(state, answers(answerInput({ rulesOut: true, evidenceNumbers })), by),
    ).changes.verdicts;
  expect(ticked([1, 2])).toMatchObject([{ verdict: "cleared", evidenceNumbers: [1, 2] }]);
  expect(ticked([2])).toMatchObject([{ verdict: "cleared", evidenceNumbers: [] }]);
});

test("R2: an answer that no longer carries its tick takes the verdict back", () => {
  const state = openIncident({ evidence: [clearing()] });
  const out = after(state, decideAnswerLayers(state, answers(answerInput({ rulesOut: true })), by));
  const less = answers(answerInput({ rulesOut: true, standsForAllQuestions: false }));
  const decision = accepted(decideAnswerLayers(out, less, by));
  expect(decision.changes).toMatchObject({ verdicts: [], endedVerdicts: [{ layer: "model" }] });
});
