import { hypothesisOfClaim } from "#src/domain/hypotheses.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import type { SetVerdictInput } from "#src/domain/inputs.ts";
import type { LaterEntry } from "#src/domain/meanwhile.ts";
import type { Person } from "#src/domain/person.ts";
import { decide } from "./decide.ts";
import { laterThan } from "./later-entries.ts";
import { readNamed } from "./named-people.ts";
import type { UseCase } from "./use-case.ts";

/**
 * Sets what a person decided of a layer, unless a rule refuses; a refusal is recorded (R1, R9, R10). That
 * they believed it is kept either way.
 */
export const setVerdict: UseCase<SetVerdictInput> = (ctx, input) =>
  decide<{ later: LaterEntry[]; approver: Person | undefined }>(
    ctx,
    input.incidentId,
    (state, by, { later, approver }) => decideSetVerdict(state, input, by, later, approver),
    {
      attempted: "set-verdict",
      keepRefused: (state, by) => hypothesisOfClaim(state, input, by),
      read: async (trx, state) => {
        const later = await laterThan(input.seenSequence)(trx, state);
        const { approver } = input;
        if (approver === null) return { later, approver: undefined };
        return { later, approver: (await readNamed(ctx, trx, [approver])).get(approver) };
      },
    },
  );
