// Goal: every reminder that is due fires, whatever stands in another one's way.
// Method: rows of reminders as they come, also such as only another version of this service knows.
import { expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { JobContext } from "#src/jobs/handler.ts";
import { remindAll } from "#src/jobs/reminders.ts";
import { createLog } from "#src/lib/log.ts";
import { setRole } from "#src/usecases/set-role.ts";
import { testDatabase } from "#test/support/database.ts";
import { colleague, contextOf, declareOne, seedPeople } from "#test/usecases/support.ts";
import { OutsideSlack } from "./outside.ts";
import { optionsOf } from "./plain-handlers.ts";
import { effectRows, incidentIn } from "./support.ts";

const { db, url } = await testDatabase();
const longAgo = new Date("2026-01-01T00:00:00Z");

async function remind(incidentId: IncidentId, key: string, payload: object): Promise<void> {
  const row = { incidentId, key, payload: JSON.stringify(payload), dueAt: longAgo };
  await db.insertInto("reminder").values(row).execute();
}

/** Fires what is due; the incidents that could not be reminded of, as they are logged. */
async function fire(): Promise<unknown[]> {
  const failed: unknown[] = [];
  const { context } = optionsOf(db, new OutsideSlack());
  const log = Object.assign(Object.create(createLog("silent")) as JobContext["log"], {
    error: (facts: { incidentId: IncidentId }) => failed.push(facts.incidentId),
  });
  await remindAll({ ...context, log });
  return failed;
}

async function fired(): Promise<string[]> {
  const rows = await db.selectFrom("reminder").select(["key", "firedAt"]).orderBy("key").execute();
  return rows.filter((row) => row.firedAt !== null).map(({ key }) => key);
}

test("a reminder that cannot be fired is logged, and holds up no other incident's", async () => {
  await prepareJobs(url, createLog("silent"));
  const bad = await incidentIn(db);
  const good = await incidentIn(db);
  // its key is another's, so that it is never marked
  await remind(bad, "a-key-of-nothing", { kind: "update-due" });
  await remind(good, "update-due", { kind: "update-due" });
  expect(await fire()).toEqual([bad]);
  expect(await fired()).toEqual(["update-due"]);
  await db.deleteFrom("reminder").execute();
});

test("a reminder of a kind that only a newer version knows is left to that one, and stops nobody", async () => {
  await seedPeople(db);
  const incidentId = await declareOne(db);
  await db.deleteFrom("reminder").execute();
  await remind(incidentId, "a-newer-kind", { kind: "a-newer-kind" });
  expect(await fire()).toEqual([]);
  const input = { incidentId, role: "scribe", person: colleague, standIn: null } as const;
  expect(await setRole(contextOf(db), input)).toMatchObject({ ok: true });
  expect(await fired()).toEqual([]);
  expect((await effectRows(db, "post-message")).length).toBeGreaterThan(0);
});
