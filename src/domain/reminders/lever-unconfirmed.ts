import { askAnew, postMessage } from "#src/domain/channel-effects.ts";
import type { IncidentState, LeverUse } from "#src/domain/incident.ts";
import { authorizationsOf, isAsked, isAwaited } from "#src/domain/lever-use.ts";
import { type Reminding, settled } from "./reminding.ts";
import type { Reminder, ReminderAbout } from "#src/domain/reminder.ts";
import type { Severity } from "#src/domain/severity.ts";

/** After how long an authorizer is asked once more, and after how long again the coordinator is told; in minutes. */
const waitMinutes: Record<Severity, number> = { SEV1: 10, SEV2: 20, SEV3: 60, SEV4: 60 };

/** One for each person who is named as having authorized the lever, due some minutes after it was recorded. */
export function leverReminders(severity: Severity, use: LeverUse, now: Date): Reminder[] {
  const dueAt = new Date(now.getTime() + waitMs(severity));
  return authorizationsOf(use).map(({ userId }) => ({
    about: { kind: "lever-unconfirmed", leverNumber: use.number, userId },
    dueAt,
  }));
}

/**
 * The reminders of levers that still wait, moved as if the incident had had this severity since the last
 * step; never into the past. `state` holds the severity of before. Empty where it does not change.
 */
export function rescheduleLeverReminders(
  state: IncidentState,
  severity: Severity,
  now: Date,
): Reminder[] {
  const shiftMs = waitMs(severity) - waitMs(state.incident.severity);
  if (shiftMs === 0) return [];
  return state.reminders
    .filter(({ about }) => about.kind === "lever-unconfirmed")
    .map(({ about, dueAt }) => ({
      about,
      dueAt: new Date(Math.max(dueAt.getTime() + shiftMs, now.getTime())),
    }));
}

/**
 * An authorizer who has neither confirmed nor declined a lever that is in force is asked once more; after
 * the same time again the coordinator is told, once. Who may not confirm it (B6) is not asked: the
 * coordinator is told at once that somebody else is to be named.
 */
export function remindOfLever(
  state: IncidentState,
  about: Extract<ReminderAbout, { kind: "lever-unconfirmed" }>,
  now: Date,
): Reminding {
  const { leverNumber, userId } = about;
  const { id, severity } = state.incident;
  const use = state.levers.find((one) => one.number === leverNumber);
  if (!use || use.endedAt !== null || !isAwaited(use, userId)) return settled;
  if (about.step === "coordinator" || !isAsked(state, use, userId)) {
    const late = { kind: "lever-late", leverNumber } as const;
    return { changes: {}, timeline: [], effects: [askAnew(id, late)] };
  }
  const next = { ...about, step: "coordinator" } as const;
  const message = { kind: "lever-reminder", leverNumber, userId } as const;
  return {
    changes: { reminders: [{ about: next, dueAt: new Date(now.getTime() + waitMs(severity)) }] },
    timeline: [],
    effects: [postMessage(id, message)],
  };
}

function waitMs(severity: Severity): number {
  return waitMinutes[severity] * 60_000;
}
