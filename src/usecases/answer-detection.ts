import { decideAnswerDetection, type AnswerDetectionInput } from "#src/domain/answer-detection.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Records answers to why detection did not catch it (B9). */
export const answerDetection: UseCase<AnswerDetectionInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideAnswerDetection(state, input, by), {
    attempted: "answer-detection",
  });
