import type { Incident } from "./incident.ts";
import type { Reminder } from "./reminder.ts";
import type { Severity } from "./severity.ts";

/**
 * How often people who do not work on an incident hear of it, in minutes; null: no update is asked for
 * (issue 4, "Severity, phase, update": the cadence goes by severity).
 */
export const updateCadence_min = {
  SEV1: 30,
  SEV2: 60,
  SEV3: 240,
  SEV4: null,
} as const satisfies Record<Severity, number | null>;

/** How long an update is put off with one press, in minutes. */
export const snooze_min = 30;

/** When the next update is due after one at `from` (or after the declaration); null: none is asked for. */
export function nextUpdateDue(severity: Severity, from: Date): Date | null {
  const cadence = updateCadence_min[severity];
  return cadence === null ? null : minutesAfter(from, cadence);
}

/**
 * The changes that make the next update due at `dueAt`: the incident's own field, and the reminder that
 * fires then. Null takes the date away; a reminder that still waits finds nothing to say.
 */
export function scheduleUpdate(dueAt: Date | null): {
  incident: Pick<Incident, "updateDueAt">;
  reminders: Reminder[];
} {
  return {
    incident: { updateDueAt: dueAt },
    reminders: dueAt === null ? [] : [{ about: { kind: "update-due" }, dueAt }],
  };
}

/** Who writes the updates: communications, where somebody has taken it, else the coordinator (B12). */
export function whoWritesUpdates({
  communications,
  coordinator,
}: Pick<Incident, "communications" | "coordinator">): Incident["coordinator"] {
  return communications ?? coordinator;
}

/** The moment so many minutes later. */
export function minutesAfter(from: Date, minutes: number): Date {
  return new Date(from.getTime() + minutes * 60_000);
}
