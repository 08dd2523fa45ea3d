import type { IncidentId } from "#src/domain/incident.ts";
import { type ReminderAbout, reminderKey } from "#src/domain/reminder.ts";
import type { Database, Trx } from "./open.ts";

/** Incidents that have a reminder which is due at this time of the service's clock; at most 100. */
export async function findIncidentsToRemind(db: Database, now: Date): Promise<IncidentId[]> {
  const rows = await db
    .selectFrom("reminder")
    .select("incidentId")
    .where("firedAt", "is", null)
    .where("dueAt", "<=", now)
    .groupBy("incidentId")
    .limit(100)
    .execute();
  return rows.map(({ incidentId }) => incidentId as IncidentId);
}

/** Marks a reminder as fired; the caller holds its incident's lock. */
export async function markFired(
  trx: Trx,
  incidentId: IncidentId,
  about: ReminderAbout,
  now: Date,
): Promise<void> {
  await trx
    .updateTable("reminder")
    .set({ firedAt: now })
    .where("incidentId", "=", incidentId)
    .where("key", "=", reminderKey(about))
    .execute();
}
