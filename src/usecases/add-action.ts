import { decideAddAction } from "#src/domain/add-action.ts";
import type { OwnerBasis } from "#src/domain/action-checks.ts";
import type { AddActionInput } from "#src/domain/inputs.ts";
import { decide } from "./decide.ts";
import { keepLogin, readOwner } from "./owner-basis.ts";
import type { UseCase } from "./use-case.ts";

/**
 * Records a corrective action, unless it lacks an owner, a day or a criterion that somebody else can
 * test (B10 Q0 to Q2). The owner's GitHub login is asked once and remembered.
 */
export const addAction: UseCase<AddActionInput> = (ctx, input) =>
  decide<OwnerBasis>(
    ctx,
    input.incidentId,
    (state, by, basis) => decideAddAction(state, input, by, basis),
    {
      attempted: "add-action",
      read: (trx, { incident }) => readOwner(ctx, trx, incident, input),
      keep: (trx) => keepLogin(ctx, trx, input),
    },
  );
