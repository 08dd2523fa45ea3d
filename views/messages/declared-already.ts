import type { Incident } from "#src/domain/incident.ts";
import { mentionChannel, mrkdwn, section } from "#views/block-kit.ts";
import { incidentReference } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** Somebody declares from a message from which an incident was declared before: which one, and where it is. */
export function renderDeclaredAlready(incident: Incident): MessageContent {
  const where = incident.channelId
    ? mrkdwn` Its channel is ${mentionChannel(incident.channelId)}.`
    : mrkdwn` Its channel #${incident.channelName} is being opened.`;
  const said = mrkdwn`${incidentReference(incident)} was declared from this message already.${where} Nothing new was opened.`;
  return content(said, [section(said)]);
}
