import { decideSetPhase, type SetPhaseInput } from "#src/domain/set-phase.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Moves an incident to a phase (B5); a refusal is recorded. */
export const setPhase: UseCase<SetPhaseInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideSetPhase(state, input, by), {
    attempted: "set-phase",
  });
