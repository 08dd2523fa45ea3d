import { decideCloseIncident } from "#src/domain/close-incident.ts";
import type { CloseInput } from "#src/domain/inputs.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Ends the response, unless something still stands in the way; a refusal is recorded (B5, R14). */
export const closeIncident: UseCase<CloseInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideCloseIncident(state, input, by), {
    attempted: "close-incident",
  });
