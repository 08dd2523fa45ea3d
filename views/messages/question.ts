import type { IncidentState } from "#src/domain/incident.ts";
import { efforts, type NextQuestion } from "#src/domain/next-question/question.ts";
import { ownerOf, standInOf } from "#src/domain/owners/owner.ts";
import { mention, mrkdwn, type Mrkdwn } from "#views/block-kit.ts";
import type { Hint } from "#views/hint.ts";
import { ownerWords } from "./board.ts";

/** The button that answers a question: the form or press it leads to, and what it is opened with. */
export function questionButton(
  state: IncidentState,
  { opens, strandNumber }: NextQuestion,
): { actionId: string; label: string; hint: Hint } {
  const { formId, label, layers, word } = opens;
  return {
    actionId: formId,
    label,
    hint: {
      incidentId: state.incident.id,
      strandNumber,
      ...(layers.length > 0 ? { layers } : {}),
      ...(word === undefined ? {} : { word }),
    },
  };
}

/** "Who can say: @x, stand-in @y.": the owner of the layer that the question asks about, or anybody. */
export function whoCanSay(state: IncidentState, { asks }: NextQuestion): Mrkdwn {
  const owner = asks === null ? undefined : ownerOf(state, asks);
  const isNamed = Boolean(owner?.takenBy ?? owner?.userId ?? owner?.groupId);
  if (!owner || !isNamed) return mrkdwn`Who can say: whoever knows.`;
  const standIn = standInOf(owner);
  return standIn === null
    ? mrkdwn`Who can say: ${ownerWords(owner)}.`
    : mrkdwn`Who can say: ${ownerWords(owner)}, stand-in ${mention(standIn)}.`;
}

/** Why this and not another question is next: the rule of `next-question.ts` in one sentence. */
export function whyNext({ kind, removes, open }: NextQuestion): string {
  const { minutes, why } = efforts[kind];
  if (kind === "split") return "It comes first, because nothing can be decided before it.";
  const effort = `${minutesWords(minutes)} (${why})`;
  const rule = "What can rule out most for the least work is asked first";
  return removes === 0
    ? `${rule}: nothing else takes less than this, ${effort}.`
    : `${rule}: this can rule out ${removes} of ${open} layers, in ${effort}.`;
}

function minutesWords(minutes: number): string {
  if (minutes < 0.5) return "a few seconds";
  if (minutes < 1) return "half a minute";
  return minutes === 1 ? "about a minute" : `about ${minutes} minutes`;
}
