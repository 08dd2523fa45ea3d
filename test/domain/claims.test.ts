// Goal: a layer is ruled out on evidence that can carry it (R2), a report counts once it is verified (R11),
// a contribution blames nobody (R12), and disagreement stays beside the verdict (R10).
// Method: given a record, when somebody claims, then the refusal; and properties over any record.

import fc from "fast-check";
import { expect, test } from "vitest";
import { checkClaim, type VerdictClaim } from "#src/domain/attribution.ts";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { decideAnswerQuestions } from "#src/domain/answer-questions.ts";
import { nextStep } from "#src/domain/checklist.ts";
import { decideDissent, dissentsAgainst } from "#src/domain/dissent.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { decideNoFailingRequest, failingRequestTask } from "#src/domain/failing-request.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { layerState, openLayers, opposingRows } from "#src/domain/layer-state.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import { decideVerifyReport } from "#src/domain/verify-report.ts";
import { evidenceKinds, verdictKinds } from "#src/domain/vocabulary.ts";
import {
  accepted,
  after,
  allRows,
  answer,
  answerInput,
  answers,
  answersExcept,
  by,
  declarer,
  incidentId,
  item,
  openIncident,
  rejected,
  rowAnswer,
  user,
  verdict,
  verdictInput,
} from "./fixtures.ts";

const claim = (facts: Partial<VerdictClaim> = {}): VerdictClaim => ({
  strandNumber: 1,
  layer: "model",
  verdict: "cleared",
  confidence: null,
  scope: {},
  contribution: null,
  evidenceNumbers: [],
  approver: null,
  author: declarer,
  ...facts,
});
const clearing = (facts: Partial<EvidenceItem> = {}) => item(1, { clears: ["model"], ...facts });

test("R2: nobody has answered, so the layer is what is missing", () => {
  expect(checkClaim(openIncident({ evidence: [clearing()] }), claim())).toMatchObject({
    rules: ["R2"],
    missing: ["model"],
    sentence:
      "Model cannot be ruled out yet: nobody has answered for it. Ask its owner; half a minute is enough.",
  });
});

test("R2: every question has an answer, or the answer stands for all of them", () => {
  const short = answer("model", { standsForAllQuestions: false });
  const state = openIncident({ answers: [short], evidence: [clearing()] });
  expect(checkClaim(state, claim())?.sentence).toMatch(/5 of its 5 questions have no answer/);
  const all = Object.fromEntries(layers.model.questions.map((_, index) => [index + 1, "no"]));
  const { 3: _, ...four } = all;
  const answered = (questionAnswers: Record<string, string>) =>
    checkClaim({ ...state, answers: [{ ...short, questionAnswers }] }, claim());
  expect(answered(four)?.sentence).toMatch(/1 of its 5 questions have no answer/);
  expect(answered(all)).toBeUndefined();
  expect(checkClaim({ ...state, answers: [answer("model")] }, claim())).toBeUndefined();
});

test.each([
  ["a version difference", clearing(), true],
  ["a trace", clearing({ kind: "E3" }), true],
  ["a recollection", clearing({ kind: "E11" }), false],
  ["a report, verified or not", clearing({ kind: "E10", isVerified: true }), false],
  ["an item that clears another layer", clearing({ clears: ["infrastructure"] }), false],
  ["an item that supports nothing and clears nothing", clearing({ clears: [] }), false],
  ["an item of another strand", clearing({ strandNumbers: [2] }), false],
  ["an item of a part of the strand", clearing({ slice: { region: ["eu"] } }), false],
])("R2: %s rules out: %s", (_name, evidence, isEnough) => {
  const state = openIncident({ answers: [answer("model")], evidence: [evidence] });
  const refusal = checkClaim(state, claim());
  expect(refusal === undefined).toBe(isEnough);
  if (!isEnough) expect(refusal?.sentence).toMatch(/no evidence rules it out/);
});

test("R2: a claim that names its items rests on those alone", () => {
  const evidence = [clearing(), item(2, { clears: [] })];
  const state = openIncident({ answers: [answer("model")], evidence });
  expect(checkClaim(state, claim({ evidenceNumbers: [1, 2] }))).toBeUndefined();
  expect(checkClaim(state, claim({ evidenceNumbers: [2] }))?.rules).toEqual(["R2"]);
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
  const cleared = after(
    state,
    decideAnswerLayers(state, answers(answerInput({ rulesOut: true })), by),
  );
  const less = answers(answerInput({ rulesOut: true, standsForAllQuestions: false }));
  const decision = accepted(decideAnswerLayers(cleared, less, by));
  expect(decision.changes).toMatchObject({ verdicts: [], endedVerdicts: [{ layer: "model" }] });
});

const anyItem = fc
  .record({
    kind: fc.constantFrom(...(Object.keys(evidenceKinds) as (keyof typeof evidenceKinds)[])),
    supports: fc.subarray(layerIds),
    clears: fc.subarray(layerIds),
    isVerified: fc.constantFrom(true, false, null),
  })
  .map((facts) => item(1, facts));
const anyRecord = fc
  .record({
    evidence: fc.array(anyItem, { maxLength: 6 }),
    answered: fc.subarray(layerIds),
    standsForAllQuestions: fc.boolean(),
    rows: fc.array(
      fc.record({
        claimed: fc.constantFrom(...layerIds),
        reading: fc.constantFrom(
          "rules_out" as const,
          "points_to" as const,
          "cannot_tell" as const,
        ),
        evidenceNumbers: fc.subarray([1, 2, 3, 4, 5, 6]),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ evidence, answered, standsForAllQuestions, rows }): IncidentState =>
    openIncident({
      evidence: evidence.map((one, index) => ({ ...one, number: index + 1 })),
      answers: answered.map((layer) => answer(layer, { standsForAllQuestions })),
      rowAnswers: rows.flatMap(({ claimed, reading, evidenceNumbers }) =>
        layers[claimed].opposing.map(({ id }) =>
          rowAnswer(claimed, id, {
            reading,
            pointsTo: reading === "points_to" ? "model" : null,
            evidenceNumbers: evidenceNumbers.filter((number) => number <= evidence.length),
          }),
        ),
      ),
    }),
  );
const anyClaim = fc
  .record({
    layer: fc.constantFrom(...layerIds),
    verdict: fc.constantFrom(...(Object.keys(verdictKinds) as (keyof typeof verdictKinds)[])),
    contribution: fc.constantFrom(null, "it hid the date"),
  })
  .map((facts) => claim(facts));

test("R1: whatever is recorded, no layer is proximate beside one that is unexamined", () => {
  fc.assert(
    fc.property(anyRecord, anyClaim, (state, made) => {
      if (made.verdict !== "proximate" || checkClaim(state, made)) return;
      expect(openLayers(state, 1).filter((layer) => layer !== made.layer)).toEqual([]);
    }),
  );
});

test("R2: whatever is recorded, a layer is ruled out only with an answer and an item that is not weak", () => {
  fc.assert(
    fc.property(anyRecord, anyClaim, (state, made) => {
      if (made.verdict !== "cleared" || checkClaim(state, made)) return;
      expect(layerState(state, 1, made.layer)).not.toBe("unexamined");
      const carrying = state.evidence.filter(
        ({ kind, clears }) => kind !== "E10" && kind !== "E11" && clears.includes(made.layer),
      );
      expect(carrying).not.toEqual([]);
    }),
  );
});

test("R11: whatever is recorded, a report that nobody has verified changes no outcome", () => {
  fc.assert(
    fc.property(anyRecord, anyClaim, (state, made) => {
      const isIgnored = ({ kind, isVerified }: EvidenceItem) => kind === "E10" && !isVerified;
      const ignored = state.evidence.filter(isIgnored).map(({ number }) => number);
      const without = {
        ...state,
        evidence: state.evidence.filter((one) => !isIgnored(one)),
        rowAnswers: state.rowAnswers.map((row) => ({
          ...row,
          evidenceNumbers: row.evidenceNumbers.filter((number) => !ignored.includes(number)),
        })),
      };
      expect(checkClaim(state, made)?.rules).toEqual(checkClaim(without, made)?.rules);
      expect(nextStep(state)).toEqual(nextStep(without));
    }),
  );
});

test("R11: a row that rests on a report alone is open until the report is verified", () => {
  const report = item(1, { kind: "E10" });
  const state = openIncident({
    answers: answersExcept(),
    evidence: [report],
    rowAnswers: allRows("retrieval_data"),
  });
  const proximate = claim({
    layer: "retrieval_data",
    verdict: "proximate",
    confidence: "probable",
  });
  expect(checkClaim(state, proximate)).toMatchObject({
    rules: ["R9"],
    sentence: expect.stringContaining("rests on reports that nobody has verified"),
  });
  const input = { incidentId, evidenceNumber: 1, isVerified: true };
  const verified = after(state, decideVerifyReport(state, input, by));
  expect(checkClaim(verified, proximate)).toBeUndefined();
  expect(opposingRows(verified, 1, "retrieval_data").every((row) => row.isFilled)).toBe(true);
});

test("R11: the next step does not follow a report that nobody has verified", () => {
  const report = item(1, { kind: "E10", supports: ["model"] });
  const state = openIncident({ answers: answersExcept(), evidence: [report] });
  expect(nextStep(state).layer).toBeUndefined();
  const verified = { ...state, evidence: [{ ...report, isVerified: true }] };
  expect(nextStep(verified).layer).toBe("model");
});

test("R11: verifying names who and when, and can be changed either way", () => {
  const state = openIncident({ evidence: [item(1, { kind: "E10" }), item(2)] });
  const say = (one: IncidentState, isVerified: boolean, evidenceNumber = 1) =>
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
  expect(rejected(say(state, true, 2))).toMatchObject({ code: "not_found" });
});

test("R12: a contribution that blames is refused last, with words that can be taken", () => {
  const blaming = "An engineer forgot to rebuild the index and the model hallucinated.";
  const refusal = checkClaim(
    openIncident(),
    claim({ verdict: "contributing", contribution: blaming }),
  );
  expect(refusal).toMatchObject({
    rules: ["R12"],
    missing: ["rewrite"],
    rewrite: { field: "contribution" },
  });
  const both = claim({ verdict: "proximate", confidence: "probable", contribution: blaming });
  expect(checkClaim(openIncident(), both)?.rules).toEqual(["R1", "R9", "R12"]);
});

test("R10: a disagreement stays beside the verdict, by name, and blocks nothing", () => {
  const state = openIncident({
    answers: answersExcept(),
    rowAnswers: allRows("model"),
    evidence: [item(1)],
    verdicts: [verdict("model")],
  });
  const author = user("U-author");
  const input = { incidentId, strandNumber: 1, layer: "model" as const, author };
  const said = { ...input, statement: "one trace is thin" };
  const disagreed = after(state, decideDissent(state, said, by));
  expect(dissentsAgainst(disagreed, 1, "model")).toMatchObject([
    { number: 1, author, recorder: declarer, statement: "one trace is thin" },
  ]);
  expect(disagreed.verdicts).toEqual(state.verdicts);
  expect(accepted(decideSetVerdict(disagreed, verdictInput(), by)).changes.verdicts).toHaveLength(
    1,
  );
  const blaming = { ...input, statement: "The model hallucinated." };
  expect(rejected(decideDissent(state, blaming, by))).toMatchObject({
    code: "refused",
    refusal: { rules: ["R12"], rewrite: { field: "statement" } },
  });
  const other = { ...said, layer: "infrastructure" as const };
  expect(rejected(decideDissent(state, other, by))).toMatchObject({ code: "stale" });
});

test("B2: single questions are the next revision of the short answer, which keeps its author, its time and its tick", () => {
  const author = user("U-author");
  const state = openIncident({ evidence: [clearing()] });
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
