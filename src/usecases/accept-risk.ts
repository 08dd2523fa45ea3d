import { findPeople } from "#src/db/people.ts";
import { type AcceptRiskInput, decideAcceptRisk } from "#src/domain/accept-risk.ts";
import type { Capacity } from "#src/domain/vocabulary.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Signs an accepted risk in the name of who sends the form, in a capacity of theirs (Q4). */
export const acceptRisk: UseCase<AcceptRiskInput> = (ctx, input) =>
  decide<readonly Capacity[]>(
    ctx,
    input.incidentId,
    (state, by, known) => decideAcceptRisk(state, input, by, known),
    {
      attempted: "accept-risk",
      read: async (trx) => {
        const { teamId, userId } = ctx.actor;
        const people = await findPeople(trx, teamId, [userId]);
        return people.get(userId)?.capacities ?? [];
      },
    },
  );
