import { askAnew, postMessage, updatePanel } from "#src/domain/channel-effects.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { minutesAfter, updateCadence_min } from "#src/domain/updates.ts";
import type { ReminderAbout } from "#src/domain/reminder.ts";
import { type Reminding, settled } from "./reminding.ts";

/**
 * The next update is due: whoever writes updates is asked, unless one was written or put off meanwhile.
 * Each time one is due notifies. As long as nobody answers, it is looked at again once a cadence: the
 * same message is brought up to date, nobody is notified anew.
 */
export function remindOfUpdate(
  { incident }: IncidentState,
  { isRepeat }: Extract<ReminderAbout, { kind: "update-due" }>,
  now: Date,
): Reminding {
  const { updateDueAt, severity } = incident;
  if (updateDueAt === null || updateDueAt > now) return settled;
  const cadence = updateCadence_min[severity];
  return {
    changes:
      cadence === null
        ? {}
        : {
            reminders: [
              { about: { kind: "update-due", isRepeat: true }, dueAt: minutesAfter(now, cadence) },
            ],
          },
    timeline: [],
    effects: [
      (isRepeat ? postMessage : askAnew)(incident.id, { kind: "update-reminder" }),
      updatePanel(incident.id),
    ],
  };
}
