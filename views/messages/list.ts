import type { KnownBlock } from "@slack/types";
import type { Incident, IncidentId } from "#src/domain/incident.ts";
import {
  actions,
  button,
  context,
  dateTime,
  mrkdwn,
  mention,
  mentionChannel,
  section,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import {
  countOf,
  incidentLine,
  incidentSubject,
  severityWords,
  statusWords,
} from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** The open incidents, newest first as handed in, with a button to declare another one. */
export function renderList(incidents: readonly Incident[], botCommand: string): MessageContent {
  const shown = incidents.slice(0, shownAtMost);
  const title =
    incidents.length === 0
      ? "No incident is open. If something is wrong, declare one: it takes 15 seconds."
      : `${countOf(incidents.length, "incident")} open.`;
  const subjects = shown.map((incident) => ` ${incidentSubject(incident)}.`).join("");
  return content(mrkdwn`${title}${subjects}`, [
    section(title),
    ...shown.flatMap(incidentBlocks),
    ...(incidents.length > shown.length
      ? [
          context(
            `And ${incidents.length - shown.length} more: ${botCommand} status in their channels.`,
          ),
        ]
      : []),
    actions("list", [
      button(
        "declare-incident",
        "Declare an incident",
        encodeHint({ incidentId: 0 as IncidentId }),
        incidents.length === 0 ? { style: "primary" } : {},
      ),
    ]),
  ]);
}

const shownAtMost = 20;

function incidentBlocks(incident: Incident): KnownBlock[] {
  const where =
    incident.channelId === null
      ? mrkdwn`#${incident.channelName}`
      : mentionChannel(incident.channelId);
  return [
    section(incidentLine(incident)),
    context(
      mrkdwn`${where} · ${statusWords(incident)} · ${severityWords(incident)} · ${mention(incident.coordinator)} leads · declared ${dateTime(incident.declaredAt)}`,
    ),
  ];
}
