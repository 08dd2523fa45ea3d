import type { Button, KnownBlock } from "@slack/types";
import type { IncidentState, LeverUse } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { isInForce } from "#src/domain/lever-use.ts";
import {
  actions,
  button,
  context,
  dateTime,
  mrkdwn,
  mention,
  mentionChannel,
  type Mrkdwn,
  section,
  truncate,
} from "#views/block-kit.ts";
import { leverOf } from "#views/find.ts";
import { encodeHint } from "#views/hint.ts";
import { incidentLine, incidentReference, leverLine } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** A lever in the channel: what was done, who allowed it, what it costs; buttons as long as there is something to answer. */
export function renderLever(state: IncidentState, leverNumber: number): MessageContent {
  const use = leverOf(state, leverNumber);
  const line = leverStateLine(use);
  return content(
    mrkdwn`${incidentReference(state.incident)}: lever ${use.number}, ${leverLine(use)}. ${line}`,
    [
      section(leverTitle(use), `lever:LV${use.number}`),
      section(line),
      ...details(use),
      ...buttonRow(`lever-buttons:LV${use.number}`, [
        ...answerButtons(state, use),
        ...endButton(state, use),
      ]),
    ],
  );
}

/** The same, asked of the named authorizer by direct message. */
export function renderLeverDm(state: IncidentState, leverNumber: number): MessageContent {
  const { incident } = state;
  const use = leverOf(state, leverNumber);
  const isAsked = canAnswer(state, use);
  const asked = isAsked
    ? mrkdwn`Did you authorize this? ${mention(use.recorder)} recorded that you did.`
    : leverStateLine(use);
  return content(
    mrkdwn`${incidentReference(incident)}: lever ${use.number}, ${leverLine(use)}. ${asked}`,
    [
      section(leverTitle(use), `lever:LV${use.number}`),
      section(asked),
      ...details(use),
      context(incidentLine(incident)),
      ...(incident.channelId === null
        ? []
        : [context(mrkdwn`The channel: ${mentionChannel(incident.channelId)}`)]),
      ...buttonRow(`lever-buttons:LV${use.number}`, answerButtons(state, use)),
    ],
  );
}

/** Where the lever stands, one or two sentences. */
function leverStateLine(use: LeverUse): Mrkdwn {
  const who = mention(use.authorizer);
  const answer = {
    claimed: mrkdwn`${mention(use.recorder)} says that ${who} authorized it. Claimed until ${who} confirms.`,
    confirmed: mrkdwn`Authorized and confirmed by ${who}.`,
    declined: mrkdwn`${who} says that they did not authorize it.`,
  }[use.state];
  if (use.endedAt === null) {
    return use.state === "declined"
      ? mrkdwn`${answer} It is still in force: take it back, or say why it is kept.`
      : mrkdwn`${answer} In force since ${dateTime(use.startedAt)}.`;
  }
  const how = use.endedHow === "kept" ? "Kept for good" : "Taken back";
  const by = use.endedBy === null ? mrkdwn`` : mrkdwn` by ${mention(use.endedBy)}`;
  return mrkdwn`${how}${by}, ${dateTime(use.endedAt)}. ${answer}`;
}

/** "Lever 1: Restrict triggering for a topic or cohort (Integration & UI)" */
function leverTitle(use: LeverUse): string {
  return `Lever ${use.number}: ${leverLine(use, 1000)} (${layers[use.layer].label})`;
}

/** What people typed, each in a block of its own; the whole text stands in the record. */
function details(use: LeverUse): KnownBlock[] {
  return [
    section(`What we give up: ${truncate(use.tradeoff, 1500)}`),
    section(`Taken back when: ${truncate(use.revertCondition, 1500)}`),
    ...(use.scope === null ? [] : [context(`Applies to: ${truncate(use.scope, 500)}`)]),
    ...(use.savedFirst === null ? [] : [context(`Saved first: ${truncate(use.savedFirst, 800)}`)]),
    ...(use.endedWhy === null ? [] : [section(`Why it ended: ${truncate(use.endedWhy, 1500)}`)]),
  ];
}

function canAnswer({ incident }: IncidentState, use: LeverUse): boolean {
  return incident.status === "open" && use.state === "claimed";
}

function answerButtons(state: IncidentState, use: LeverUse): Button[] {
  if (!canAnswer(state, use)) return [];
  const hint = encodeHint({ incidentId: state.incident.id, leverNumber: use.number });
  return [
    button("confirm-lever", "Yes, I authorized it", hint, { style: "primary" }),
    button("decline-lever", "No, I did not", hint),
  ];
}

function endButton({ incident }: IncidentState, use: LeverUse): Button[] {
  if (incident.status !== "open" || !isInForce(use)) return [];
  const hint = encodeHint({ incidentId: incident.id, leverNumber: use.number });
  return [button("end-lever", "Take it back or keep it", hint)];
}

function buttonRow(blockId: string, buttons: readonly Button[]): KnownBlock[] {
  return buttons.length === 0 ? [] : [actions(blockId, buttons)];
}
