import { getIncidentState } from "#src/db/incidents.ts";
import type { Trx } from "#src/db/open.ts";
import { markFired } from "#src/db/reminders.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { decideRemind } from "#src/domain/remind.ts";
import { reminderKinds } from "#src/domain/reminder.ts";

/**
 * Fires what is due by the service's clock, the oldest first, each decided from what stands after the
 * one before it. The caller holds the incident's lock. Returns the state afterwards; the same one where
 * nothing was due. Whoever decides about an incident calls it first, so that a reminder comes before
 * what happens later, however seldom the sweep looks.
 */
export async function fireReminders(
  trx: Trx,
  state: IncidentState,
  now: Date,
): Promise<IncidentState> {
  const incidentId = state.incident.id;
  const [first] = state.reminders
    .filter(({ about, dueAt }) => dueAt <= now && reminderKinds.includes(about.kind))
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  if (!first) return state;
  await markFired(trx, incidentId, first.about, now);
  await saveDecision(trx, { ...decideRemind(state, first.about, now), incidentId, now });
  return fireReminders(trx, await getIncidentState(trx, incidentId), now);
}
