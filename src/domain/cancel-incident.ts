import { err, ok } from "#src/lib/result.ts";
import { announce, postMessage, requestAnswers, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId } from "./incident.ts";
import { isInForce, leverWords } from "./lever-use.ts";
import { refuseIfOver } from "./lifecycle.ts";
import type { Rejection } from "./rejection.ts";

export interface CancelInput {
  incidentId: IncidentId;
  why: string;
}

/**
 * Ends an incident that was declared by mistake, with the reason. Nothing is deleted, no postmortem is
 * written. While a lever is in force users feel it, so it is no mistake yet: it is taken back first.
 */
export const decideCancelIncident: Decider<CancelInput> = (state, input, by) => {
  const { incident } = state;
  const [lever] = state.levers.filter(isInForce);
  const rejection: Rejection | undefined =
    refuseIfOver(incident) ??
    refuseWording({ why: input.why }) ??
    (lever
      ? {
          code: "bad_field",
          field: "why",
          message: `“${leverWords(lever)}” is still in force: take it back first, then cancel.`,
        }
      : undefined);
  if (rejection) return err(rejection);
  return ok({
    changes: {
      incident: {
        status: "cancelled",
        closedAt: by.now,
        closedBy: by.userId,
        endedWhy: input.why,
      },
    },
    timeline: [
      {
        lane: "communication",
        kind: "incident_cancelled",
        happenedAt: by.now,
        actor: by.userId,
        data: { why: input.why },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "entry", sequence: state.lastSequence + 1 }),
      updatePanel(incident.id),
      { name: "set-topic", incidentId: incident.id },
      ...announce(incident),
      postMessage(incident.id, { kind: "update-reminder" }),
      ...requestAnswers(state),
    ],
    outcome: {
      sentence: `Cancelled incident ${incident.number}. Its channel and its record stay; nobody is asked for anything any more.`,
      incidentId: incident.id,
      isShown: true,
    },
  });
};
