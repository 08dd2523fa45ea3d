import { decideReadFile, type ReadFileInput } from "#src/domain/read-file.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Has a file with counts read, by anyone who takes part; what it says is recorded in their name. */
export const readFile: UseCase<ReadFileInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideReadFile(state, input, by), {
    attempted: "read-file",
  });
