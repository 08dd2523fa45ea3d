import { decideDrawChanges, type DrawChangesInput } from "#src/domain/draw-changes.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Has the changes of an incident drawn into its channel. */
export const drawChanges: UseCase<DrawChangesInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideDrawChanges(state, input, by), {
    attempted: "draw-changes",
  });
