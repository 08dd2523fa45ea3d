// Goal: what comes back from a client names an incident only where that one shows it (R13), and a belief is
// kept with the refusal of its claim, once, however often the same form arrives (B3).
// Method: a real PostgreSQL, use cases as the edge calls them.

import { beforeAll, expect, test } from "vitest";
import { getIncidentState, lockIncident } from "#src/db/incidents.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import type { Changes } from "#src/domain/decision.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { reopenIncident } from "#src/usecases/reopen-incident.ts";
import { setVerdict } from "#src/usecases/set-verdict.ts";
import { testDatabase } from "#test/support/database.ts";
import { contextOf, declareOne, declarer, seedPeople } from "./support.ts";

const { db } = await testDatabase();
beforeAll(() => seedPeople(db));
const now = new Date("2026-03-09T10:00:00Z");

async function change(incidentId: IncidentId, changes: Changes): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockIncident(trx, incidentId);
    await saveDecision(trx, { incidentId, changes, timeline: [], effects: [], now });
  });
}

const notes = () =>
  db.selectFrom("effect").select("incidentId").where("name", "=", "note-reopened").execute();

test("R13: an incident that does not show the reopened one is told nothing", async () => {
  const closed = await declareOne(db);
  const other = await declareOne(db);
  const reopen = async (similarTo: IncidentId) => {
    await change(closed, { incident: { status: "closed", closedAt: now } });
    const reopened = await reopenIncident(contextOf(db), {
      incidentId: closed,
      why: "It came back.",
      similarTo,
    });
    expect(reopened.ok).toBe(true);
  };
  await reopen(99_999 as IncidentId);
  await reopen(other);
  expect(await notes()).toEqual([]);
  await change(other, {
    similarIncidents: [
      {
        otherId: closed,
        reasons: ["mechanism"],
        state: "shown",
        foundAt: now,
        decidedBy: null,
        decidedAt: null,
      },
    ],
  });
  await reopen(other);
  expect(await notes()).toEqual([{ incidentId: other }]);
});

test("B3: a refused claim leaves the belief behind it, once", async () => {
  const incidentId = await declareOne(db);
  const claim = {
    incidentId,
    strandNumber: 1,
    layer: "model",
    verdict: "proximate",
    confidence: "suspected",
    scope: {},
    contribution: null,
    reason: null,
    locus: "ours",
    evidenceNumbers: [],
    approver: null,
  } as const;
  const context = contextOf(db);
  const refused = await setVerdict(context, { ...claim, evidenceNumbers: [] });
  expect(refused).toMatchObject({ ok: false, error: { code: "refused" } });
  await setVerdict(context, { ...claim, evidenceNumbers: [] });
  await setVerdict(contextOf(db), { ...claim, evidenceNumbers: [] });
  const { hypotheses } = await getIncidentState(db, incidentId);
  expect(hypotheses).toMatchObject([
    { number: 1, layer: "model", strandNumber: 1, isClaim: true, author: declarer },
  ]);
  // malformed: there is no such strand, so nothing was believed of one
  await setVerdict(contextOf(db), {
    ...claim,
    layer: "infrastructure",
    strandNumber: 7,
    evidenceNumbers: [],
  });
  expect((await getIncidentState(db, incidentId)).hypotheses).toHaveLength(1);
});
