import type { KnownBlock } from "@slack/types";
import type { Incident, IncidentState } from "#src/domain/incident.ts";
import { severities } from "#src/domain/severity.ts";
import { lowerFirst } from "#src/domain/timeline-words.ts";
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
import { incidentHeadline, incidentLine, openWords } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/**
 * One incident in the announcement channel, for everybody else: what, how bad, who leads, where, and
 * the last update. It is edited in place: with each update, another severity or coordinator, at the end
 * and with the postmortem; it tells nothing that changes in between.
 */
export function renderAnnouncement(state: IncidentState): MessageContent {
  const { incident } = state;
  const lead = mrkdwn`${mention(incident.coordinator)} ${incident.status === "open" ? "leads" : "led"}.`;
  return content(
    mrkdwn`${incidentHeadline(incident)}: ${oneLine(incident.title)}. ${lead}${updateSentence(incident)} ${whereWords(state)}`,
    [
      header(incidentLine(incident)),
      section(mrkdwn`*${capitalized(openWords(incident))}*. ${lead} ${whereWords(state)}`),
      ...told(incident),
      context(
        mrkdwn`Declared ${dateTime(incident.declaredAt)}.`,
        `${incident.severity} means: ${lowerFirst(severities[incident.severity])}.`,
      ),
    ],
  );
}

/** The last update with when and by whom; until there is one, what users see as it was declared. */
function told(incident: Incident): KnownBlock[] {
  const { lastUpdate, lastUpdateAt, lastUpdateBy, userImpact, status } = incident;
  const see = status === "open" ? "see" : "saw";
  if (lastUpdate === null || lastUpdateAt === null) {
    return userImpact === null ? [] : [section(`What users ${see}: ${truncate(userImpact, 800)}`)];
  }
  const by = lastUpdateBy === null ? mrkdwn`` : mrkdwn` by ${mention(lastUpdateBy)}`;
  return [section(lastUpdate), context(mrkdwn`Updated ${dateTime(lastUpdateAt)}${by}.`)];
}

function updateSentence({ lastUpdate }: Incident): string {
  return lastUpdate === null ? "" : ` The last update: “${oneLine(lastUpdate, 600)}”`;
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
