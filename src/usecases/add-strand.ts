import { decideAddStrand, type StrandInput } from "#src/domain/edit-strands.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Adds a strand, by anyone who takes part (B3). */
export const addStrand: UseCase<StrandInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideAddStrand(state, input, by), {
    attempted: "add-strand",
  });
