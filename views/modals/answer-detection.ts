import { detectionAnswerTo, detectionQuestionIds } from "#src/domain/detection.ts";
import type { AnswerDetectionInput } from "#src/domain/answer-detection.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type DetectionQuestion, detectionQuestions } from "#src/domain/vocabulary.ts";
import { err, ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { modalView, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { fieldLimits, fieldsOf, hintOf, optionalText, readFields } from "./fields.ts";

export interface AnswerDetectionProps {
  state: IncidentState;
}

/** Why detection did not catch it (B9): one field for each question, what was answered stands in it. */
export const answerDetectionModal: Modal<AnswerDetectionProps, AnswerDetectionInput> = {
  callbackId: "answer-detection",

  render: ({ state }) =>
    modalView("answer-detection", {
      title: "About detection",
      submit: "Save",
      hint: { incidentId: state.incident.id },
      blocks: [
        context(incidentLine(state.incident)),
        context("Answer what you know, in a sentence each. The rest can wait."),
        ...detectionQuestionIds.map((question) =>
          textInput(question, detectionQuestions[question], {
            isOptional: true,
            isMultiline: true,
            initial: detectionAnswerTo(state, question)?.answer ?? null,
          }),
        ),
      ],
    }),

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const answers = detectionQuestionIds.flatMap((question) => {
      const answer = fields.value[question];
      return answer === null ? [] : [{ question, answer }];
    });
    if (answers.length === 0) return err({ [first]: "Answer one of the questions first." });
    return ok({ incidentId: hintOf(metadata).incidentId, answers });
  },
};

const first: DetectionQuestion = "user_signal_present_earlier";

// built once: a form is parsed while Slack waits
const formFields = fieldsOf(
  Object.fromEntries(
    detectionQuestionIds.map((question) => [question, optionalText(fieldLimits.sentence)]),
  ) as Record<DetectionQuestion, ReturnType<typeof optionalText>>,
);
