// Goal: what a person does is recorded once, whole or not at all, by whom it may be, whatever is
// delivered twice or at the same moment. Method: use cases on a real PostgreSQL.

import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { getIncidentState, listRefusals, lockIncident } from "#src/db/incidents.ts";
import { openDatabase } from "#src/db/open.ts";
import { findBrokenLink, listTimeline } from "#src/db/timeline.ts";
import type { SetVerdictInput } from "#src/domain/inputs.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { TeamId } from "#src/domain/person.ts";
import { TransientError } from "#src/lib/errors.ts";
import { createLog } from "#src/lib/log.ts";
import { answerLayers } from "#src/usecases/answer-layers.ts";
import { declareIncident } from "#src/usecases/declare-incident.ts";
import { setVerdict } from "#src/usecases/set-verdict.ts";
import { testDatabase } from "#test/support/database.ts";
import {
  colleague,
  contextOf,
  declareInput,
  declareOne,
  declarer,
  guest,
  seedPeople,
  teamId,
} from "./support.ts";

const { db, url } = await testDatabase();
beforeAll(() => seedPeople(db));

function verdictOn(incidentId: IncidentId): SetVerdictInput {
  return {
    incidentId,
    strandNumber: 1,
    layer: "model",
    verdict: "proximate",
    confidence: "suspected",
    scope: {},
    contribution: null,
    reason: null,
    locus: "ours" as const,
    evidenceNumbers: [],
    approver: null,
  };
}

function answerFor(incidentId: IncidentId, sentence: string) {
  return {
    incidentId,
    author: declarer,
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
      },
    ],
  };
}

async function countEffects(incidentId: IncidentId): Promise<number> {
  const rows = await db
    .selectFrom("effect")
    .select("id")
    .where("incidentId", "=", incidentId)
    .execute();
  return rows.length;
}

test("the same declaration delivered twice at once is one incident, and both are told so", async () => {
  const ctx = contextOf(db);
  const [first, second] = await Promise.all([
    declareIncident(ctx, declareInput()),
    declareIncident(ctx, declareInput()),
  ]);
  const rows = await db
    .selectFrom("incident")
    .select("number")
    .where("teamId", "=", teamId)
    .execute();
  expect(rows).toHaveLength(1);
  expect(first.ok && second.ok).toBe(true);
  const sentences = [first, second].map((result) => (result.ok ? result.value.sentence : ""));
  expect(sentences.filter((sentence) => sentence.startsWith("Already recorded."))).toHaveLength(1);
});

test("incident numbers have no gaps, however many are declared at once and however many fail", async () => {
  const attempts = Array.from({ length: 12 }, (_, index) =>
    declareIncident(
      contextOf(db, index % 3 === 0 ? { actor: { teamId, userId: guest } } : {}),
      declareInput(),
    ),
  );
  const results = await Promise.all(attempts);
  expect(results.filter((result) => !result.ok)).toHaveLength(4);
  const rows = await db
    .selectFrom("incident")
    .select("number")
    .where("teamId", "=", teamId)
    .orderBy("number")
    .execute();
  expect(rows.map((row) => row.number)).toEqual(rows.map((_, index) => index + 1));
});

test("a form sent twice is one answer, and the second is told what was recorded", async () => {
  const incidentId = await declareOne(db);
  const ctx = contextOf(db);
  await answerLayers(ctx, answerFor(incidentId, "first"));
  const effects = await countEffects(incidentId);
  const again = await answerLayers(ctx, answerFor(incidentId, "other words in the same form"));
  expect(again).toMatchObject({ ok: true, value: { isShown: true } });
  const { answers } = await getIncidentState(db, incidentId);
  expect(answers.map((answer) => [answer.revision, answer.sentence])).toEqual([[1, "first"]]);
  expect(await countEffects(incidentId)).toBe(effects);
});

test("a correction is a revision: the new answer stands, the old one stays in the record", async () => {
  const incidentId = await declareOne(db);
  await answerLayers(contextOf(db), answerFor(incidentId, "first"));
  await answerLayers(contextOf(db), answerFor(incidentId, "second"));
  const { answers } = await getIncidentState(db, incidentId);
  expect(answers.map((answer) => answer.sentence)).toEqual(["second"]);
  const all = await db
    .selectFrom("answer")
    .select("sentence")
    .where("incidentId", "=", incidentId)
    .orderBy("revision")
    .execute();
  expect(all.map((row) => row.sentence)).toEqual(["first", "second"]);
});

test("who waits for the lock decides on what was saved meanwhile: eight at once are eight revisions", async () => {
  const incidentId = await declareOne(db);
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      answerLayers(contextOf(db), answerFor(incidentId, `at once, ${index}`)),
    ),
  );
  expect(results.every((result) => result.ok)).toBe(true);
  const all = await db
    .selectFrom("answer")
    .select(["revision", "isCurrent"])
    .where("incidentId", "=", incidentId)
    .orderBy("revision")
    .execute();
  expect(all.map((row) => row.revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(all.filter((row) => row.isCurrent).map((row) => row.revision)).toEqual([8]);
});

test("R1: a refused claim sets no verdict and is recorded once, though it is delivered twice", async () => {
  const incidentId = await declareOne(db);
  const ctx = contextOf(db);
  const refused = await setVerdict(ctx, verdictOn(incidentId));
  await setVerdict(ctx, verdictOn(incidentId));
  expect(refused).toMatchObject({ ok: false, error: { code: "refused" } });
  const { verdicts } = await getIncidentState(db, incidentId);
  expect(verdicts).toEqual([]);
  const refusals = await listRefusals(db, incidentId);
  expect(refusals).toHaveLength(1);
  expect(refusals[0]?.missing).toEqual(layerIds.filter((layer) => layer !== "model"));
  const kinds = (await listTimeline(db, incidentId)).map((entry) => entry.kind);
  expect(kinds.filter((kind) => kind === "claim_refused")).toHaveLength(1);
});

test("after a refusal the same form may be sent again and is decided anew", async () => {
  const incidentId = await declareOne(db);
  const ctx = contextOf(db);
  await setVerdict(ctx, verdictOn(incidentId));
  for (const layer of layerIds) {
    const input = answerFor(incidentId, "seen");
    await answerLayers(contextOf(db), { ...input, answers: [{ ...input.answers[0]!, layer }] });
  }
  const implicated = await setVerdict(ctx, {
    ...verdictOn(incidentId),
    verdict: "implicated",
    confidence: null,
  });
  expect(implicated.ok).toBe(true);
});

test("guests, strangers, people of another team and people outside the channel record nothing", async () => {
  const incidentId = await declareOne(db);
  const input = answerFor(incidentId, "mine");
  const actors = [
    { teamId, userId: guest },
    { teamId, userId: "U404" as typeof declarer },
    { teamId: "T2" as TeamId, userId: declarer },
    { teamId, userId: colleague },
  ];
  for (const actor of actors) {
    const result = await answerLayers(contextOf(db, { actor }), input);
    expect(result.ok).toBe(false);
  }
  const { answers } = await getIncidentState(db, incidentId);
  expect(answers).toEqual([]);
});

test("somebody whom we turn away is looked up, so that the next try is told by the truth", async () => {
  const incidentId = await declareOne(db);
  await answerLayers(
    contextOf(db, { actor: { teamId, userId: colleague } }),
    answerFor(incidentId, "mine"),
  );
  const effects = await db
    .selectFrom("effect")
    .select("key")
    .where("key", "like", `%${colleague}%`)
    .execute();
  expect(effects.map((row) => row.key)).toEqual([`look-up-person:${colleague}`]);
});

test("everything that was typed is stored exactly as it was typed", async () => {
  const incidentId = await declareOne(db);
  const hostile =
    'مرحبا <!channel> `x` | *b* 🧯 \u202Eabc\u200B {"a":1} \'; drop table answer; --\n'.repeat(30);
  await answerLayers(contextOf(db), answerFor(incidentId, hostile));
  const { answers } = await getIncidentState(db, incidentId);
  expect(answers[0]?.sentence).toBe(hostile);
});

test("the timeline is numbered without gaps, its chain holds, and a changed entry shows", async () => {
  const incidentId = await declareOne(db);
  await answerLayers(contextOf(db), answerFor(incidentId, "first"));
  await setVerdict(contextOf(db), verdictOn(incidentId));
  const entries = await listTimeline(db, incidentId);
  expect(entries.map((entry) => entry.sequence)).toEqual(entries.map((_, index) => index + 1));
  expect(findBrokenLink(incidentId, entries)).toBeUndefined();
  const tampered = entries.map((entry, index) =>
    index === 1 ? { ...entry, actor: guest } : entry,
  );
  expect(findBrokenLink(incidentId, tampered)?.sequence).toBe(2);
});

test("the database itself refuses to change or delete a timeline entry", async () => {
  const incidentId = await declareOne(db);
  await expect(
    sql`update timeline_entry set actor = 'U9' where incident_id = ${incidentId}`.execute(db),
  ).rejects.toThrow("append-only");
  await expect(
    sql`delete from timeline_entry where incident_id = ${incidentId}`.execute(db),
  ).rejects.toThrow("append-only");
});

test("a lock that is not had in time is told as a database that is busy, and poisons no connection", async () => {
  const incidentId = await declareOne(db);
  const few = await openDatabase({
    url,
    maxConnections: 1,
    statementTimeoutMs: 100,
    log: createLog("silent"),
  });
  const held = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const holder = db.transaction().execute(async (trx) => {
    await lockIncident(trx, incidentId);
    locked.resolve();
    await held.promise;
  });
  await locked.promise;
  await expect(answerLayers(contextOf(few), answerFor(incidentId, "early"))).rejects.toThrow(
    TransientError,
  );
  held.resolve();
  await holder;
  // the one connection of this pool is the one that just failed
  const later = await answerLayers(contextOf(few), answerFor(incidentId, "later"));
  await few.destroy();
  expect(later.ok).toBe(true);
});
