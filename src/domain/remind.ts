import type { IncidentState } from "./incident.ts";
import type { ReminderAbout } from "./reminder.ts";
import { remindOfAnswer } from "./reminders/answer-late.ts";
import { remindOfLever } from "./reminders/lever-unconfirmed.ts";
import { type Reminding, settled } from "./reminders/reminding.ts";
import { remindOfUpdate } from "./reminders/update-due.ts";

/** Decides about a reminder that is due, from the incident as it stands now. An incident that is over is left in peace. */
export function decideRemind(state: IncidentState, about: ReminderAbout, now: Date): Reminding {
  const { incident } = state;
  if (incident.status !== "open" || incident.hiddenAt !== null) return settled;
  switch (about.kind) {
    case "answer-late":
      return remindOfAnswer(state, about, now);
    case "lever-unconfirmed":
      return remindOfLever(state, about, now);
    case "update-due":
      return remindOfUpdate(state, about, now);
  }
}
