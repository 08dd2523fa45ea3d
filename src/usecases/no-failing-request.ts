import { decideNoFailingRequest, type NoFailingRequestInput } from "#src/domain/failing-request.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Records that no failing request exists, as a detection gap (B5, B9). */
export const noFailingRequest: UseCase<NoFailingRequestInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideNoFailingRequest(state, input, by), {
    attempted: "no-failing-request",
  });
