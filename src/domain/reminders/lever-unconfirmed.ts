import { postMessage } from "#src/domain/channel-effects.ts";
import type { IncidentState, LeverUse } from "#src/domain/incident.ts";
import { authorizationsOf, isAwaited } from "#src/domain/lever-use.ts";
import { type Reminding, settled } from "./reminding.ts";
import type { Reminder, ReminderAbout } from "#src/domain/reminder.ts";
import type { Severity } from "#src/domain/severity.ts";

/** After how long an authorizer is asked once more, in minutes. */
const waitMinutes: Record<Severity, number> = { SEV1: 10, SEV2: 20, SEV3: 60, SEV4: 60 };

/** One for each person who is named as having authorized the lever, due some minutes after it was recorded. */
export function leverReminders(severity: Severity, use: LeverUse, now: Date): Reminder[] {
  const dueAt = new Date(now.getTime() + waitMinutes[severity] * 60_000);
  return authorizationsOf(use).map(({ userId }) => ({
    about: { kind: "lever-unconfirmed", leverNumber: use.number, userId },
    dueAt,
  }));
}

/** An authorizer who has neither confirmed nor declined a lever that is in force is asked once more. */
export function remindOfLever(
  state: IncidentState,
  about: Extract<ReminderAbout, { kind: "lever-unconfirmed" }>,
  _now: Date,
): Reminding {
  const { leverNumber, userId } = about;
  const use = state.levers.find((one) => one.number === leverNumber);
  if (!use || use.endedAt !== null || !isAwaited(use, userId)) return settled;
  const message = { kind: "lever-reminder", leverNumber, userId } as const;
  return { changes: {}, timeline: [], effects: [postMessage(state.incident.id, message)] };
}
