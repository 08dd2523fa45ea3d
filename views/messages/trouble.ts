import type { IncidentState } from "#src/domain/incident.ts";
import { AppError } from "#src/lib/errors.ts";
import { context, mrkdwn, mentionChannel, oneLine, section } from "#views/block-kit.ts";
import { incidentLine, incidentReference } from "#views/words.ts";
import { content, type MessageContent, type MessageExtras } from "./message-content.ts";

/** Something that a person has to do, because it could not be done for good; told to the coordinator. */
export function renderTrouble(state: IncidentState, { trouble }: MessageExtras): MessageContent {
  if (!trouble)
    throw new AppError("no_trouble", "A trouble message was asked for without its trouble.");
  const { incident } = state;
  const what = oneLine(trouble.what, 300);
  const reason = oneLine(trouble.reason, 1000);
  return content(mrkdwn`${incidentReference(incident)} needs you: I could not ${what}. ${reason}`, [
    section(`I could not ${what}. What was recorded is safe; this part needs a person.`),
    section(reason),
    context(incidentLine(incident)),
    ...(incident.channelId === null
      ? []
      : [context(mrkdwn`The channel: ${mentionChannel(incident.channelId)}`)]),
  ]);
}
