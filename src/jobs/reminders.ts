import { toAppError } from "#src/db/errors.ts";
import { getIncidentState, lockIncident } from "#src/db/incidents.ts";
import { findIncidentsToRemind } from "#src/db/reminders.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { fireReminders } from "#src/usecases/fire-reminders.ts";
import type { JobContext } from "./handler.ts";

/**
 * Fires every reminder that is due by the service's clock: each incident's in one transaction under its
 * lock, which also writes what follows. Any number of processes may do this at once; each reminder is
 * fired once. What fails is logged, holds up no other incident, and is found again the next time.
 */
export async function remindAll(ctx: JobContext): Promise<void> {
  const now = await ctx.clock();
  for (const incidentId of await findIncidentsToRemind(ctx.db, now)) {
    try {
      await remind(ctx, incidentId, now);
      ctx.log.info({ incidentId }, "reminders fired");
    } catch (error) {
      // the stack alone: an error of the database also holds the row, and with it what people wrote
      const { stack } = toAppError(error);
      ctx.log.error({ incidentId, stack }, "an incident's reminders could not be fired");
    }
  }
}

function remind({ db }: JobContext, incidentId: IncidentId, now: Date): Promise<unknown> {
  return db.transaction().execute(async (trx) => {
    await lockIncident(trx, incidentId);
    await fireReminders(trx, await getIncidentState(trx, incidentId), now);
  });
}
