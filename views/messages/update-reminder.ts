import type { IncidentState } from "#src/domain/incident.ts";
import { snooze_min, whoWritesUpdates } from "#src/domain/updates.ts";
import { actions, button, context, dateTime, mrkdwn, mention, section } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { incidentReference } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/**
 * The next update for everybody else is due, in the channel, asked of whoever writes it. It is brought
 * up to date in place: once the update is written, or put off, it says so and until when.
 */
export function renderUpdateReminder({ incident }: IncidentState): MessageContent {
  const { updateDueAt, lastUpdateAt, lastUpdateBy, id: incidentId } = incident;
  const subject = incidentReference(incident);
  if (incident.status !== "open" || updateDueAt === null) {
    const over = mrkdwn`No update is asked for any more.`;
    return content(mrkdwn`${subject}: ${over}`, [section(over)]);
  }
  const last =
    lastUpdateAt === null
      ? mrkdwn`No update has been written yet.`
      : mrkdwn`The last update: ${dateTime(lastUpdateAt)}${lastUpdateBy === null ? mrkdwn`` : mrkdwn`, by ${mention(lastUpdateBy)}`}.`;
  const asked = mrkdwn`${mention(whoWritesUpdates(incident))}, please write the update that is due ${dateTime(updateDueAt)}: what users see, what is being done, what comes next.`;
  const hint = encodeHint({ incidentId });
  return content(mrkdwn`${subject}: ${asked}`, [
    section(asked),
    context(last),
    actions("update-reminder", [
      button("post-update", "Write update", hint, { style: "primary" }),
      button("snooze-update", `Snooze ${snooze_min} min`, hint),
    ]),
  ]);
}
