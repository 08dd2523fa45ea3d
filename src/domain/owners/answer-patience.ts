import type { IncidentState } from "#src/domain/incident.ts";
import { isExamined } from "#src/domain/layer-state.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { Reminder } from "#src/domain/reminder.ts";
import type { Severity } from "#src/domain/severity.ts";
import { isOwned, ownerOf } from "./owner.ts";

/**
 * How long an answer may take before the next step: the owner is reminded, then the stand-in is asked,
 * then the coordinator is told. Minutes, the same for each step.
 */
export const answerPatienceMinutes: Readonly<Record<Severity, number>> = {
  SEV1: 10,
  SEV2: 20,
  SEV3: 2 * 60,
  SEV4: 8 * 60,
};

/** When the next step is due, from `now` on. */
export function nextStepAt(severity: Severity, now: Date): Date {
  return new Date(now.getTime() + patienceMs(severity));
}

/** The first reminder of each of these layers that somebody is named for and nobody has answered; set whenever owners are asked. */
export function remindersOfAsking(
  state: IncidentState,
  layers: readonly LayerId[],
  now: Date,
): Reminder[] {
  const dueAt = nextStepAt(state.incident.severity, now);
  return layers
    .filter((layer) => isOwned(ownerOf(state, layer)) && !isExamined(state, layer))
    .map((layer) => ({ about: { kind: "answer-late", layer, step: "owner" }, dueAt }));
}

/**
 * The reminders of answers that still wait, moved as if the incident had had this severity since the
 * last step; never into the past. `state` holds the severity of before. Empty where it does not change.
 */
export function rescheduleReminders(
  state: IncidentState,
  severity: Severity,
  now: Date,
): Reminder[] {
  const shiftMs = patienceMs(severity) - patienceMs(state.incident.severity);
  if (shiftMs === 0) return [];
  return state.reminders
    .filter(({ about }) => about.kind === "answer-late")
    .map(({ about, dueAt }) => ({
      about,
      dueAt: new Date(Math.max(dueAt.getTime() + shiftMs, now.getTime())),
    }));
}

function patienceMs(severity: Severity): number {
  return answerPatienceMinutes[severity] * 60_000;
}
