import { decideAddGolden, type AddGoldenInput } from "#src/domain/add-golden.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Records a regression test of the failure, or corrects it; one of no recorded reproduction is flagged (Q6). */
export const addGolden: UseCase<AddGoldenInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideAddGolden(state, input, by), {
    attempted: "add-golden",
  });
