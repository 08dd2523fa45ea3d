import {
  type CompleteLeverBasis,
  type CompleteLeverInput,
  decideCompleteLever,
} from "#src/domain/complete-lever.ts";
import { decide } from "./decide.ts";
import { readNamed } from "./named-people.ts";
import type { UseCase } from "./use-case.ts";

/** Adds to a lever what was left out: what has to move, what was saved first, who else authorized it (B5, B6). */
export const completeLever: UseCase<CompleteLeverInput> = (ctx, input) =>
  decide<CompleteLeverBasis>(
    ctx,
    input.incidentId,
    (state, by, basis) => decideCompleteLever(state, input, by, basis),
    {
      attempted: "complete-lever",
      read: async (trx) => {
        const { authorizer } = input;
        if (authorizer === null) return { authorizer: undefined };
        return { authorizer: (await readNamed(ctx, trx, [authorizer])).get(authorizer) };
      },
    },
  );
