import { decideStabilize } from "#src/domain/stabilize.ts";
import type { StabilizeInput } from "#src/domain/inputs.ts";
import type { AuthorizerBasis } from "#src/domain/lever-authority.ts";
import { decide } from "./decide.ts";
import { readNamed } from "./named-people.ts";
import type { UseCase } from "./use-case.ts";

/** Records a stabilization lever as claimed, with who authorized it and what is given up (B6). */
export const stabilize: UseCase<StabilizeInput> = (ctx, input) =>
  decide<AuthorizerBasis>(
    ctx,
    input.incidentId,
    (state, by, basis) => decideStabilize(state, input, by, basis),
    {
      attempted: "stabilize",
      read: async (trx) => {
        const { authorizer, secondAuthorizer: second } = input;
        const people = await readNamed(ctx, trx, [authorizer, second]);
        return {
          authorizer: people.get(authorizer),
          second: second === null ? undefined : people.get(second),
        };
      },
    },
  );
