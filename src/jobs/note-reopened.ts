import { findOtherIncidents } from "#src/db/other-incidents.ts";
import type { Effect } from "#src/domain/effect.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { recordReopened } from "#src/domain/similar.ts";
import type { Handler } from "./handler.ts";

type NoteReopened = Extract<Effect, { name: "note-reopened" }>;

/**
 * Writes down in an incident that the one it looks like was opened again from its message: that one was
 * decided under its own lock, and two locks at once could wait for each other.
 */
export const noteReopened: Handler<NoteReopened> = {
  async run(ctx, { incidentId, otherId, userId }) {
    const { incident } = await getIncidentState(ctx.db, incidentId);
    const other = (await findOtherIncidents(ctx.db, incident.teamId, [otherId])).get(otherId);
    if (!other) return { outcome: { skipped: "not_shown" } };
    return {
      outcome: { number: other.number },
      follow: (state) => recordReopened(state, other, { userId, now: ctx.now }) ?? {},
    };
  },
};
