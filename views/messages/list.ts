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
import { countOf, incidentLine, incidentSubject, statusWords } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** One page of the open incidents, with the way to the next one and a button to declare another. */
export interface ListPage {
  /** Newest first, at most ten. */
  incidents: readonly Incident[];
  /** Counts from 0. */
  page: number;
  /** Of all pages. */
  total: number;
  /** Drills that run and are not listed. */
  drills: number;
}

/** The open incidents, page by page. */
export function renderList({ incidents, page, total, drills }: ListPage): MessageContent {
  const title =
    total === 0
      ? "No incident is open. If something is wrong, declare one: it takes 15 seconds."
      : `${countOf(total, "incident")} open.`;
  const first = page * onPage + 1;
  const last = first + incidents.length - 1;
  const isPaged = total > incidents.length;
  const subjects = incidents.map((incident) => ` ${incidentSubject(incident)}.`).join("");
  return content(mrkdwn`${title}${subjects}`, [
    section(isPaged ? `${title} These are ${first} to ${last}, the newest first.` : title),
    ...incidents.flatMap(incidentBlocks),
    ...(drills > 0 ? [context(`${countOf(drills, "drill")} not listed.`)] : []),
    actions("list", [
      ...(last < total
        ? [button("list", "Next", encodeHint({ incidentId: noIncident, page: page + 1 }))]
        : []),
      button(
        "declare-incident",
        "Declare an incident",
        encodeHint({ incidentId: noIncident }),
        total === 0 ? { style: "primary" } : {},
      ),
    ]),
  ]);
}

const onPage = 10;
const noIncident = 0 as IncidentId;

function incidentBlocks(incident: Incident): KnownBlock[] {
  const where =
    incident.channelId === null
      ? mrkdwn`#${incident.channelName}`
      : mentionChannel(incident.channelId);
  return [
    section(incidentLine(incident)),
    context(
      mrkdwn`${where} · ${statusWords(incident)} · ${mention(incident.coordinator)} leads · declared ${dateTime(incident.declaredAt)}`,
    ),
  ];
}
