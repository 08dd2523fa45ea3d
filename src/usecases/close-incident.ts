import { decideCloseIncident } from "#src/domain/close-incident.ts";
import type { CloseInput } from "#src/domain/inputs.ts";
import type { Person } from "#src/domain/person.ts";
import { decide } from "./decide.ts";
import { readNamed } from "./named-people.ts";
import type { UseCase } from "./use-case.ts";

/** Ends the response, unless something still stands in the way; a refusal is recorded (B5, R14). */
export const closeIncident: UseCase<CloseInput> = (ctx, input) =>
  decide<Person | undefined>(
    ctx,
    input.incidentId,
    (state, by, approver) => decideCloseIncident(state, input, by, { approver }),
    {
      attempted: "close-incident",
      read: async (trx) => {
        const { approver } = input;
        return approver === null
          ? undefined
          : (await readNamed(ctx, trx, [approver])).get(approver);
      },
    },
  );
