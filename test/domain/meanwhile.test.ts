// Goal: nobody's answer is overwritten by a form that was drawn before it, and nothing typed is lost.
// Method: given what was recorded since a form was drawn, when it comes in, then what is saved or refused,
// and the form as it is drawn again.

import { expect, test } from "vitest";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { decideAnswerQuestions } from "#src/domain/answer-questions.ts";
import { decideAnswerRows } from "#src/domain/answer-rows.ts";
import type { LaterEntry } from "#src/domain/meanwhile.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { answerQuestionsModal } from "#views/modals/answer-questions.ts";
import { answerRowsModal } from "#views/modals/answer-rows.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { modalFaults } from "#test/support/block-kit-limits.ts";
import { fillForm } from "#test/support/fill-form.ts";
import {
  accepted,
  answer,
  answersExcept,
  by,
  declarer,
  item,
  openIncident,
  rejected,
  rowAnswer,
  user,
  verdictInput,
} from "./fixtures.ts";

const other = user("U0OTHER");
const entry = (kind: LaterEntry["kind"], data: LaterEntry["data"], actor = other): LaterEntry => ({
  kind,
  actor,
  data,
});
const otherAnswered = entry("answer_recorded", {
  layer: "model",
  change: "changed",
  strands: null,
});

/** Two layers as they stood when the form was drawn, and the form of somebody who typed into some fields. */
const drawn = openIncident({ answers: answersExcept(), lastSequence: 10 });
const view = answerLayersModal.render({
  state: drawn,
  layers: ["model", "infrastructure"],
  presser: declarer,
});
const metadata = view.private_metadata ?? "";
const submitted = (typed: Parameters<typeof fillForm>[1]) => {
  const values = fillForm(view, typed);
  const parsed = answerLayersModal.parse(values, metadata);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return { values, input: parsed.value };
};
/** The same incident a minute later: somebody else has answered for Model. */
const now = {
  ...drawn,
  answers: drawn.answers.map((one) =>
    one.layer === "model"
      ? answer("model", { change: "changed", sentence: "theirs", author: other, revision: 2 })
      : one,
  ),
  lastSequence: 11,
};

test("the form carries what it showed, and how far the timeline had come", () => {
  const { input } = submitted({ "sentence:model": "mine" });
  expect(input.seenSequence).toBe(10);
  expect(input.answers.map(({ seen }) => seen)).toEqual([
    expect.stringMatching(/^[0-9a-z]+$/),
    expect.stringMatching(/^[0-9a-z]+$/),
  ]);
});

test("an answer that somebody else has changed since is not overwritten: who changed what to what is told", () => {
  const { input } = submitted({ "sentence:model": "mine" });
  expect(rejected(decideAnswerLayers(now, input, by, [otherAnswered]))).toMatchObject({
    code: "stale",
    changes: [{ by: other, what: "answered “It changed” for Model" }],
  });
});

test("what nobody touched in the form stands as somebody else has said since; what was touched is saved", () => {
  const { input } = submitted({ "sentence:infrastructure": "mine" });
  const decision = accepted(decideAnswerLayers(now, input, by, [otherAnswered]));
  expect(decision.changes.answers).toMatchObject([{ layer: "infrastructure", sentence: "mine" }]);
});

test.each([
  ["one's own answer in another window", { ...otherAnswered, actor: declarer }],
  ["an answer for another strand", entry("answer_recorded", { layer: "model", strands: [2] })],
  ["an answer for another layer", entry("answer_recorded", { layer: "retrieval_data" })],
  ["a verdict", entry("verdict_set", { layer: "model", strand: 1, verdict: "cleared" })],
])("%s stands in nobody's way", (_name, later) => {
  const { input } = submitted({ "sentence:model": "mine" });
  const given = { ...input, answers: input.answers.map((one) => ({ ...one, strandNumbers: [1] })) };
  expect(accepted(decideAnswerLayers(now, given, by, [later])).changes.answers).toHaveLength(2);
});

test("the form of an answer is drawn again: what was typed, beside what stands now; nothing else is touched", () => {
  const { values } = submitted({ "sentence:model": "mine", "change:model": "degraded" });
  const again = answerLayersModal.render({
    state: now,
    layers: ["model", "infrastructure"],
    presser: declarer,
    overtaken: { values, metadata, changes: [{ by: other, what: "answered for Model" }] },
  });
  expect(modalFaults(again as never)).toEqual([]);
  expect(fillForm(again)).toMatchObject({ "sentence:model": "mine", "change:model": "degraded" });
  expect(JSON.stringify(again.blocks)).toContain("Recorded now: it changed");
  expect(JSON.stringify(again.blocks)).toContain("theirs");
  // sent again, it is later than theirs, and wins
  const second = answerLayersModal.parse(fillForm(again), again.private_metadata ?? "");
  expect(second).toMatchObject({ ok: true, value: { seenSequence: 11 } });
  if (!second.ok) return;
  expect(accepted(decideAnswerLayers(now, second.value, by, [])).changes.answers).toMatchObject([
    { layer: "model", sentence: "mine" },
  ]);
});

test("a layer that nobody had touched is drawn again as it stands now, in a field that Slack takes as new", () => {
  const { values } = submitted({ "sentence:infrastructure": "mine" });
  const again = answerLayersModal.render({
    state: now,
    layers: ["model", "infrastructure"],
    presser: declarer,
    overtaken: { values, metadata, changes: [] },
  });
  expect(fillForm(again)).toMatchObject({
    "sentence:model": "theirs",
    "change:model": "changed",
    "sentence:infrastructure": "mine",
  });
  const field = again.blocks.find((block) => block.block_id === "sentence:model");
  expect(field).toMatchObject({ element: { action_id: "sentence:model~11" } });
});

test("the same for opposing questions: the touched one is refused, the others stand as they are", () => {
  const rowsThen = openIncident({
    evidence: [item(1)],
    rowAnswers: [rowAnswer("retrieval_data", "RD1"), rowAnswer("retrieval_data", "RD2")],
    lastSequence: 10,
  });
  const props = { strandNumber: 1, claimedLayer: "retrieval_data" as const, presser: declarer };
  const form = answerRowsModal.render({ state: rowsThen, ...props });
  const rowsMetadata = form.private_metadata ?? "";
  const typed = fillForm(form, { "sentence:RD1": "mine" });
  const parsed = answerRowsModal.parse(typed, rowsMetadata);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const theirs = (row: string) =>
    entry("row_answered", {
      strand: 1,
      row,
      claimedLayer: "retrieval_data",
      reading: "points_to",
      pointsTo: "model",
    });
  expect(rejected(decideAnswerRows(rowsThen, parsed.value, by, [theirs("RD1")]))).toMatchObject({
    code: "stale",
    changes: [
      {
        by: other,
        what: "answered “Points to Model” to “Were the right documents retrieved but ignored?”",
      },
    ],
  });
  const decision = accepted(decideAnswerRows(rowsThen, parsed.value, by, [theirs("RD2")]));
  expect(decision.changes.rowAnswers?.map(({ row }) => row)).toEqual(["RD1"]);

  const changed = rowAnswer("retrieval_data", "RD1", {
    sentence: "theirs",
    author: other,
    revision: 2,
  });
  const rowsNow = { ...rowsThen, rowAnswers: [changed, ...rowsThen.rowAnswers.slice(1)] };
  const again = answerRowsModal.render({
    state: { ...rowsNow, lastSequence: 11 },
    ...props,
    overtaken: { values: typed, metadata: rowsMetadata, changes: [] },
  });
  expect(modalFaults(again as never)).toEqual([]);
  expect(fillForm(again)).toMatchObject({ "sentence:RD1": "mine", "sentence:RD2": "no" });
  expect(JSON.stringify(again.blocks)).toContain("theirs");
});

test("the same for single questions: what nobody touched is merged, what both typed is refused", () => {
  const questionAnswers = { "1": "no", "2": "no notice" };
  const then = openIncident({
    answers: [answer("model", { questionAnswers, author: other })],
    lastSequence: 10,
  });
  const form = answerQuestionsModal.render({ state: then, layer: "model" });
  const questionsMetadata = form.private_metadata ?? "";
  const submit = (typed: Parameters<typeof fillForm>[1]) => {
    const values = fillForm(form, typed);
    const parsed = answerQuestionsModal.parse(values, questionsMetadata);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    return { values, input: parsed.value };
  };
  const today = { "1": "theirs", "2": "no notice" };
  const changed = answer("model", { questionAnswers: today, author: other, revision: 2 });
  const nowAnswered = { ...then, answers: [changed], lastSequence: 11 };
  const mine = submit({ "question:1": "mine" });
  expect(
    rejected(decideAnswerQuestions(nowAnswered, mine.input, by, [otherAnswered])),
  ).toMatchObject({ code: "stale", changes: [{ by: other, what: "answered questions of Model" }] });
  const another = submit({ "question:3": "always" }).input;
  const decision = accepted(decideAnswerQuestions(nowAnswered, another, by, [otherAnswered]));
  expect(decision.changes.answers?.[0]?.questionAnswers).toEqual({ ...today, "3": "always" });
  const again = answerQuestionsModal.render({
    state: nowAnswered,
    layer: "model",
    overtaken: { values: mine.values, metadata: questionsMetadata, changes: [] },
  });
  expect(modalFaults(again as never)).toEqual([]);
  expect(fillForm(again)).toMatchObject({ "question:1": "mine", "question:2": "no notice" });
  expect(JSON.stringify(again.blocks)).toContain("Recorded now: “theirs”");
});

test("the same for a verdict: set or taken back by somebody else, it is shown before it is overruled", () => {
  const input = verdictInput({ verdict: "implicated", confidence: null, seenSequence: 10 });
  const later = [
    entry("verdict_set", { strand: 1, layer: "model", verdict: "cleared" }),
    entry("verdict_set", { strand: 2, layer: "model", verdict: "proximate" }),
    entry("verdict_taken_back", { strand: 1, layer: "model", verdict: "cleared" }),
  ];
  const rejection = rejected(decideSetVerdict(openIncident(), input, by, later));
  expect(rejection).toMatchObject({
    code: "stale",
    changes: [
      { by: other, what: "set “Ruled out” for Model" },
      { by: other, what: "took back “Ruled out” for Model" },
    ],
  });
  const again = setVerdictModal.render({
    state: now,
    strandNumber: 1,
    layer: "model",
    values: { verdict: "implicated" },
    changes: rejection.code === "stale" ? (rejection.changes ?? []) : [],
  });
  expect(modalFaults(again as never)).toEqual([]);
  expect(fillForm(again)["verdict"]).toBe("implicated");
  expect(JSON.stringify(again.blocks)).toContain("<@U0OTHER> set “Ruled out” for Model.");
});
