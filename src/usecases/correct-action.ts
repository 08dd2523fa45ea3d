import type { OwnerBasis } from "#src/domain/action-checks.ts";
import { type CorrectActionInput, decideCorrectAction } from "#src/domain/correct-action.ts";
import { decide } from "./decide.ts";
import { readOwner } from "./owner-basis.ts";
import type { UseCase } from "./use-case.ts";

/** Puts an action right that is not filed yet: owner, day, criterion, what enforces and verifies it. */
export const correctAction: UseCase<CorrectActionInput> = (ctx, input) =>
  decide<OwnerBasis>(
    ctx,
    input.incidentId,
    (state, by, basis) => decideCorrectAction(state, input, by, basis),
    {
      attempted: "correct-action",
      read: (trx, { incident }) => readOwner(ctx, trx, incident, input),
    },
  );
