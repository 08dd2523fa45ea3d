import { decideAnswerSplit } from "#src/domain/answer-split.ts";
import type { AnswerSplitInput } from "#src/domain/inputs.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Somebody says whether reports or cohorts that differ are failures of their own. */
export const answerSplit: UseCase<AnswerSplitInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideAnswerSplit(state, input, by), {
    attempted: "answer-split",
  });
