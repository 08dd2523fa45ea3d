import type { KnownBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import { isExamined } from "#src/domain/layer-state.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { answererOf, layersAskedOf, ownerOf } from "#src/domain/owners/owner.ts";
import type { UserId } from "#src/domain/person.ts";
import { layersInWords } from "#src/domain/words.ts";
import {
  actions,
  button,
  context,
  joinMrkdwn,
  mrkdwn,
  mentionChannel,
  mentionGroup,
  type Mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { incidentLine, incidentReference, windowLine } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";
import { ownerWords } from "./board.ts";

/** Asks the owners of all layers, by mention, in the incident's channel. */
export function renderEvidenceRequest(state: IncidentState): MessageContent {
  const { incident } = state;
  const subject = incidentReference(incident);
  const open = layerIds.filter((layer) => !isExamined(state, layer));
  if (incident.status !== "open") {
    const over = mrkdwn`The response has ended, so no answer is asked for any more.`;
    return content(mrkdwn`${subject}: ${over}`, [section(over)]);
  }
  const asked = owners(state);
  const free = freeLayers(state, open);
  const lines = asked
    .map(({ who, ids }) => ({
      who,
      ids: ids.filter((layer) => !free.some((one) => one.ids.includes(layer))),
    }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ who, ids }) => mrkdwn`• ${who}: ${layerStates(state, ids)}`);
  const request =
    open.length === 0
      ? mrkdwn`Every layer is answered. Thank you. To correct an answer, press “Answer for your layer”.`
      : mrkdwn`*Please answer for your layer.* Did it change or degrade near the window below? “Cannot tell” counts as an answer. It takes half a minute.`;
  const names = asked
    .map(({ who, ids }) => ({ who, ids: ids.filter((layer) => open.includes(layer)) }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ who, ids }) => mrkdwn`${who}: ${layersInWords(ids)}`);
  const summary =
    open.length === 0
      ? mrkdwn`Every layer is answered`
      : mrkdwn`Please answer for your layer. ${joinMrkdwn(names, "; ")}`;
  return content(mrkdwn`${subject}: ${summary}.`, [
    section(request),
    ...(open.length === 0
      ? []
      : [context(windowLine(state), "A layer is a part of the product that can break by itself.")]),
    ...(lines.length > 0 ? [section(joinMrkdwn(lines, "\n"))] : []),
    ...free.map((one) => takeAnswerBlock(state, one)),
    actions("evidence-request", [
      button("answer-layers", "Answer for your layer", encodeHint({ incidentId: incident.id }), {
        style: open.length > 0 ? "primary" : undefined,
      }),
      button("checklist", "Checklist", encodeHint({ incidentId: incident.id })),
    ]),
  ]);
}

/** Asks one owner for all layers of theirs, by direct message. */
export function renderEvidenceRequestDm(state: IncidentState, userId: UserId): MessageContent {
  const { incident } = state;
  const subject = incidentReference(incident);
  const own = layersAskedOf(state, userId);
  if (incident.status !== "open" || own.length === 0) {
    const over = mrkdwn`No answer of yours is needed any more. Thank you.`;
    return content(mrkdwn`${subject}: ${over}`, [section(over), context(incidentLine(incident))]);
  }
  const open = own.filter((layer) => !isExamined(state, layer));
  const asked =
    open.length === 0
      ? mrkdwn`You have answered for ${layersInWords(own)}. Thank you. You can correct it here.`
      : mrkdwn`*Please answer for ${layersInWords(open)}.* ${open.length > 1 ? "Did any of them" : "Did it"} change or degrade near the window below? “Cannot tell” counts as an answer. It takes half a minute.`;
  return content(
    mrkdwn`${subject}: ${oneLine(incident.title)}. ${open.length === 0 ? "Your answers are recorded." : `Please answer for ${layersInWords(open)}.`}`,
    [
      section(asked),
      context(incidentLine(incident), windowLine(state)),
      ...(incident.userImpact === null
        ? []
        : [section(`What users see: ${oneLine(incident.userImpact, 300)}`)]),
      context(mrkdwn`${channelWords(state)} Your answer is shown there.`),
      actions("evidence-request-dm", [
        button(
          "answer-layers",
          open.length === 0 ? "Correct my answer" : "Answer",
          encodeHint({ incidentId: incident.id, layers: own }),
          { style: open.length === 0 ? undefined : "primary" },
        ),
      ]),
    ],
  );
}

function channelWords({ incident }: IncidentState): Mrkdwn {
  return incident.channelId === null
    ? mrkdwn`The channel #${incident.channelName} is being opened.`
    : mrkdwn`The channel: ${mentionChannel(incident.channelId)}.`;
}

/** Each owner once, with their layers in the order people see them; those without an owner last. */
function owners(state: IncidentState): { who: Mrkdwn; ids: LayerId[] }[] {
  const byOwner = new Map<string, { who: Mrkdwn; ids: LayerId[] }>();
  for (const layer of layerIds) {
    const owner = state.owners.find((one) => one.layer === layer);
    const key = (owner && answererOf(owner)) ?? owner?.groupId ?? "";
    const who = key === "" ? mrkdwn`whoever knows it` : ownerWords(owner);
    const entry = byOwner.get(key) ?? { who, ids: [] };
    entry.ids.push(layer);
    byOwner.set(key, entry);
  }
  const named = [...byOwner].filter(([key]) => key !== "").map(([, entry]) => entry);
  const unnamed = byOwner.get("");
  return unnamed ? [...named, unnamed] : named;
}

function layerStates(state: IncidentState, ids: readonly LayerId[]): Mrkdwn {
  return joinMrkdwn(
    ids.map((layer) =>
      isExamined(state, layer)
        ? mrkdwn`${layers[layer].label} (answered)`
        : mrkdwn`*${layers[layer].label}*`,
    ),
    ", ",
  );
}

/** The layers that anybody of a group, or anybody at all, may take: for each group all of its open layers, else one by one. */
function freeLayers(
  state: IncidentState,
  open: readonly LayerId[],
): { who: Mrkdwn; ids: LayerId[] }[] {
  const free = new Map<string, { who: Mrkdwn; ids: LayerId[] }>();
  for (const layer of open) {
    const owner = ownerOf(state, layer);
    if (owner && answererOf(owner) !== null) continue;
    const groupId = owner?.groupId ?? null;
    const who = groupId === null ? mrkdwn`Whoever knows it` : mentionGroup(groupId);
    const entry = free.get(groupId ?? layer) ?? { who, ids: [] };
    entry.ids.push(layer);
    free.set(groupId ?? layer, entry);
  }
  return [...free.values()];
}

/** "I'll answer": the first to press owns the answer. */
function takeAnswerBlock(
  { incident }: IncidentState,
  { who, ids }: { who: Mrkdwn; ids: LayerId[] },
): KnownBlock {
  const names = layersInWords(ids);
  return {
    ...section(mrkdwn`${who}: *${names}*`, `take-answer:${ids.join("+")}`),
    accessory: button(
      "take-answer",
      "I'll answer",
      encodeHint({ incidentId: incident.id, layers: ids }),
      { spoken: `I'll answer for ${names}` },
    ),
  };
}
