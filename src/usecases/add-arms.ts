import { decideAddArms } from "#src/domain/add-arms.ts";
import type { AddArmsInput } from "#src/domain/inputs.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Adds arms to a replay that is recorded, by anyone who takes part. Its message follows in place (B3.1). */
export const addArms: UseCase<AddArmsInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideAddArms(state, input, by), {
    attempted: "add-arms",
  });
