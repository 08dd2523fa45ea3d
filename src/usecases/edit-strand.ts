import { decideEditStrand, type EditStrandInput } from "#src/domain/edit-strands.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Names a strand anew, or corrects its symptom, window or slice. */
export const editStrand: UseCase<EditStrandInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideEditStrand(state, input, by), {
    attempted: "edit-strand",
  });
