import { decideAnswerLever } from "#src/domain/answer-lever.ts";
import type { AnswerLeverInput } from "#src/domain/inputs.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** The named authorizer, and nobody else, confirms or declines a lever (B6). */
export const answerLever: UseCase<AnswerLeverInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideAnswerLever(state, input, by), {
    attempted: "answer-lever",
  });
