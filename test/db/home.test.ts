// Goal: Home waits for the same answers and levers as the incident does (`wantedOf`): the stand-in's once
// their turn has come, a layer as long as a strand of it is open, a lever only where this person may confirm it.
// Method: a real PostgreSQL; the incident goes on step by step, and Home and the domain are asked each time.

import { beforeAll, beforeEach, expect, test } from "vitest";
import { readHome } from "#src/db/home.ts";
import { getIncidentState, lockIncident } from "#src/db/incidents.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import type { Changes } from "#src/domain/decision.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Reminder } from "#src/domain/reminder.ts";
import { wantedOf } from "#src/domain/wanted.ts";
import { answer, leverUse, strand } from "#test/support/factories.ts";
import { plainOwner } from "#test/support/not-yet.ts";
import { testDatabase } from "#test/support/database.ts";
import { declareOne, seedPeople, teamId } from "#test/usecases/support.ts";

const { db } = await testDatabase();
beforeAll(() => seedPeople(db));

// people of their own for each test: Home shows all incidents
let owner: UserId;
let standIn: UserId;
let count = 0;
beforeEach(() => {
  count += 1;
  owner = `UOWNER${count}` as UserId;
  standIn = `USTANDIN${count}` as UserId;
});
const now = new Date("2026-03-09T10:00:00Z");

async function started() {
  const incidentId = await declareOne(db);
  const change = (changes: Changes) =>
    db.transaction().execute(async (trx) => {
      await lockIncident(trx, incidentId);
      await saveDecision(trx, { incidentId, changes, timeline: [], effects: [], now });
    });
  /** What Home shows, which is what the incident wants of them. */
  const waitsFor = async (userId: UserId) => {
    const wanted = wantedOf(await getIncidentState(db, incidentId), userId);
    const home = await readHome(db, teamId, userId);
    const layers = home.answers.first.flatMap((one) => one.layers);
    const levers = home.levers.first.map(({ number }) => number);
    expect({ layers, levers }).toEqual({
      layers: wanted.layers,
      levers: wanted.levers.map(({ number }) => number),
    });
    return { layers, levers };
  };
  return { change, waitsFor };
}

test("a stand-in is asked once their turn has come, and no earlier", async () => {
  const { change, waitsFor } = await started();
  const named = { ...plainOwner, layer: "model", userId: owner, groupId: null } as const;
  const waiting = (step: "owner" | "stand-in" | "coordinator"): Reminder[] => [
    { about: { kind: "answer-late", layer: "model", step }, dueAt: now },
  ];
  const seen = async () => (await waitsFor(standIn)).layers;
  await change({ owners: [{ ...named, standInUserId: standIn }], reminders: waiting("owner") });
  expect(await seen()).toEqual([]);
  await change({
    owners: [{ ...named, standInUserId: standIn, remindedAt: now }],
    reminders: waiting("stand-in"),
  });
  expect(await seen()).toEqual([]);
  expect((await waitsFor(owner)).layers).toEqual(["model"]);
  await change({ reminders: waiting("coordinator") });
  expect(await seen()).toEqual(["model"]);
});

test("an answer for one strand leaves the layer open for the others", async () => {
  const { change, waitsFor } = await started();
  const named = { ...plainOwner, layer: "model", userId: owner, groupId: null } as const;
  await change({ owners: [named], strands: [strand({ number: 2 })] });
  await change({ answers: [answer("model", { strandNumbers: [1] })] });
  expect((await waitsFor(owner)).layers).toEqual(["model"]);
  await change({ answers: [answer("model", { strandNumbers: [2], revision: 2 })] });
  expect((await waitsFor(owner)).layers).toEqual([]);
});

test("B6: a lever that somebody recorded for themselves waits for them where they may confirm it", async () => {
  const { change, waitsFor } = await started();
  const seen = async () => (await waitsFor(owner)).levers;
  await change({
    incident: { severity: "SEV3" },
    levers: [
      leverUse({ number: 1, recorder: owner, authorizer: owner }),
      leverUse({ number: 2, authorizer: owner }),
    ],
  });
  expect(await seen()).toEqual([1, 2]);
  await change({ incident: { severity: "SEV1" } });
  expect(await seen()).toEqual([2]);
});
