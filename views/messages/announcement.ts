import type { IncidentState } from "#src/domain/incident.ts";
import {
  context,
  dateTime,
  header,
  linkTo,
  mrkdwn,
  mention,
  mentionChannel,
  type Mrkdwn,
  oneLine,
  section,
  truncate,
} from "#views/block-kit.ts";
import { incidentHeadline, incidentLine, openWords, severityWords } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/**
 * One incident in the announcement channel, for everybody else: what, how bad, who leads, where. It is
 * written when the channel is open, at the end and with the postmortem, so it tells nothing that
 * changes in between.
 */
export function renderAnnouncement(state: IncidentState): MessageContent {
  const { incident } = state;
  const lead = mrkdwn`${mention(incident.coordinator)} ${incident.status === "open" ? "leads" : "led"}.`;
  const impact =
    incident.userImpact === null
      ? []
      : [section(`What users see: ${truncate(incident.userImpact, 800)}`)];
  return content(
    mrkdwn`${incidentHeadline(incident)}: ${oneLine(incident.title)}. ${lead} ${whereWords(state)}`,
    [
      header(incidentLine(incident)),
      section(
        mrkdwn`*${capitalized(openWords(incident))}*, ${severityWords(incident)}. ${lead} ${whereWords(state)}`,
      ),
      ...impact,
      context(mrkdwn`Declared ${dateTime(incident.declaredAt)}.`),
    ],
  );
}

function whereWords({ incident }: IncidentState): Mrkdwn {
  if (incident.postmortemUrl !== null) {
    return mrkdwn`${linkTo(incident.postmortemUrl, "Read the postmortem")}.`;
  }
  if (incident.channelId === null) {
    return mrkdwn`The channel #${incident.channelName} is being opened.`;
  }
  const channel = mentionChannel(incident.channelId);
  return incident.status === "open"
    ? mrkdwn`Follow it in ${channel}.`
    : mrkdwn`What happened is in ${channel}.`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
