import { decideCompleteLever, type CompleteLeverInput } from "#src/domain/complete-lever.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Adds to a lever what was left out: what has to move, what was saved first (B5, B6). */
export const completeLever: UseCase<CompleteLeverInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideCompleteLever(state, input, by), {
    attempted: "complete-lever",
  });
