import { decideEditDetails, type EditDetailsInput } from "#src/domain/edit-details.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Fills in or corrects what was said at the declaration, by anyone who takes part. */
export const editDetails: UseCase<EditDetailsInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideEditDetails(state, input, by), {
    attempted: "edit-details",
  });
