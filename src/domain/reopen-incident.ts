import { err, ok } from "#src/lib/result.ts";
import { announce, postMessage, requestAnswers, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { Incident, IncidentId } from "./incident.ts";
import { layerIds } from "./layers/index.ts";
import { allLeverMessages } from "./lever-messages.ts";
import { remindersOfAsking } from "./owners/answer-patience.ts";
import type { Rejection } from "./rejection.ts";
import { nextUpdateDue, scheduleUpdate } from "./updates.ts";

export interface ReopenIncidentInput {
  incidentId: IncidentId;
  why: string;
  /** The incident that looks the same, where it was opened from its message (R13). */
  similarTo?: IncidentId;
}

/** The response goes on: what was closed turned out not to be over. What is recorded stays, as it stands. */
export const decideReopenIncident: Decider<ReopenIncidentInput> = (state, input, by) => {
  const { incident } = state;
  const rejection = refuseReopening(incident) ?? refuseWording({ why: input.why });
  if (rejection) return err(rejection);

  const update = scheduleUpdate(nextUpdateDue(incident.severity, by.now));
  return ok({
    changes: {
      incident: {
        status: "open",
        phase: "diagnosing",
        closedAt: null,
        closedBy: null,
        closedAs: null,
        closeApprover: null,
        // whether users are well is open again
        recoveredAt: null,
        // a file stays as it was attached: the next close attaches another
        postmortemFileAt: null,
        endedWhy: input.why,
        ...update.incident,
      },
      // a reminder that fired meanwhile found the incident over
      reminders: [...update.reminders, ...remindersOfAsking(state, layerIds, by.now)],
    },
    timeline: [
      {
        lane: "diagnosis",
        kind: "incident_reopened",
        happenedAt: by.now,
        actor: by.userId,
        data: { why: input.why },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "entry", sequence: state.lastSequence + 1 }),
      postMessage(incident.id, { kind: "closed" }),
      updatePanel(incident.id),
      { name: "set-topic", incidentId: incident.id },
      ...announce(incident),
      postMessage(incident.id, { kind: "update-reminder" }),
      ...requestAnswers(state),
      ...allLeverMessages(state),
      ...(input.similarTo === undefined
        ? []
        : [
            {
              name: "note-reopened" as const,
              incidentId: input.similarTo,
              otherId: incident.id,
              userId: by.userId,
            },
          ]),
    ],
    outcome: {
      sentence: `Incident ${incident.number} is open again, in diagnosis.`,
      incidentId: incident.id,
    },
  });
};

/** Why an incident cannot be opened again: it is open, it was cancelled, or its channel is gone. Undefined where it can. */
export function refuseReopening(incident: Incident): Rejection | undefined {
  if (incident.hiddenAt !== null) {
    return over(`Drill ${incident.number} was taken away. Declare a new one.`);
  }
  switch (incident.status) {
    case "open":
      return over(`Incident ${incident.number} is open. Nothing has to be done.`);
    case "cancelled":
      return over(
        `Incident ${incident.number} was cancelled as a mistake. Declare a new incident instead.`,
      );
    case "closed":
    case "learned":
      return undefined;
  }
}

function over(message: string): Rejection {
  return { code: "stale", message };
}
