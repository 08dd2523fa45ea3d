import { decideRemoveDrill, type RemoveDrillInput } from "#src/domain/remove-drill.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Takes a drill away; its rows stay, and nobody sees it any more. */
export const removeDrill: UseCase<RemoveDrillInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideRemoveDrill(state, input, by), {
    attempted: "remove-drill",
  });
