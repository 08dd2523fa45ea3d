import type { Button, KnownBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import { currentVerdicts, isExamined } from "#src/domain/layer-state.ts";
import { layerIds, layers } from "#src/domain/layers/index.ts";
import { isInForce } from "#src/domain/lever-use.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Strand } from "#src/domain/strand.ts";
import { layersInWords } from "#src/domain/words.ts";
import { wantedOf, type Wanted } from "#src/domain/wanted.ts";
import {
  actions,
  button,
  context,
  header,
  mrkdwn,
  mention,
  mentionChannel,
  type Mrkdwn,
  oneLine,
  section,
  truncate,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { detectionLag } from "#views/timing.ts";
import { countOf, incidentLine, incidentSubject, leverLine, statusWords } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";
import { outcomeWords } from "./strand-summary.ts";

/** Strands on one page; the button under them shows the next ones. */
const strandsAtOnce = 10;
const leversAtMost = 5;
const actionsAtMost = 5;

/**
 * What somebody who comes late has to know, told to them alone: what users suffer, what is known, what
 * is in force, and what is wanted from them. `page` counts the pages of strands from 0; a later page
 * shows its strands alone.
 */
export function renderCatchUp(state: IncidentState, reader: UserId, page = 0): MessageContent {
  const { incident } = state;
  const wanted = wantedOf(state, reader);
  if (page > 0) {
    const text = mrkdwn`${incidentSubject(incident)}: this is what is known of ${strandsOn(state, page)}.`;
    return content(text, [...strandPage(state, page), ...buttonRow(state, wanted, page)]);
  }
  return content(
    mrkdwn`${incidentSubject(incident)}: ${oneLine(incident.title)}. ${wantedSentence(state, wanted)}`,
    [
      header(incidentLine(incident)),
      section(impactWords(state), "catch-up:now"),
      section(whereWords(state)),
      context(detectionLag(incident)),
      section(wantedSentence(state, wanted)),
      ...actionLines(wanted),
      ...strandPage(state, 0),
      context(answeredWords(state)),
      ...leverLines(state),
      ...buttonRow(state, wanted, 0),
    ],
  );
}

function impactWords({ incident: { userImpact, lastUpdate } }: IncidentState): string {
  const impact =
    userImpact === null
      ? "What users see is not recorded yet."
      : `What users see: ${truncate(userImpact, 800)}`;
  return lastUpdate === null ? impact : `${impact}\nThe last update: ${truncate(lastUpdate, 600)}`;
}

function whereWords({ incident }: IncidentState): Mrkdwn {
  const { channelId } = incident;
  const where = channelId === null ? mrkdwn`` : mrkdwn` The channel: ${mentionChannel(channelId)}`;
  const verb = incident.status === "open" ? "leads" : "led";
  const status = statusWords(incident);
  return mrkdwn`${status.charAt(0).toUpperCase()}${status.slice(1)}. ${mention(incident.coordinator)} ${verb}.${where}`;
}

/** "Wanted from you: …", one sentence. */
function wantedSentence(state: IncidentState, wanted: Wanted): string {
  const { layers: asked, levers, actions: own, updateDueAt } = wanted;
  const parts = [
    ...(asked.length === 0 ? [] : [`answer for ${layersInWords(asked)}`]),
    ...(levers.length === 0
      ? []
      : [`say whether you authorized ${levers.map(({ number }) => `lever ${number}`).join(", ")}`]),
    ...(updateDueAt === null ? [] : ["write the updates for everybody else"]),
    ...(own.length === 0 ? [] : [`do ${countOf(own.length, "action")} that you own`]),
  ];
  return parts.length === 0 ? nothingWanted(state) : `Wanted from you: ${parts.join("; ")}.`;
}

/** Where somebody is not asked for anything, and what they may do unasked. */
function nothingWanted(state: IncidentState): string {
  if (state.incident.status !== "open") return "Nothing is wanted from you.";
  const isAnswered = layerIds.every((layer) => isExamined(state, layer));
  return isAnswered
    ? "Nothing is wanted from you yet."
    : "Nothing is wanted from you yet. If you know one of the layers that are still open, you may answer for it: “Answer for your layer”, under the pinned panel.";
}

function actionLines({ actions: own }: Wanted): KnownBlock[] {
  if (own.length === 0) return [];
  const shown = own
    .slice(0, actionsAtMost)
    .map(({ number, title, dueOn }) => `Action ${number}, due ${dueOn}: ${oneLine(title, 100)}`);
  const more = own.length - shown.length;
  return [context([...shown, ...(more > 0 ? [`And ${more} more.`] : [])].join("\n"))];
}

function leverLines(state: IncidentState): KnownBlock[] {
  const inForce = state.levers.filter(isInForce);
  if (inForce.length === 0) return [context("Nothing is in force to limit the harm.")];
  const shown = inForce
    .slice(-leversAtMost)
    .map((use) => `• Lever ${use.number}: ${leverLine(use, 120)} · ${layers[use.layer].label}`);
  const more = inForce.length - shown.length;
  const rest = more > 0 ? [`And ${countOf(more, "earlier lever")}.`] : [];
  return [section(["In force to limit the harm:", ...shown, ...rest].join("\n"))];
}

function strandPage(state: IncidentState, page: number): KnownBlock[] {
  const shown = state.strands.slice(page * strandsAtOnce, (page + 1) * strandsAtOnce);
  return [
    section(mrkdwn`*${pageTitle(state, page)}*`),
    ...shown.map((strand) => section(strandWords(state, strand), `strand:S${strand.number}`)),
  ];
}

/** "5 of 6 layers are answered. Still open: Infrastructure." */
function answeredWords(state: IncidentState): string {
  const open = layerIds.filter((layer) => !isExamined(state, layer));
  const answered = `${layerIds.length - open.length} of ${layerIds.length} layers are answered.`;
  return open.length === 0 ? answered : `${answered} Still open: ${layersInWords(open)}.`;
}

function pageTitle({ strands }: IncidentState, page: number): string {
  if (strands.length === 1) return "What is known:";
  const meaning = page === 0 ? ", each a failure with a cause of its own" : "";
  return strands.length <= strandsAtOnce
    ? `What is known, in ${strands.length} strands${meaning}:`
    : `What is known of ${strandsOn({ strands }, page)}${meaning}:`;
}

/** "strands 11 to 20 of 60" */
function strandsOn({ strands }: Pick<IncidentState, "strands">, page: number): string {
  const last = Math.min(strands.length, (page + 1) * strandsAtOnce);
  return `strands ${page * strandsAtOnce + 1} to ${last} of ${strands.length}`;
}

function strandWords(state: IncidentState, { number, name }: Strand): string {
  const outcome = outcomeWords(currentVerdicts(state, number));
  return state.strands.length === 1 ? outcome : `Strand ${number}, ${oneLine(name)}: ${outcome}`;
}

function buttonRow(state: IncidentState, wanted: Wanted, page: number): KnownBlock[] {
  const { incident, strands } = state;
  const incidentId = incident.id;
  const buttons: Button[] = [];
  if (page === 0 && wanted.layers.length > 0) {
    const hint = encodeHint({ incidentId, layers: wanted.layers });
    buttons.push(button("answer-layers", "Answer", hint, { style: "primary" }));
  }
  const [lever] = page === 0 ? wanted.levers : [];
  if (lever) {
    const hint = encodeHint({ incidentId, leverNumber: lever.number });
    buttons.push(
      button("confirm-lever", `Yes, I authorized lever ${lever.number}`, hint),
      button("decline-lever", "No, I did not", hint),
    );
  }
  if (strands.length > (page + 1) * strandsAtOnce) {
    const hint = encodeHint({ incidentId, page: page + 1 });
    buttons.push(button("catch-up", "More strands", hint));
  }
  return buttons.length === 0 ? [] : [actions(`catch-up:${page}`, buttons)];
}
