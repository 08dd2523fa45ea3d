// Goal: of two people who change the same thing at once, one wins and the other is told, whichever it is.
// Method: two submissions at the same moment on a real PostgreSQL.

import { beforeAll, expect, test } from "vitest";
import { getIncidentState, listRefusals } from "#src/db/incidents.ts";
import { findBrokenLink, listTimeline } from "#src/db/timeline.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { SetVerdictInput } from "#src/domain/inputs.ts";
import type { Rejection } from "#src/domain/rejection.ts";
import type { Outcome } from "#src/domain/decision.ts";
import type { Result } from "#src/lib/result.ts";
import { addEvidence } from "#src/usecases/add-evidence.ts";
import { addStrand } from "#src/usecases/add-strand.ts";
import { answerLayers } from "#src/usecases/answer-layers.ts";
import { answerQuestions } from "#src/usecases/answer-questions.ts";
import { recordDissent } from "#src/usecases/dissent.ts";
import { editStrand } from "#src/usecases/edit-strand.ts";
import { noFailingRequest } from "#src/usecases/no-failing-request.ts";
import { setVerdict } from "#src/usecases/set-verdict.ts";
import { verifyReport } from "#src/usecases/verify-report.ts";
import { testDatabase } from "#test/support/database.ts";
import { colleague, contextOf, declareOne, declarer, seedPeople, teamId } from "./support.ts";

const { db } = await testDatabase();
beforeAll(() => seedPeople(db));

/** An incident with both people in its channel. */
async function sharedIncident(): Promise<IncidentId> {
  const incidentId = await declareOne(db);
  await db
    .insertInto("channelMember")
    .values([declarer, colleague].map((userId) => ({ incidentId, userId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return incidentId;
}

const as = (userId: typeof declarer) => contextOf(db, { actor: { teamId, userId } });

function expectOneOvertaken(results: Result<Outcome, Rejection>[], what: RegExp): void {
  const rejections = results.flatMap((result) => (result.ok ? [] : [result.error]));
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(rejections).toMatchObject([{ code: "stale" }]);
  const [rejection] = rejections;
  const winner = results[0]?.ok ? declarer : colleague;
  expect(rejection?.code === "stale" && rejection.changes).toEqual([
    { by: winner, what: expect.stringMatching(what) },
  ]);
}

test("two answers for one layer at the same moment: one is saved, the other is told of it, and can be sent again", async () => {
  const incidentId = await sharedIncident();
  const { lastSequence: seenSequence } = await getIncidentState(db, incidentId);
  const input = (sentence: string) => ({
    incidentId,
    author: declarer,
    seenSequence,
    answers: [
      {
        layer: "infrastructure" as const,
        strandNumbers: null,
        change: "no_change" as const,
        isSourceComplete: true,
        standsForAllQuestions: true,
        rulesOut: false,
        sentence,
        evidenceNumbers: [],
        seen: "-",
      },
    ],
  });
  expectOneOvertaken(
    await Promise.all([
      answerLayers(as(declarer), input("first")),
      answerLayers(as(colleague), input("second")),
    ]),
    /^answered “No change” for Infrastructure$/,
  );
  const { answers, lastSequence } = await getIncidentState(db, incidentId);
  expect(answers).toHaveLength(1);
  const again = { ...input("both of us"), seenSequence: lastSequence };
  expect((await answerLayers(as(colleague), again)).ok).toBe(true);
  expect((await getIncidentState(db, incidentId)).answers).toMatchObject([
    { revision: 2, sentence: "both of us" },
  ]);
});

test("two verdicts on one layer at the same moment: one is set, the other is told of it", async () => {
  const incidentId = await sharedIncident();
  const { lastSequence: seenSequence } = await getIncidentState(db, incidentId);
  const input: SetVerdictInput = {
    incidentId,
    strandNumber: 1,
    layer: "model",
    verdict: "implicated",
    confidence: null,
    scope: { region: ["eu-1", "eu-2"] },
    contribution: null,
    reason: null,
    locus: "ours" as const,
    evidenceNumbers: [],
    approver: null,
    seenSequence,
  };
  expectOneOvertaken(
    await Promise.all([
      setVerdict(as(declarer), input),
      setVerdict(as(colleague), { ...input, verdict: "implicated" }),
    ]),
    /^set “Implicated” for Model$/,
  );
  const { verdicts } = await getIncidentState(db, incidentId);
  expect(verdicts).toMatchObject([{ revision: 1, scope: { region: ["eu-1", "eu-2"] } }]);
  expect(await listRefusals(db, incidentId)).toEqual([]);
  const anew = { ...input, verdict: "undeterminable" as const, seenSequence: 999 };
  expect((await setVerdict(as(declarer), anew)).ok).toBe(true);
  expect((await getIncidentState(db, incidentId)).verdicts).toMatchObject([
    { revision: 2, verdict: "undeterminable" },
  ]);
});

test("strands, reports, questions, disagreement and the missing request come back as they were saved", async () => {
  const incidentId = await sharedIncident();
  const slice = { models: ["a", "b"] };
  const strand = {
    incidentId,
    name: "one",
    symptom: null,
    windowFrom: null,
    windowTo: null,
    slice,
    evidenceNumbers: [],
  };
  expect((await addStrand(as(declarer), strand)).ok).toBe(true);
  const renamed = {
    ...strand,
    name: "two",
    strandNumber: 2,
    slice: { models: ["a"] },
    parkedWhy: null,
    parkedUntil: null,
    failureType: null,
  };
  expect((await editStrand(as(colleague), renamed)).ok).toBe(true);
  const evidence = {
    incidentId,
    kind: "E10" as const,
    what: "it told me the old rate",
    strandNumbers: [2],
    supports: [],
    contradicts: [],
    clears: [],
    link: null,
    source: "a customer's message",
    slice,
    author: declarer,
  };
  expect((await addEvidence(as(declarer), evidence)).ok).toBe(true);
  const report = { incidentId, evidenceNumber: 1, isVerified: true };
  expect((await verifyReport(as(colleague), report)).ok).toBe(true);
  expect((await noFailingRequest(as(declarer), { incidentId })).ok).toBe(true);
  const answers = [
    {
      layer: "model" as const,
      strandNumbers: null,
      change: "not_applicable" as const,
      isSourceComplete: false,
      standsForAllQuestions: false,
      rulesOut: true,
      sentence: null,
      evidenceNumbers: [],
    },
  ];
  expect((await answerLayers(as(declarer), { incidentId, author: declarer, answers })).ok).toBe(
    true,
  );
  const questions = { layer: "model" as const, strandNumber: 1, questionAnswers: { 2: "no" } };
  expect((await answerQuestions(as(colleague), { incidentId, ...questions })).ok).toBe(true);
  const dissent = { strandNumber: 2, layer: "model" as const, statement: "it is thin" };
  expect(
    (await recordDissent(as(colleague), { incidentId, ...dissent, author: colleague })).ok,
  ).toBe(true);
  const state = await getIncidentState(db, incidentId);
  expect(state.strands[1]).toMatchObject({ name: "two", slice: { models: ["a"] }, number: 2 });
  expect(state.evidence).toMatchObject([
    { slice, source: "a customer's message", isVerified: true, verifiedBy: colleague },
  ]);
  expect(state.gaps).toMatchObject([{ kind: "no_trace", layer: null }]);
  expect(state.answers).toMatchObject([{ revision: 2, questionAnswers: { 2: "no" } }]);
  expect(state.verdicts).toMatchObject([
    { strandNumber: 1, verdict: "not_applicable" },
    { strandNumber: 2, verdict: "not_applicable" },
  ]);
  expect(state.dissents).toMatchObject([{ statement: "it is thin", author: colleague }]);
  expect(findBrokenLink(incidentId, await listTimeline(db, incidentId))).toBeUndefined();
});
