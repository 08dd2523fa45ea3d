import type { IncidentState } from "#src/domain/incident.ts";
import { context, mrkdwn, section } from "#views/block-kit.ts";
import { incidentLine, incidentReference } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** What a message that asked for something reads once the same was asked anew: where to look, and no button. */
export function renderAskedAgain({ incident }: IncidentState): MessageContent {
  const again = mrkdwn`This was asked again in a newer message. Please answer there.`;
  return content(mrkdwn`${incidentReference(incident)}: ${again}`, [
    section(again),
    context(incidentLine(incident)),
  ]);
}
