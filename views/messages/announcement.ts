import type { IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { isInForce } from "#src/domain/lever-use.ts";
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
import {
  countOf,
  incidentLine,
  incidentSubject,
  severityWords,
  statusWords,
} from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** One incident in the announcement channel, for everybody else: what, how bad, who leads, where. */
export function renderAnnouncement(state: IncidentState): MessageContent {
  const { incident } = state;
  const impact =
    incident.userImpact === null
      ? []
      : [section(`What users see: ${truncate(incident.userImpact, 800)}`)];
  return content(
    mrkdwn`${incidentSubject(incident)}: ${oneLine(incident.title)}. ${mention(incident.coordinator)} leads. ${whereWords(state)}`,
    [
      header(incidentLine(incident)),
      section(
        mrkdwn`*${capitalized(statusWords(incident))}*, ${severityWords(incident)}. ${mention(incident.coordinator)} leads. ${whereWords(state)}`,
      ),
      ...impact,
      context(mrkdwn`Declared ${dateTime(incident.declaredAt)}. ${progress(state)}`),
    ],
  );
}

function whereWords({ incident }: IncidentState): Mrkdwn {
  if (incident.postmortemUrl !== null) {
    return mrkdwn`${linkTo(incident.postmortemUrl, "Read the postmortem")}.`;
  }
  return incident.channelId === null
    ? mrkdwn`The channel #${incident.channelName} is being opened.`
    : mrkdwn`Follow it in ${mentionChannel(incident.channelId)}.`;
}

function progress(state: IncidentState): string {
  const answered = new Set(state.answers.map((answer) => answer.layer)).size;
  const inForce = state.levers.filter(isInForce).length;
  const levers = inForce === 0 ? "No lever is in force" : `${countOf(inForce, "lever")} in force`;
  return `${answered} of ${layerIds.length} layers answered. ${levers}.`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
