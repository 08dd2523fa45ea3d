import { decideEndLever } from "#src/domain/end-lever.ts";
import type { EndLeverInput } from "#src/domain/inputs.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Takes a lever back, or keeps it for good, at once (B6). */
export const endLever: UseCase<EndLeverInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideEndLever(state, input, by), {
    attempted: "end-lever",
  });
