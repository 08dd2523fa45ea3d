import { decideNoLeverNeeded, type NoLeverNeededInput } from "#src/domain/no-lever-needed.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Records that no lever is needed, and why (B5). */
export const noLeverNeeded: UseCase<NoLeverNeededInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideNoLeverNeeded(state, input, by), {
    attempted: "no-lever-needed",
  });
