import type { KnownBlock } from "@slack/types";
import type { MessageRef } from "#src/domain/effect.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { isExamined } from "#src/domain/layer-state.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import { answererOf, ownerOf, standInOf } from "#src/domain/owners/owner.ts";
import {
  actions,
  button,
  context,
  mention,
  mentionChannel,
  mentionGroup,
  mrkdwn,
  type Mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { incidentLine, incidentReference, windowLine } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

type AnswerReminder = Extract<MessageRef, { kind: "answer-reminder" }>;

/** By direct message: to the owner who has not answered, then to who stands in for them; says what happens next. */
export function renderAnswerReminder(state: IncidentState, ref: AnswerReminder): MessageContent {
  const { incident } = state;
  const { label } = layers[ref.layer];
  const subject = incidentReference(incident);
  const over = whyOver(state, ref);
  if (over !== undefined) {
    return content(mrkdwn`${subject}: ${over}`, [
      section(mrkdwn`${over}`),
      context(incidentLine(incident)),
    ]);
  }
  return content(mrkdwn`${subject}: ${oneLine(incident.title)}. ${askWords(ref)}`, [
    section(
      mrkdwn`*${askWords(ref)}* Did it change or degrade near the window below? “Cannot tell” counts as an answer. It takes half a minute.`,
    ),
    section(nextWords(state, ref)),
    context(incidentLine(incident), windowLine(state)),
    ...channelBlock(state),
    actions(`answer-reminder:${ref.layer}`, [
      button(
        "answer-layers",
        "Answer",
        encodeHint({ incidentId: incident.id, layers: [ref.layer] }),
        {
          style: "primary",
          spoken: `Answer for ${label}`,
        },
      ),
    ]),
  ]);
}

/** Why nothing is asked of this person any more; undefined as long as it is. */
function whyOver(
  state: IncidentState,
  { layer, userId, step }: AnswerReminder,
): string | undefined {
  const { label } = layers[layer];
  if (state.incident.status !== "open") {
    return "The response has ended, so no answer of yours is needed any more. Thank you.";
  }
  if (isExamined(state, layer)) {
    return `${label} is answered. Nothing is asked of you any more. Thank you.`;
  }
  const owner = ownerOf(state, layer);
  const asked = owner && (step === "owner" ? answererOf(owner) : standInOf(owner));
  return asked === userId
    ? undefined
    : `Somebody else answers for ${label} now. Nothing is asked of you any more. Thank you.`;
}

function askWords({ layer, step }: AnswerReminder): string {
  return step === "owner"
    ? `${layers[layer].label} still waits for your answer.`
    : `Please answer for ${layers[layer].label}.`;
}

/** Why it is asked now, and who is asked after this person. */
function nextWords(state: IncidentState, { layer, step }: AnswerReminder): Mrkdwn {
  const owner = ownerOf(state, layer);
  const coordinator = mention(state.incident.coordinator);
  if (step === "owner") {
    const standIn = owner && standInOf(owner);
    return standIn
      ? mrkdwn`If you cannot, say so in the channel. I ask ${mention(standIn)} next.`
      : mrkdwn`If you cannot, say so in the channel. I tell ${coordinator} next.`;
  }
  const answerer = owner && answererOf(owner);
  return answerer
    ? mrkdwn`${mention(answerer)} was asked and reminded, and has not answered. You stand in for them. I tell ${coordinator} next.`
    : mrkdwn`Nobody has answered yet, and you stand in. I tell ${coordinator} next.`;
}

function channelBlock({ incident }: IncidentState): KnownBlock[] {
  return incident.channelId === null
    ? []
    : [context(mrkdwn`The channel: ${mentionChannel(incident.channelId)}`)];
}

/** To the coordinator, in the channel: nobody has answered for this layer, whoever was asked; with what can be done. */
export function renderAnswerLate(state: IncidentState, layer: LayerId): MessageContent {
  const { incident } = state;
  const { label } = layers[layer];
  const subject = incidentReference(incident);
  const over = noLongerLate(state, layer);
  if (over) {
    return content(mrkdwn`${subject}: ${over}`, [section(over, `answer-late:${layer}`)]);
  }
  const hint = encodeHint({ incidentId: incident.id, layers: [layer] });
  const said = mrkdwn`${mention(incident.coordinator)}, nobody has answered for ${label} yet. ${askedWords(state, layer)}`;
  return content(mrkdwn`${subject}: ${said}`, [
    section(said, `answer-late:${layer}`),
    section(
      "Answer for it yourself (“cannot tell” counts), or name somebody else: I ask them at once.",
    ),
    actions(`answer-late-buttons:${layer}`, [
      button("answer-layers", "Answer for it", hint, { spoken: `Answer for it: ${label}` }),
      button("set-role", "Name somebody else", hint, {
        spoken: `Name somebody else for ${label}`,
      }),
    ]),
  ]);
}

function noLongerLate(state: IncidentState, layer: LayerId): Mrkdwn | undefined {
  const { label } = layers[layer];
  if (state.incident.status !== "open") {
    return mrkdwn`The response has ended; no answer for ${label} is asked for any more.`;
  }
  if (isExamined(state, layer)) return mrkdwn`${label} is answered now. Thank you.`;
  const owner = ownerOf(state, layer);
  if (!owner || owner.remindedAt !== null) return undefined;
  const answerer = answererOf(owner);
  return answerer
    ? mrkdwn`${mention(answerer)} answers for ${label} now, and was asked.`
    : mrkdwn`Somebody else was named for ${label}, and is asked now.`;
}

/** Who was asked so far, in the order in which it happened. */
function askedWords(state: IncidentState, layer: LayerId): Mrkdwn {
  const owner = ownerOf(state, layer);
  const answerer = owner ? answererOf(owner) : null;
  if (!owner || answerer === null) {
    return owner?.groupId
      ? mrkdwn`${mentionGroup(owner.groupId)} was asked, and none of them has taken it.`
      : mrkdwn`Nobody is named for it.`;
  }
  const standIn = standInOf(owner);
  return standIn
    ? mrkdwn`${mention(answerer)} was reminded, and ${mention(standIn)} was asked instead.`
    : mrkdwn`${mention(answerer)} was reminded, and nobody stands in for them.`;
}
