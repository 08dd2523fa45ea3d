import type { AddArmsInput, AddEvidenceInput } from "#src/domain/inputs.ts";
import type { ReadFileInput } from "#src/domain/read-file.ts";
import { addArms } from "./add-arms.ts";
import { addEvidence } from "./add-evidence.ts";
import { readFile } from "./read-file.ts";
import type { UseCase } from "./use-case.ts";

/** What the evidence form comes to: an item, arms for a replay that stands, or either with counts in a file. */
export const recordEvidence: UseCase<AddEvidenceInput | AddArmsInput | ReadFileInput> = (
  ctx,
  input,
) => {
  if ("file" in input) return readFile(ctx, input);
  return "evidenceNumber" in input ? addArms(ctx, input) : addEvidence(ctx, input);
};
