import { decideAddEvidence } from "#src/domain/add-evidence.ts";
import type { AddEvidenceInput } from "#src/domain/inputs.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Records an item of evidence, by anyone who takes part, in the name of whoever says so. */
export const addEvidence: UseCase<AddEvidenceInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideAddEvidence(state, input, by), {
    attempted: "add-evidence",
  });
