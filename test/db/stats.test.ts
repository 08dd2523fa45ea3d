// Goal: what `/incident stats` counts is what happened: drills, cancelled and private incidents left out, the
// first belief against what broke first in its strand, times that are known.
// Method: a real PostgreSQL; incidents as they stand after their ends, read back and counted.

import { beforeAll, expect, test } from "vitest";
import { lockIncident } from "#src/db/incidents.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import { listCountedIncidents } from "#src/db/stats.ts";
import type { Changes } from "#src/domain/decision.ts";
import type { Incident } from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import { statsOf } from "#src/domain/stats.ts";
import { testDatabase } from "#test/support/database.ts";
import { strand, verdict } from "#test/support/factories.ts";
import { colleague, declareOne, declarer, seedPeople, teamId } from "#test/usecases/support.ts";

const { db } = await testDatabase();
const now = new Date("2026-03-09T10:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

/** An incident with who believed what first, and what broke first in strand 1. */
async function happened(
  facts: Partial<Incident>,
  believed: LayerId | null,
  brokeFirst: LayerId | null,
  more: Changes = {},
): Promise<void> {
  const incidentId = await declareOne(db);
  await db.transaction().execute(async (trx) => {
    await lockIncident(trx, incidentId);
    const raisedAt = now;
    await saveDecision(trx, {
      incidentId,
      changes: {
        incident: facts,
        ...(brokeFirst ? { verdicts: [verdict(brokeFirst, { verdict: "proximate" })] } : {}),
        ...(believed
          ? {
              hypotheses: [
                // a later one, of the layer that is right
                ...(brokeFirst ? [belief(1, brokeFirst, now)] : []),
                belief(2, believed, new Date(raisedAt.getTime() - 1)),
              ],
            }
          : {}),
        ...more,
      },
      timeline: [],
      effects: [],
      now,
    });
  });
}

const belief = (number: number, layer: LayerId, raisedAt: Date) => ({
  number,
  strandNumber: 1,
  layer,
  statement: null,
  isClaim: true,
  author: declarer,
  raisedAt,
});

const over = { status: "closed", closedAs: "attributed", closedAt: now } as const;
const timed = { onsetAt: minutesAgo(90), noticedAt: minutesAgo(60), declaredAt: minutesAgo(50) };

beforeAll(async () => {
  await seedPeople(db);
  await happened({ ...over, ...timed, diagnosedAt: minutesAgo(20) }, "model", "retrieval_data");
  await happened({ ...over, ...timed, onsetAt: minutesAgo(70) }, "model", "model");
  await happened({ ...over, declaredAt: minutesAgo(40) }, "infrastructure", "infrastructure");
  // open: what broke first may still change
  await happened({ declaredAt: minutesAgo(30) }, "model", "retrieval_data");
  await happened({ ...over, closedAs: "undetermined", declaredAt: minutesAgo(30) }, null, null, {
    strands: [strand({ number: 2 })],
  });
  await happened({ ...over, isPrivate: true, declaredAt: minutesAgo(30) }, "model", "model");
  await happened({ ...over, isDrill: true, declaredAt: minutesAgo(30) }, "model", "model");
  await happened({ status: "cancelled", declaredAt: minutesAgo(30) }, "model", null);
  await happened({ ...over, declaredAt: new Date("2025-01-01T00:00:00Z") }, "model", "model");
});

test("the incidents of a time are counted, without drills, cancelled and private ones", async () => {
  const counted = await listCountedIncidents(db, teamId, colleague, minutesAgo(60 * 24 * 90));
  const stats = statsOf(counted);
  expect(stats).toMatchObject({ incidents: 5, ended: 4, undetermined: 2, endedStrands: 5 });
  expect(stats.meter).toMatchObject({ incidents: 4, settled: 3 });
  expect(stats.meter.layers.filter(({ named }) => named > 0)).toEqual([
    { layer: "model", named: 3, right: 1, wrong: 1, open: 1 },
    { layer: "infrastructure", named: 1, right: 1, wrong: 0, open: 0 },
  ]);
  expect(stats.brokeFirst).toEqual([
    { layer: "retrieval_data", strands: 2 },
    { layer: "model", strands: 1 },
    { layer: "infrastructure", strands: 1 },
  ]);
  expect(stats.onsetToDetection).toEqual({ ms: 20 * 60_000, of: 2 });
  expect(stats.detectionToDeclaration).toEqual({ ms: 10 * 60_000, of: 2 });
  expect(stats.detectionToAttribution).toEqual({ ms: 40 * 60_000, of: 1 });
});

test("a private incident counts for who is in its channel, and all there ever were on demand", async () => {
  const all = await listCountedIncidents(db, teamId, colleague, null);
  expect(all).toHaveLength(6);
  const { id } = await db
    .selectFrom("incident")
    .select("id")
    .where("isPrivate", "=", true)
    .executeTakeFirstOrThrow();
  await db.insertInto("channelMember").values({ incidentId: id, userId: colleague }).execute();
  expect(await listCountedIncidents(db, teamId, colleague, null)).toHaveLength(7);
  expect(await listCountedIncidents(db, teamId, declarer, null)).toHaveLength(6);
});

test("of no incident there is nothing to count", () => {
  expect(statsOf([])).toMatchObject({ incidents: 0, onsetToDetection: null, brokeFirst: [] });
});
