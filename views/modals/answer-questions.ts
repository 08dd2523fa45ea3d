import type { AnswerQuestionsInput } from "#src/domain/answer-questions.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import { currentAnswer } from "#src/domain/layer-state.ts";
import { printOfText } from "#src/domain/meanwhile.ts";
import { AppError } from "#src/lib/errors.ts";
import { err, ok } from "#src/lib/result.ts";
import { context, mention, mrkdwn, oneLine } from "#views/block-kit.ts";
import { modalView, textInput } from "#views/inputs.ts";
import type { FieldErrors, Modal } from "#views/modal.ts";
import { textOf } from "#views/values.ts";
import { answerWords, incidentLine } from "#views/words.ts";
import { fieldLimits, fieldsOf, hintOf, optionalText, readFields } from "./fields.ts";
import { drawnAnew, meanwhileBlocks, type Overtaken } from "./meanwhile-blocks.ts";

export interface AnswerQuestionsProps {
  state: IncidentState;
  layer: LayerId;
  /** The strand from which it was opened; the first one, unless another was pressed. */
  strandNumber?: number | undefined;
  /** Set where somebody else has answered since the form was drawn. */
  overtaken?: Overtaken;
}

/** B2, the second step of an owner's answer: the layer's questions, as many as somebody can answer. */
export const answerQuestionsModal: Modal<AnswerQuestionsProps, AnswerQuestionsInput> = {
  callbackId: "answer-questions",

  render({ state, layer, strandNumber = state.strands[0]?.number ?? 1, overtaken }) {
    const { label, questions } = layers[layer];
    const answer = currentAnswer(state, strandNumber, layer);
    const recorded = questions.map((_, index) => answer?.questionAnswers[String(index + 1)]);
    const seenSequence = state.lastSequence;
    const view = modalView("answer-questions", {
      title: "The layer's questions",
      submit: "Save",
      hint: {
        incidentId: state.incident.id,
        strandNumber,
        layers: [layer],
        seenSequence,
        word: recorded.map(printOfText).join("."),
      },
      blocks: [
        ...meanwhileBlocks(overtaken?.changes),
        context(incidentLine(state.incident)),
        context(
          answer
            ? mrkdwn`${label}: ${answerWords(answer)}, says ${mention(answer.author)}.`
            : mrkdwn`${label}: nobody has given a short answer yet.`,
          "Answer what you can; leave the others blank. “Cannot tell” is an answer too.",
        ),
        ...questions.flatMap((question, index) => {
          const typed = typedBefore(index, overtaken);
          const stands = recorded[index];
          return [
            ...(typed && stands !== undefined
              ? [context(`Recorded now: “${oneLine(stands, 500)}”`)]
              : []),
            textInput(`question:${index + 1}`, question, {
              isOptional: true,
              isMultiline: true,
              initial: typed ? typed.text : (stands ?? null),
            }),
          ];
        }),
      ],
    });
    return overtaken ? drawnAnew(view, seenSequence) : view;
  },

  parse(values, metadata) {
    const hint = hintOf(metadata);
    const { incidentId, strandNumber, layers: [layer] = [], seenSequence } = hint;
    if (strandNumber === undefined || layer === undefined) {
      throw new AppError("bad_hint", "An answer-questions form names no strand or no layer.");
    }
    const questionAnswers: Record<string, string> = {};
    const errors: FieldErrors = {};
    for (const index of layers[layer].questions.keys()) {
      const field = readFields(formFields, values, `:${index + 1}`);
      if (!field.ok) Object.assign(errors, field.error);
      else if (field.value.question !== null) {
        questionAnswers[String(index + 1)] = field.value.question;
      }
    }
    if (Object.keys(errors).length > 0) return err(errors);
    const prints = hint.word?.split(".") ?? [];
    return ok({
      incidentId,
      strandNumber,
      layer,
      questionAnswers,
      seen: Object.fromEntries(prints.map((one, index) => [String(index + 1), one])),
      ...(seenSequence === undefined ? {} : { seenSequence }),
    });
  },
};

/** What somebody had typed under a question before the form was overtaken; undefined where nobody touched it. */
function typedBefore(
  index: number,
  overtaken: Overtaken | undefined,
): { text: string | null } | undefined {
  if (!overtaken) return undefined;
  const text = textOf(overtaken.values, `question:${index + 1}`)?.trim() || null;
  const seen = hintOf(overtaken.metadata).word?.split(".")[index];
  return seen === printOfText(text ?? undefined) ? undefined : { text };
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({ question: optionalText(fieldLimits.sentence) });
