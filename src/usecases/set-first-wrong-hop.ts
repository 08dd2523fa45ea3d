import {
  decideSetFirstWrongHop,
  type SetFirstWrongHopInput,
} from "#src/domain/set-first-wrong-hop.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Somebody who takes part says at which hop a traced request first went wrong. */
export const setFirstWrongHop: UseCase<SetFirstWrongHopInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideSetFirstWrongHop(state, input, by), {
    attempted: "set-first-wrong-hop",
  });
