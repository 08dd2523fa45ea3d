import { decideSetSeverity, type SetSeverityInput } from "#src/domain/set-severity.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Sets the severity, with a reason (B4); a refusal to lower it is recorded. */
export const setSeverity: UseCase<SetSeverityInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideSetSeverity(state, input, by), {
    attempted: "set-severity",
  });
