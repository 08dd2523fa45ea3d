import { decideAddGap, type AddGapInput } from "#src/domain/add-gap.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Records what was missing to see the failure earlier (B9), or corrects it. */
export const addGap: UseCase<AddGapInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideAddGap(state, input, by), {
    attempted: "add-gap",
  });
