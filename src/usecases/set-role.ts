import { decideSetRole, type People, type SetRoleInput } from "#src/domain/set-role.ts";
import { decide } from "./decide.ts";
import { readNamed } from "./named-people.ts";
import type { UseCase } from "./use-case.ts";

/** Claims a role or hands it over, at once. */
export const setRole: UseCase<SetRoleInput> = (ctx, input) =>
  decide<People>(
    ctx,
    input.incidentId,
    (state, by, people) => decideSetRole(state, input, by, people),
    {
      attempted: "set-role",
      read: (trx) => readNamed(ctx, trx, [input.person, input.standIn ?? null]),
    },
  );
