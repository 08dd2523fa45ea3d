import { decideAnswerRows } from "#src/domain/answer-rows.ts";
import type { AnswerRowsInput } from "#src/domain/inputs.ts";
import { decide } from "./decide.ts";
import { laterThan } from "./later-entries.ts";
import type { UseCase } from "./use-case.ts";

/** Answers opposing questions of the layer that is about to be claimed (B3.2, R9). */
export const answerRows: UseCase<AnswerRowsInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by, later) => decideAnswerRows(state, input, by, later), {
    attempted: "answer-rows",
    read: laterThan(input.seenSequence),
  });
