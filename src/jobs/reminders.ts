import { getIncidentState, lockIncident } from "#src/db/incidents.ts";
import { findIncidentsToRemind } from "#src/db/reminders.ts";
import { fireReminders } from "#src/usecases/fire-reminders.ts";
import type { JobContext } from "./handler.ts";

/**
 * Fires every reminder that is due by the service's clock: each incident's in one transaction under its
 * lock, which also writes what follows. Any number of processes may do this at once; each reminder is
 * fired once. What fails is due still, and is found the next time.
 */
export async function remindAll(ctx: JobContext): Promise<void> {
  const now = await ctx.clock();
  for (const incidentId of await findIncidentsToRemind(ctx.db, now)) {
    await ctx.db.transaction().execute(async (trx) => {
      await lockIncident(trx, incidentId);
      await fireReminders(trx, await getIncidentState(trx, incidentId), now);
    });
    ctx.log.info({ incidentId }, "reminders fired");
  }
}
