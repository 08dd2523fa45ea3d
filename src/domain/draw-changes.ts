import { err, ok, type Result } from "#src/lib/result.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import type { IncidentId, IncidentState } from "./incident.ts";
import type { Rejection } from "./rejection.ts";

export interface DrawChangesInput {
  incidentId: IncidentId;
}

/**
 * A picture of the changes against onset, detection, levers and impact (0.18), into the incident's channel,
 * on request alone. `stale` where the incident is over, has no channel, or has nothing to draw.
 */
export function decideDrawChanges(
  state: IncidentState,
  { incidentId }: DrawChangesInput,
  by: By,
): Result<Decision, Rejection> {
  const { incident } = state;
  const no = (message: string) => err<Rejection>({ code: "stale", message });
  if (incident.status !== "open") {
    return no(
      `Incident ${incident.number} is closed, so no picture of it is drawn any more. Its postmortem lists the changes.`,
    );
  }
  if (incident.channelId === null) {
    return no("The incident's channel is still being opened. Try again in a few seconds.");
  }
  if (state.ledgerChanges.length === 0 && state.levers.length === 0) {
    return no(
      "There is nothing to draw yet: no change is known in the window, and no lever was used. Look further back, or add a change that you know of.",
    );
  }
  return ok({
    changes: {},
    timeline: [],
    effects: [{ name: "draw-changes", incidentId, userId: by.userId }],
    outcome: {
      sentence: `I am drawing the changes of incident ${incident.number}. The picture comes into its channel, with the same facts as text.`,
      incidentId,
      isShown: true,
    },
  });
}
