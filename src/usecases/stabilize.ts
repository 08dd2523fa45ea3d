import { findPeople } from "#src/db/people.ts";
import { decideStabilize } from "#src/domain/stabilize.ts";
import type { StabilizeInput } from "#src/domain/inputs.ts";
import type { Person } from "#src/domain/person.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Records a stabilization lever as claimed, with who authorized it and what is given up (B6). */
export const stabilize: UseCase<StabilizeInput> = (ctx, input) =>
  decide<Person | undefined>(
    ctx,
    input.incidentId,
    (state, by, authorizer) => decideStabilize(state, input, by, { authorizer }),
    {
      attempted: "stabilize",
      read: async (trx) => {
        const people = await findPeople(trx, ctx.actor.teamId, [input.authorizer]);
        return people.get(input.authorizer);
      },
    },
  );
