import { err, ok } from "#src/lib/result.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

export interface RepairInput {
  incidentId: IncidentId;
}

/** Has everything outside looked at, and what is missing made; what was done is told in the channel. */
export const repairIncident: UseCase<RepairInput> = (ctx, input) =>
  decide(
    ctx,
    input.incidentId,
    ({ incident }, by) => {
      if (incident.hiddenAt !== null) {
        return err({
          code: "stale",
          message: `Drill ${incident.number} was removed, so nothing of it is made again.`,
        });
      }
      return ok({
        changes: {},
        timeline: [],
        effects: [{ name: "repair-incident", incidentId: input.incidentId, userId: by.userId }],
        outcome: {
          sentence: `I am looking at the channel, the panel, its pin and bookmarks, the issues and the pull request of incident ${incident.number}. What I find is posted in the channel, or sent to you where it is archived.`,
          incidentId: input.incidentId,
          isShown: true,
        },
      });
    },
    { attempted: "repair-incident" },
  );
