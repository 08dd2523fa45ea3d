import { decideReopenIncident, type ReopenIncidentInput } from "#src/domain/reopen-incident.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Opens a closed incident again, with a reason. */
export const reopenIncident: UseCase<ReopenIncidentInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideReopenIncident(state, input, by), {
    attempted: "reopen-incident",
  });
