// Goal: an answer can be given question by question (B2), and a failing request is attached or known to be missing (B5).
// Method: given a record, when somebody answers, then what stands; the rules a claim is tested by have files of
// their own in attribution/.

import { expect, test } from "vitest";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { decideAnswerQuestions } from "#src/domain/answer-questions.ts";
import { decideNoFailingRequest, failingRequestTask } from "#src/domain/failing-request.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import {
  accepted,
  after,
  answer,
  answerInput,
  answers,
  by,
  declarer,
  incidentId,
  item,
  openIncident,
  rejected,
  user,
} from "./fixtures.ts";

test("B2: single questions are the next revision of the short answer, which keeps its author, its time and its tick", () => {
  const author = user("U-author");
  const state = openIncident({ evidence: [item(1, { clears: ["model"] })] });
  const ticked = { ...answers(answerInput({ rulesOut: true })), author };
  const answered = after(state, decideAnswerLayers(state, ticked, by));
  const later = { userId: declarer, now: new Date(by.now.getTime() + 60_000) };
  const input = { incidentId, layer: "model" as const, strandNumber: 1 };
  const some = { ...input, questionAnswers: { 2: "no notice" } };
  const more = after(answered, decideAnswerQuestions(answered, some, later));
  expect(more.answers).toMatchObject([
    { revision: 2, author, recordedAt: by.now, questionAnswers: { 2: "no notice" } },
  ]);
  expect(accepted(decideAnswerQuestions(more, some, later)).changes).toEqual({});
  // the tick can still be taken back with the short form, and the questions stay
  const untick = { ...answers(answerInput()), author };
  const decision = accepted(decideAnswerLayers(more, untick, later));
  expect(decision.changes).toMatchObject({
    answers: [{ questionAnswers: { 2: "no notice" } }],
    endedVerdicts: [{ layer: "model" }],
  });
  const nobody = { ...some, layer: "infrastructure" as LayerId };
  expect(rejected(decideAnswerQuestions(state, nobody, later))).toMatchObject({ code: "stale" });
});

test("B2: questions of an answer for all strands leave the answers that were given for some", () => {
  const state = openIncident({
    answers: [
      answer("model"),
      answer("model", { strandNumbers: [2], revision: 2, sentence: "the second one" }),
    ],
  });
  const input = { incidentId, layer: "model" as const, strandNumber: 1 };
  const next = after(
    state,
    decideAnswerQuestions(state, { ...input, questionAnswers: { 1: "no" } }, by),
  );
  expect(
    next.answers.map(({ revision, strandNumbers, sentence }) => [
      revision,
      strandNumbers,
      sentence,
    ]),
  ).toEqual([
    [3, null, null],
    [4, [2], "the second one"],
  ]);
});

test("B5: the first task is open until a failing request is attached, or somebody says that there is none", () => {
  const state = openIncident({ evidence: [item(1, { kind: "E10" })] });
  expect(failingRequestTask(state)).toBe("open");
  const none = after(state, decideNoFailingRequest(state, { incidentId }, by));
  expect(none.gaps).toMatchObject([{ number: 1, kind: "no_trace", layer: null }]);
  expect(failingRequestTask(none)).toBe("none exists");
  expect(rejected(decideNoFailingRequest(none, { incidentId }, by))).toMatchObject({
    code: "stale",
  });
  const traced = { ...none, evidence: [item(1, { kind: "E3" })] };
  expect(failingRequestTask(traced)).toBe("attached");
  expect(rejected(decideNoFailingRequest(traced, { incidentId }, by)).message).toMatch(
    /attached already/,
  );
});
