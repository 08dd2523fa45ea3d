import type { KnownBlock } from "@slack/types";
import { brokeFirst } from "#src/domain/broke-first.ts";
import type { IncidentId, IncidentState, SimilarIncident } from "#src/domain/incident.ts";
import { reasonsInWords } from "#src/domain/recurrence.ts";
import type { OtherIncident } from "#src/domain/similar.ts";
import { layersInWords } from "#src/domain/words.ts";
import { AppError } from "#src/lib/errors.ts";
import {
  actions,
  button,
  context,
  dateTime,
  joinMrkdwn,
  linkTo,
  mention,
  mentionChannel,
  type Mrkdwn,
  mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { countOf, incidentName, incidentReference, openWords } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/**
 * R13: an earlier incident that looks like this one, with its open actions, and what people made of it.
 * Without `other` it may not be shown any more (it was cancelled, or taken away).
 */
export function renderSimilar(
  state: IncidentState,
  otherId: IncidentId,
  other: OtherIncident | undefined,
): MessageContent {
  const row = state.similarIncidents.find((one) => one.otherId === otherId);
  if (!row) throw new AppError("not_in_state", `The incident is not like incident ${otherId}.`);
  const subject = incidentReference(state.incident);
  if (!other) {
    const gone = mrkdwn`An incident that looked like this one was cancelled or taken away since.`;
    return content(mrkdwn`${subject}: ${gone}`, [section(gone)]);
  }
  const head = headline(state, row, other);
  return content(mrkdwn`${subject}: ${head} It has ${openActionsWords(other)}.`, [
    section(head, `similar:${other.number}`),
    section(other.title),
    context(joinMrkdwn(facts(other), " · ")),
    ...actionBlocks(other),
    ...buttons(state, row, other),
  ]);
}

/** "Why this one looks like that one", as somebody gives it for opening that one again. A private incident is not named elsewhere. */
export function reopenReason(
  state: IncidentState,
  row: Pick<SimilarIncident, "reasons">,
  other: Pick<OtherIncident, "brokeFirst">,
): string {
  const { incident } = state;
  const why = reasonWords(state, row, other);
  const shows = why === "" ? "looks the same" : `shows ${why}`;
  return `${incident.isPrivate ? "Another incident" : incidentName(incident)} ${shows}.`;
}

function headline(state: IncidentState, row: SimilarIncident, other: OtherIncident): Mrkdwn {
  const name = incidentName(other);
  const why = reasonWords(state, row, other);
  const because = why === "" ? "" : `: ${why}`;
  const who = row.decidedBy === null ? mrkdwn`Somebody` : mention(row.decidedBy);
  switch (row.state) {
    case "shown":
      return mrkdwn`*This looks like ${name.toLowerCase()}* (${whenWords(other)})${because}.`;
    case "linked":
      return mrkdwn`*${who} linked this with ${name.toLowerCase()}* (${whenWords(other)})${because}.`;
    case "reopened":
      return mrkdwn`*${who} reopened ${name.toLowerCase()}*, which looks like this one${because}.`;
    case "dismissed":
      return mrkdwn`*${who} said that ${name.toLowerCase()} is not the same* (${whenWords(other)}). Found${why === "" ? " by hand" : `: ${why}`}.`;
  }
}

function reasonWords(
  state: IncidentState,
  { reasons }: Pick<SimilarIncident, "reasons">,
  other: Pick<OtherIncident, "brokeFirst">,
): string {
  const isSameLayer = brokeFirst(state).some((layer) => other.brokeFirst.includes(layer));
  return reasonsInWords(reasons, isSameLayer);
}

/** "closed 16 February", "open". */
function whenWords(other: OtherIncident): Mrkdwn {
  return other.closedAt === null
    ? mrkdwn`${openWords(other)}`
    : mrkdwn`${openWords(other)} ${dateTime(other.closedAt)}`;
}

function facts({ brokeFirst: found, channelId, postmortemUrl }: OtherIncident): Mrkdwn[] {
  return [
    found.length > 0
      ? mrkdwn`${layersInWords(found)} broke first there`
      : mrkdwn`Nobody knows what broke first there`,
    ...(channelId === null ? [] : [mentionChannel(channelId)]),
    ...(postmortemUrl === null ? [] : [linkTo(postmortemUrl, "postmortem")]),
  ];
}

const actionsAtMost = 8;

function openActionsWords({ openActions }: OtherIncident): string {
  return openActions.length === 0 ? "no open action" : countOf(openActions.length, "open action");
}

/** Each open action with who owns it: what was promised after the last time. */
function actionBlocks(other: OtherIncident): KnownBlock[] {
  const { openActions } = other;
  if (openActions.length === 0) return [context("It has no open action.")];
  const lines = openActions.slice(0, actionsAtMost).map(actionLine);
  const more = openActions.length - lines.length;
  const half = Math.ceil(actionsAtMost / 2);
  // a section takes 3,000 characters, and eight long titles are more
  const [first, rest] = [lines.slice(0, half), lines.slice(half)];
  return [
    section(joinMrkdwn([mrkdwn`It has ${openActionsWords(other)}:`, ...first], "\n")),
    ...(rest.length > 0 ? [section(joinMrkdwn(rest, "\n"))] : []),
    ...(more > 0 ? [context(`And ${more} more, in its channel.`)] : []),
  ];
}

function actionLine({
  number,
  title,
  owner,
  dueOn,
  issueUrl,
}: OtherIncident["openActions"][number]): Mrkdwn {
  const name = `Action ${number}`;
  const link = issueUrl === null ? mrkdwn`${name}` : linkTo(issueUrl, name);
  return mrkdwn`• ${link}: ${oneLine(title, 100)}, ${mention(owner)}, due ${dueOn}`;
}

function buttons(
  { incident }: IncidentState,
  row: SimilarIncident,
  other: OtherIncident,
): KnownBlock[] {
  if (incident.status !== "open" || row.state === "reopened") return [];
  const name = incidentName(other).toLowerCase();
  const value = encodeHint({ incidentId: incident.id, itemNumber: other.id });
  const isOver = other.status === "closed" || other.status === "learned";
  const isNew = row.state === "shown";
  return [
    actions(`similar-buttons:${other.number}`, [
      ...(row.state === "linked"
        ? []
        : [
            button("link-similar", "Link it", value, {
              style: isNew ? "primary" : undefined,
              spoken: `Link it: ${name}`,
            }),
          ]),
      ...(isOver && row.state !== "dismissed"
        ? [button("reopen-similar", `Reopen ${name}`, value)]
        : []),
      ...(row.state === "dismissed"
        ? []
        : [
            button("dismiss-similar", "Not the same", value, { spoken: `Not the same as ${name}` }),
          ]),
    ]),
  ];
}
