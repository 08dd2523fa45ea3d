import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import type { SetVerdictInput } from "#src/domain/inputs.ts";
import { decide } from "./decide.ts";
import { laterThan } from "./later-entries.ts";
import type { UseCase } from "./use-case.ts";

/** Sets what a person decided of a layer, unless a rule refuses; a refusal is recorded (R1, R9, R10). */
export const setVerdict: UseCase<SetVerdictInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by, later) => decideSetVerdict(state, input, by, later), {
    attempted: "set-verdict",
    read: laterThan(input.seenSequence),
  });
