// Goal: what the incident holds, its first strand, and the entries of onset and impact say the same, whichever
// of them is corrected, and two people who correct different fields at once both have their way.
// Method: the use cases on a real PostgreSQL.

import { beforeAll, expect, test } from "vitest";
import { getIncidentState } from "#src/db/incidents.ts";
import { listTimeline } from "#src/db/timeline.ts";
import { detailsOf } from "#src/domain/edit-details.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { printsOf } from "#src/domain/meanwhile.ts";
import { standingEntries } from "#src/domain/timeline-fold.ts";
import { correctEntry } from "#src/usecases/correct-entry.ts";
import { declareIncident } from "#src/usecases/declare-incident.ts";
import { editDetails } from "#src/usecases/edit-details.ts";
import { testDatabase } from "#test/support/database.ts";
import { contextOf, declareInput, seedPeople } from "./support.ts";

const { db } = await testDatabase();
beforeAll(() => seedPeople(db));

const onsetAt = new Date("2026-03-09T06:00:00Z");
const noticedAt = new Date("2026-03-09T09:00:00Z");

async function declared(): Promise<IncidentId> {
  const impact = { userImpact: "Old rate", onsetAt, noticedAt, noticedHow: "support" as const };
  const result = await declareIncident(contextOf(db), declareInput(impact));
  if (!result.ok || result.value.incidentId === null) throw new Error("not declared");
  return result.value.incidentId;
}

/** What each of the three places says. */
async function told(incidentId: IncidentId) {
  const { incident, strands } = await getIncidentState(db, incidentId);
  const standing = standingEntries(await listTimeline(db, incidentId));
  const entryOf = (kind: string) => standing.find((one) => one.kind === kind);
  return {
    onsets: [incident.onsetAt, strands[0]?.windowFrom, entryOf("onset_estimated")?.happenedAt],
    impacts: [
      incident.userImpact,
      strands[0]?.symptom,
      entryOf("impact_noticed")?.data["userImpact"],
    ],
    sequences: ["onset_estimated", "impact_noticed"].map((kind) => entryOf(kind)?.sequence ?? 0),
  };
}

test("corrected in the details, onset and impact read the same in the timeline; corrected there, in the incident", async () => {
  const incidentId = await declared();
  const { incident } = await getIncidentState(db, incidentId);
  const earlier = new Date("2026-03-09T05:00:00Z");
  const details = { ...detailsOf(incident), incidentId };
  const edited = { ...details, onsetAt: earlier, userImpact: "Old rate in 4 %" };
  expect((await editDetails(contextOf(db), edited)).ok).toBe(true);
  const first = await told(incidentId);
  expect(first.onsets).toEqual([earlier, earlier, earlier]);
  expect(new Set(first.impacts)).toEqual(new Set(["Old rate in 4 %"]));

  const earliest = new Date("2026-03-09T04:00:00Z");
  const { lastSequence: seenSequence } = await getIncidentState(db, incidentId);
  const correction = { incidentId, seenSequence, lane: "detection" as const, isWithdrawn: false };
  const [onset = 0, impact = 0] = first.sequences;
  const corrections = [
    { ...correction, sequence: onset, happenedAt: earliest, text: null, reason: null },
    { ...correction, sequence: impact, happenedAt: noticedAt, text: "In 5 %", reason: "counted" },
  ];
  for (const one of corrections) expect((await correctEntry(contextOf(db), one)).ok).toBe(true);
  const second = await told(incidentId);
  expect(second.onsets).toEqual([earliest, earliest, earliest]);
  expect(new Set(second.impacts)).toEqual(new Set(["In 5 %"]));
});

test("two forms of details at the same moment: different fields are both saved, of one field the second is told", async () => {
  const incidentId = await declared();
  const { incident } = await getIncidentState(db, incidentId);
  const drawn = { ...detailsOf(incident), incidentId, shown: printsOf(detailsOf(incident)) };
  const send = (facts: Partial<typeof drawn>) => editDetails(contextOf(db), { ...drawn, ...facts });
  const both = await Promise.all([
    send({ title: "Old rule in answers" }),
    send({ promiseBroken: "today's rules" }),
  ]);
  expect(both.map(({ ok }) => ok)).toEqual([true, true]);
  expect((await getIncidentState(db, incidentId)).incident).toMatchObject({
    title: "Old rule in answers",
    promiseBroken: "today's rules",
  });
  const same = await Promise.all([send({ userImpact: "first" }), send({ userImpact: "second" })]);
  expect(same.filter(({ ok }) => ok)).toHaveLength(1);
  expect(same.flatMap((one) => (one.ok ? [] : [one.error]))).toMatchObject([
    { code: "stale", shown: { userImpact: expect.any(String) as string } },
  ]);
});
