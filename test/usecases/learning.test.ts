// Goal: what is learned is stored, read back and told to Slack and GitHub as it was decided; an action that
// had to wait is filed by whatever answer comes last.
// Method: use cases on a real PostgreSQL, then the state, the effects and the timeline.

import { beforeAll, expect, test } from "vitest";
import { getIncidentState } from "#src/db/incidents.ts";
import { saveGithubLogin } from "#src/db/people.ts";
import { listTimeline } from "#src/db/timeline.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { acceptRisk } from "#src/usecases/accept-risk.ts";
import { addAction } from "#src/usecases/add-action.ts";
import { addFactor } from "#src/usecases/add-factor.ts";
import { addGap } from "#src/usecases/add-gap.ts";
import { addGolden } from "#src/usecases/add-golden.ts";
import { answerDetection } from "#src/usecases/answer-detection.ts";
import { answerLayers } from "#src/usecases/answer-layers.ts";
import { correctAction } from "#src/usecases/correct-action.ts";
import { linkItems } from "#src/usecases/link-items.ts";
import { testDatabase } from "#test/support/database.ts";
import { colleague, contextOf, declareOne, declarer, seedPeople, teamId } from "./support.ts";

const { db } = await testDatabase();
beforeAll(() => seedPeople(db));

const strong = (incidentId: IncidentId) => ({
  incidentId,
  title: "Index job fails when it skips a document",
  owner: colleague,
  ownerLogin: "octo",
  dueOn: "2026-03-23",
  criterion: "the index job exits non-zero when it skips a document, shown by its contract test",
  layer: "retrieval_data" as const,
  constraintKind: "runtime" as const,
  enforcement: "job exit status",
  addresses: ["S1"],
  verification: "contract test",
  isImmediateSafety: false,
});

async function effectsOf(incidentId: IncidentId): Promise<string[]> {
  const rows = await db
    .selectFrom("effect")
    .select("key")
    .where("key", "like", `%incident:${incidentId}%`)
    .execute();
  return rows.map(({ key }) => key);
}

test("gaps, factors, goldens, risks and answers are read back as they were recorded", async () => {
  const incidentId = await declareOne(db);
  await saveGithubLogin(db, teamId, declarer, "octocat", {
    isOwnWord: false,
    capacities: ["safety"],
  });
  const statement = "No alert on the age of the newest document";
  const done = [
    await addGap(contextOf(db), {
      incidentId,
      number: null,
      kind: "no_alert_on_metric",
      layer: null,
      statement,
      actionNumbers: [],
    }),
    await addFactor(contextOf(db), {
      incidentId,
      number: null,
      category: "masking",
      layer: "model",
      statement: "An experiment hid it",
      interactsWith: [],
      actionNumbers: [],
    }),
    await addGolden(contextOf(db), {
      incidentId,
      number: null,
      strandNumbers: null,
      fromEvidence: null,
      preconditions: null,
      input: "What is the rate?",
      passWhen: "the rate of today in 19 of 20 runs",
    }),
    await acceptRisk(contextOf(db), {
      incidentId,
      addresses: ["model", "G1"],
      statement: "Length differs between releases",
      capacity: "safety",
    }),
    await answerDetection(contextOf(db), {
      incidentId,
      answers: [{ question: "dashboard_obvious", answer: "No: it shows averages" }],
    }),
    await addAction(contextOf(db), { ...strong(incidentId), addresses: [] }),
    await linkItems(contextOf(db), {
      incidentId,
      of: { kind: "gap", number: 1 },
      addresses: null,
      actionNumbers: [1],
      interactsWith: null,
    }),
    await addGap(contextOf(db), {
      incidentId,
      number: 1,
      kind: "no_trace",
      layer: "model",
      statement,
      actionNumbers: [],
    }),
  ];
  expect(done.filter(({ ok }) => !ok)).toEqual([]);
  const state = await getIncidentState(db, incidentId);
  expect(state).toMatchObject({
    gaps: [{ number: 1, kind: "no_trace", layer: "model", statement, recorder: declarer }],
    factors: [{ number: 1, category: "masking", interactsWith: [] }],
    goldens: [{ number: 1, strandNumbers: [1], fromEvidence: null }],
    risks: [{ number: 1, addresses: ["model", "G1"], signedBy: declarer, capacity: "safety" }],
    detectionAnswers: [{ question: "dashboard_obvious", author: declarer }],
    actions: [{ number: 1, addresses: ["G1"], isProvisional: true, verification: "contract test" }],
  });
  const keys = await effectsOf(incidentId);
  for (const message of ["gap:1", "factor:1", "golden:1", "risk:1", "action:1"]) {
    expect(keys).toContain(`post-message:incident:${incidentId}:${message}`);
  }
  expect((await listTimeline(db, incidentId)).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["gap_recorded", "link_made", "details_changed", "risk_accepted"]),
  );
});

test("Q4: a capacity that somebody is not named for signs nothing", async () => {
  const incidentId = await declareOne(db);
  const signed = await acceptRisk(contextOf(db), {
    incidentId,
    addresses: ["model"],
    statement: "Length differs between releases",
    capacity: "business",
  });
  expect(signed).toMatchObject({ ok: false, error: { field: "capacity" } });
});

test("B10: a provisional action is filed by the answer that comes last, and only then", async () => {
  const incidentId = await declareOne(db);
  const filing = `file-issue:incident:${incidentId}:1`;
  expect((await addAction(contextOf(db), strong(incidentId))).ok).toBe(true);
  const corrected = await correctAction(contextOf(db), {
    ...strong(incidentId),
    number: 1,
    ownerLogin: null,
    dueOn: "2026-03-30",
  });
  expect(corrected.ok).toBe(true);
  for (const layer of layerIds) {
    expect(await effectsOf(incidentId)).not.toContain(filing);
    const answered = await answerLayers(contextOf(db), {
      incidentId,
      author: declarer,
      answers: [
        {
          layer,
          strandNumbers: null,
          change: "cannot_tell",
          isSourceComplete: false,
          standsForAllQuestions: true,
          rulesOut: false,
          sentence: null,
          evidenceNumbers: [],
        },
      ],
    });
    expect(answered.ok).toBe(true);
  }
  expect(await effectsOf(incidentId)).toContain(filing);
  const { actions } = await getIncidentState(db, incidentId);
  expect(actions).toMatchObject([
    { isProvisional: false, dueOn: "2026-03-30", ownerLogin: "octo" },
  ]);
  expect((await listTimeline(db, incidentId)).map(({ kind }) => kind)).toContain("action_released");
});
