import { err, ok } from "#src/lib/result.ts";
import { announce, postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId } from "./incident.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { minutesAfter, nextUpdateDue, scheduleUpdate, snooze_min } from "./updates.ts";

export interface PostUpdateInput {
  incidentId: IncidentId;
  /** What everybody else is told, in plain words. */
  text: string;
}

/**
 * An update for everybody else: it stands in the announcement, which is edited in place, and as a line
 * in the channel; the next one is due after the severity's cadence. R12 applies to its words.
 */
export const decidePostUpdate: Decider<PostUpdateInput> = (state, { text }, by) => {
  const { incident } = state;
  const over = refuseIfOver(incident);
  if (over) return err(over);
  const wording = refuseWording({ text });
  if (wording) return err(wording);
  const next = scheduleUpdate(nextUpdateDue(incident.severity, by.now));
  return ok({
    changes: {
      incident: {
        ...next.incident,
        lastUpdate: text,
        lastUpdateAt: by.now,
        lastUpdateBy: by.userId,
      },
      reminders: next.reminders,
    },
    timeline: [
      {
        lane: "communication",
        kind: "update_posted",
        happenedAt: by.now,
        actor: by.userId,
        data: { text },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "entry", sequence: state.lastSequence + 1 }),
      ...announce(incident),
      updatePanel(incident.id),
      postMessage(incident.id, { kind: "update-reminder" }),
    ],
    outcome: {
      sentence: incident.isPrivate
        ? "Posted the update in the channel. The incident is private, so it is not announced."
        : "Posted the update.",
      incidentId: incident.id,
    },
  });
};

export interface SnoozeUpdateInput {
  incidentId: IncidentId;
}

/** Puts the next update off for half an hour from now; it is asked for again then. */
export const decideSnoozeUpdate: Decider<SnoozeUpdateInput> = (state, _input, by) => {
  const { incident } = state;
  const over = refuseIfOver(incident, "No update is asked for any more.");
  if (over) return err(over);
  if (incident.updateDueAt === null) {
    return err({
      code: "stale",
      message: `No update is asked for at ${incident.severity}, so none has to be put off.`,
    });
  }
  const untilAt = minutesAfter(by.now, snooze_min);
  if (incident.updateDueAt >= untilAt) {
    const message = "An update was posted meanwhile, so none is due yet.";
    return err({ code: "stale", message });
  }
  const next = scheduleUpdate(untilAt);
  return ok({
    changes: next,
    timeline: [
      {
        lane: "communication",
        kind: "update_snoozed",
        happenedAt: by.now,
        actor: by.userId,
        data: { untilAt: untilAt.toISOString() },
      },
    ],
    effects: [postMessage(incident.id, { kind: "update-reminder" }), updatePanel(incident.id)],
    outcome: {
      sentence: `Put off. You are asked for the update again in ${snooze_min} minutes.`,
      incidentId: incident.id,
    },
  });
};
