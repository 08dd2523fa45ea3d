import { type CancelInput, decideCancelIncident } from "#src/domain/cancel-incident.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Ends an incident that was declared by mistake; its rows stay. */
export const cancelIncident: UseCase<CancelInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideCancelIncident(state, input, by), {
    attempted: "cancel-incident",
  });
