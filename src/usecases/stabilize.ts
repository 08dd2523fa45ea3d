import { decideStabilize } from "#src/domain/stabilize.ts";
import type { StabilizeInput } from "#src/domain/inputs.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Records a stabilization lever as claimed, with who authorized it and what is given up (B6). */
export const stabilize: UseCase<StabilizeInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideStabilize(state, input, by), {
    attempted: "stabilize",
  });
