import { decideTakeAnswer, type TakeAnswerInput } from "#src/domain/owners/take-answer.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** "I'll answer": whoever presses first owns the answer of a group's layers, or of one that nobody is named for. */
export const takeAnswer: UseCase<TakeAnswerInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideTakeAnswer(state, input, by), {
    attempted: "take-answer",
  });
