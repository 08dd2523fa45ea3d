import { err, ok } from "#src/lib/result.ts";
import { announce, postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { Effect } from "./effect.ts";
import { refuseWording } from "./free-text.ts";
import type { Incident, IncidentId, IncidentState } from "./incident.ts";
import { leverMessages } from "./lever-messages.ts";
import { lacksAuthorizer } from "./lever-use.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { rescheduleReminders } from "./owners/answer-patience.ts";
import { rescheduleLeverReminders } from "./reminders/lever-unconfirmed.ts";
import type { RuleRefusal } from "./rejection.ts";
import { type Severity, severityIds } from "./severity.ts";
import { nextUpdateDue, scheduleUpdate } from "./updates.ts";

export interface SetSeverityInput {
  incidentId: IncidentId;
  severity: Severity;
  reason: string;
}

/**
 * Somebody sets the severity, with a reason (B4). Raised at once; lowered once a cohort was counted.
 * Naming the one that was only assumed settles it.
 */
export const decideSetSeverity: Decider<SetSeverityInput> = (state, input, by) => {
  const { incident } = state;
  const { severity: to, reason } = input;
  const over = refuseIfOver(incident);
  if (over) return err(over);
  const from = incident.severity;
  if (to === from && !incident.isSeverityUnsure) {
    return err({
      code: "bad_field",
      field: "severity",
      message: `It is ${from} already. Choose another one, or cancel.`,
    });
  }
  const misworded = refuseWording({ reason });
  if (misworded) return err(misworded);
  const refusal = lowersWithoutCount(state, to);
  if (refusal) return err({ code: "refused", message: refusal.sentence, refusal });

  const update = scheduleUpdate(updateDueAt(incident, to, by.now));
  return ok({
    changes: {
      incident: { severity: to, isSeverityUnsure: false, ...update.incident },
      reminders: [
        ...update.reminders,
        ...rescheduleReminders(state, to, by.now),
        ...rescheduleLeverReminders(state, to, by.now),
      ],
    },
    timeline: [
      {
        lane: "impact",
        kind: "severity_changed",
        happenedAt: by.now,
        actor: by.userId,
        data: { from, to, reason, wasAssumed: incident.isSeverityUnsure },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "entry", sequence: state.lastSequence + 1 }),
      ...announce(incident),
      ...leversJudgedAnew(state, to),
      updatePanel(incident.id),
      { name: "set-topic", incidentId: incident.id },
    ],
    outcome: {
      sentence: to === from ? `Recorded that it is ${to}.` : `Severity is ${to} now, was ${from}.`,
      incidentId: incident.id,
    },
  });
};

/** B6: levers that somebody else has to authorize from now on, or no longer, show it. */
function leversJudgedAnew(state: IncidentState, to: Severity): Effect[] {
  const after = { ...state, incident: { ...state.incident, severity: to } };
  return state.levers
    .filter((use) => lacksAuthorizer(state, use) !== lacksAuthorizer(after, use))
    .flatMap((use) => leverMessages(after, use));
}

/** Whether `to` is graver than `from`. */
function isRaised(from: Severity, to: Severity): boolean {
  return severityIds.indexOf(to) < severityIds.indexOf(from);
}

/** B4: while nobody has counted, nobody knows that it is smaller. A report that was found to be wrong counts nothing (R11). */
function lowersWithoutCount(state: IncidentState, to: Severity): RuleRefusal | undefined {
  const { severity: from } = state.incident;
  if (to === from || isRaised(from, to)) return undefined;
  if (state.evidence.some((item) => item.kind === "E5" && item.isVerified !== false)) {
    return undefined;
  }
  return {
    rules: ["B4"],
    missing: ["cohort_rates"],
    sentence: `${to} is lower than ${from}, and nobody has counted yet how many are hit. Count failures in two groups of users or requests, add them with “Add evidence” as failure rates by cohort, then lower it.`,
    more: [],
  };
}

/** A graver incident is told of no later than was promised; a lesser one by its own cadence from now on. */
function updateDueAt(
  { severity: from, updateDueAt: standing }: Incident,
  to: Severity,
  now: Date,
): Date | null {
  const due = nextUpdateDue(to, now);
  if (due === null || standing === null || !isRaised(from, to)) return due;
  return standing < due ? standing : due;
}
