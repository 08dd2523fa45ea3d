import { decideAnswerQuestions, type AnswerQuestionsInput } from "#src/domain/answer-questions.ts";
import { decide } from "./decide.ts";
import { laterThan } from "./later-entries.ts";
import type { UseCase } from "./use-case.ts";

/** Answers single questions of a layer, after its short answer (B2). */
export const answerQuestions: UseCase<AnswerQuestionsInput> = (ctx, input) =>
  decide(
    ctx,
    input.incidentId,
    (state, by, later) => decideAnswerQuestions(state, input, by, later),
    {
      attempted: "answer-questions",
      read: laterThan(input.seenSequence),
    },
  );
