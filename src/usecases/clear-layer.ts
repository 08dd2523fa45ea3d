import { type ClearLayerInput, decideClearLayer } from "#src/domain/clear-layer.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** "Rule out Model": one press, in the name of who pressed. */
export const clearLayer: UseCase<ClearLayerInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideClearLayer(state, input, by), {
    attempted: "clear-layer",
  });
