import { decideDissent, type DissentInput } from "#src/domain/dissent.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Records that somebody disagrees with a verdict (R10). */
export const recordDissent: UseCase<DissentInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideDissent(state, input, by), {
    attempted: "dissent",
  });
