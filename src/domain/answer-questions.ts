import { err, ok, type Result } from "#src/lib/result.ts";
import { updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import type { Answer } from "./evidence.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId, IncidentState } from "./incident.ts";
import { type LayerId, layers } from "./layers/index.ts";
import { currentAnswer } from "./layer-state.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { changesByOthers, type LaterEntry, overtaken, printOfText } from "./meanwhile.ts";
import { nextRevision } from "./next-number.ts";
import { nothingNew } from "./nothing-new.ts";
import type { Rejection } from "./rejection.ts";

export interface AnswerQuestionsInput {
  incidentId: IncidentId;
  layer: LayerId;
  /** The strand from which the form was opened; its answer is the one that is filled in further. */
  strandNumber: number;
  /** By the question's place in the layer, from 1; what was left blank is not in it. */
  questionAnswers: Readonly<Record<string, string>>;
  /** What the form showed of each question when it was drawn (`printOfText`), by its place. */
  seen?: Readonly<Record<string, string>>;
  /** The newest timeline entry when the form was drawn. */
  seenSequence?: number;
}

/**
 * B2, the second step of an owner's answer: single questions of the layer, as the next revision of the
 * short answer. That one keeps its author and its time, since it says what it said; who answered the
 * questions stands in the timeline. `later`: what was recorded since the form was drawn.
 */
export function decideAnswerQuestions(
  state: IncidentState,
  input: AnswerQuestionsInput,
  by: By,
  later: readonly LaterEntry[] = [],
): Result<Decision, Rejection> {
  const { incident } = state;
  const { layer } = input;
  const { label, questions } = layers[layer];
  const rejection =
    refuseIfOver(incident) ??
    refuseWording(
      Object.fromEntries(
        Object.entries(input.questionAnswers).map(([place, text]) => [`question:${place}`, text]),
      ),
    );
  if (rejection) return err(rejection);
  const standing = currentAnswer(state, input.strandNumber, layer);
  if (!standing) {
    const message = `Nobody has answered for ${label} yet. Answer in short first; its questions are the second step.`;
    return err({ code: "stale", message });
  }
  const { questionAnswers, overwritten } = merged(standing.questionAnswers, input);
  const meanwhile = overwritten
    ? changesByOthers(
        later,
        by.userId,
        ({ kind, data }) => kind === "answer_recorded" && data["layer"] === layer,
        () => `answered questions of ${label}`,
      )
    : [];
  if (meanwhile.length > 0) return err(overtaken(meanwhile));
  if (isSame(standing.questionAnswers, questionAnswers)) return ok(nothingNew(state));

  const ofLayer = state.answers.filter((one) => one.layer === layer);
  const revised: Answer = { ...standing, questionAnswers, revision: nextRevision(ofLayer) };
  // an answer for all strands replaces those that were given for some: these are kept beside it
  const beside = standing.strandNumbers === null ? ofLayer.filter((one) => one !== standing) : [];
  const kept = beside.map((one, index) => ({ ...one, revision: revised.revision + index + 1 }));
  const { change, sentence, author, revision, strandNumbers: strands } = revised;
  const count = Object.keys(questionAnswers).length;
  return ok({
    changes: { answers: [revised, ...kept] },
    timeline: [
      {
        lane: "diagnosis",
        kind: "answer_recorded",
        happenedAt: by.now,
        actor: by.userId,
        data: { layer, change, sentence, author, revision, strands, questions: count },
      },
    ],
    effects: [updatePanel(incident.id)],
    outcome: {
      sentence: `Recorded ${count} of ${questions.length} questions of ${label}.`,
      incidentId: incident.id,
    },
  });
}

/**
 * What nobody touched in the form stays as it is recorded now. `overwritten`: a text that was typed
 * would replace another one that was recorded since the form was drawn.
 */
function merged(
  standing: Readonly<Record<string, string>>,
  { layer, questionAnswers, seen = {} }: AnswerQuestionsInput,
): { questionAnswers: Record<string, string>; overwritten: boolean } {
  const result: Record<string, string> = {};
  let overwritten = false;
  for (const index of layers[layer].questions.keys()) {
    const place = String(index + 1);
    const isUntouched = seen[place] === printOfText(questionAnswers[place]);
    const text = isUntouched ? standing[place] : questionAnswers[place];
    if (text !== undefined) result[place] = text;
    const hasChanged = place in seen && seen[place] !== printOfText(standing[place]);
    overwritten ||= !isUntouched && hasChanged && text !== standing[place];
  }
  return { questionAnswers: result, overwritten };
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const inOrder = (answers: Readonly<Record<string, string>>) =>
    JSON.stringify(Object.entries(answers).toSorted(([x], [y]) => Number(x) - Number(y)));
  return inOrder(a) === inOrder(b);
}
