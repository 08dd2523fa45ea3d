import { sql } from "kysely";
import type { IncidentId } from "#src/domain/incident.ts";
import { type ReminderAbout, reminderKey, reminderKinds } from "#src/domain/reminder.ts";
import type { Database, Trx } from "./open.ts";

/** Incidents that have a reminder which is due at this time of the service's clock, longest due first; at most 100. */
export async function findIncidentsToRemind(db: Database, now: Date): Promise<IncidentId[]> {
  const rows = await db
    .selectFrom("reminder")
    .select("incidentId")
    .where("firedAt", "is", null)
    .where("dueAt", "<=", now)
    .where(sql<string>`payload->>'kind'`, "in", reminderKinds)
    .groupBy("incidentId")
    .orderBy((eb) => eb.fn.min("dueAt"))
    .limit(100)
    .execute();
  return rows.map(({ incidentId }) => incidentId as IncidentId);
}

/** Marks a reminder as fired; the caller holds its incident's lock. Throws where no row has its key: it would fire for ever. */
export async function markFired(
  trx: Trx,
  incidentId: IncidentId,
  about: ReminderAbout,
  now: Date,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable("reminder")
    .set({ firedAt: now })
    .where("incidentId", "=", incidentId)
    .where("key", "=", reminderKey(about))
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Error(`no reminder has the key ${reminderKey(about)}`);
}
