import { decideAddFactor, type AddFactorInput } from "#src/domain/add-factor.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Records a contributing factor (B8), or corrects it. */
export const addFactor: UseCase<AddFactorInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideAddFactor(state, input, by), {
    attempted: "add-factor",
  });
