import { findPeople } from "#src/db/people.ts";
import { decideSetRole, type People, type SetRoleInput } from "#src/domain/set-role.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Claims a role or hands it over, at once. */
export const setRole: UseCase<SetRoleInput> = (ctx, input) =>
  decide<People>(
    ctx,
    input.incidentId,
    (state, by, people) => decideSetRole(state, input, by, people),
    {
      attempted: "set-role",
      read: (trx) =>
        findPeople(
          trx,
          ctx.actor.teamId,
          [input.person, input.standIn].filter((userId) => userId !== null),
        ),
    },
  );
