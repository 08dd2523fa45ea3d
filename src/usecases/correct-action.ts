import type { OwnerBasis } from "#src/domain/action-checks.ts";
import {
  type CorrectActionInput,
  decideCorrectAction,
  ownerAfter,
} from "#src/domain/correct-action.ts";
import { decide } from "./decide.ts";
import { keepLogin, readOwner } from "./owner-basis.ts";
import type { UseCase } from "./use-case.ts";

/** Puts an action right that is not filed yet: owner, day, criterion, what enforces and verifies it. */
export const correctAction: UseCase<CorrectActionInput> = (ctx, input) =>
  decide<OwnerBasis>(
    ctx,
    input.incidentId,
    (state, by, basis) => decideCorrectAction(state, input, by, basis),
    {
      attempted: "correct-action",
      read: (trx, state) =>
        readOwner(ctx, trx, state.incident, { ...input, owner: ownerAfter(state, input) }),
      keep: async (trx, { actions }) => {
        const before = actions.find(({ number }) => number === input.number);
        // the form came filled in: what was left as it stood is nobody's word
        if (before?.ownerLogin !== input.ownerLogin) await keepLogin(ctx, trx, input);
      },
    },
  );
