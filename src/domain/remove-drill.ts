import { err, ok } from "#src/lib/result.ts";
import { announce } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId } from "./incident.ts";

export interface RemoveDrillInput {
  incidentId: IncidentId;
  why: string | null;
}

/**
 * Takes a drill away, open or closed: its channel is archived, its issues and pull request are closed
 * with the label `drill`, and it is shown nowhere any more. Its rows stay, as everything does.
 */
export const decideRemoveDrill: Decider<RemoveDrillInput> = (state, { why }, by) => {
  const { incident } = state;
  if (!incident.isDrill) {
    return err({
      code: "not_allowed",
      message:
        "This is an incident, not a drill, so it stays. If it was declared by mistake, cancel it.",
    });
  }
  if (incident.hiddenAt !== null) {
    return err({ code: "stale", message: `Drill ${incident.number} is removed already.` });
  }
  const wording = refuseWording({ why });
  if (wording) return err(wording);
  return ok({
    changes: {
      incident: {
        status: "cancelled",
        hiddenAt: by.now,
        closedAt: incident.closedAt ?? by.now,
        closedBy: incident.closedBy ?? by.userId,
      },
    },
    timeline: [
      {
        lane: "communication",
        kind: "drill_removed",
        happenedAt: by.now,
        actor: by.userId,
        data: { why },
      },
    ],
    effects: [
      ...announce(incident),
      { name: "close-on-github", incidentId: incident.id },
      { name: "archive-channel", incidentId: incident.id },
    ],
    outcome: {
      sentence: `Removed drill ${incident.number}: its channel is being archived, and its issues and pull request are being closed.`,
      incidentId: incident.id,
      isShown: true,
    },
  });
};
