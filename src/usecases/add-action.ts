import { findGithubLogin, findPeople, saveGithubLogin } from "#src/db/people.ts";
import { decideAddAction, type OwnerBasis } from "#src/domain/add-action.ts";
import type { AddActionInput } from "#src/domain/inputs.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/**
 * Records a corrective action, unless it lacks an owner, a day or a criterion that somebody else can
 * test (B10 Q0 to Q2). The owner's GitHub login is asked once and remembered.
 */
export const addAction: UseCase<AddActionInput> = (ctx, input) =>
  decide<Pick<OwnerBasis, "owner" | "knownLogin">>(
    ctx,
    input.incidentId,
    (state, by, known) =>
      decideAddAction(state, input, by, {
        ...known,
        isGitHubConfigured: ctx.settings.isGitHubConfigured,
      }),
    {
      attempted: "add-action",
      read: async (trx) => {
        const { teamId } = ctx.actor;
        const owner = (await findPeople(trx, teamId, [input.owner])).get(input.owner);
        if (input.ownerLogin !== null) {
          // kept even where the action itself is refused: it was typed once, it is not asked again
          await saveGithubLogin(trx, teamId, input.owner, input.ownerLogin, { isTypedIn: true });
          return { owner, knownLogin: input.ownerLogin };
        }
        const knownLogin = await findGithubLogin(trx, teamId, input.owner);
        return { owner, knownLogin: knownLogin ?? null };
      },
    },
  );
