import { decideRaiseHypothesis, type RaiseHypothesisInput } from "#src/domain/raise-hypothesis.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Writes down what somebody believes broke first (B3). */
export const raiseHypothesis: UseCase<RaiseHypothesisInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideRaiseHypothesis(state, input, by), {
    attempted: "raise-hypothesis",
  });
