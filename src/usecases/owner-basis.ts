import type { Trx } from "#src/db/open.ts";
import { findGithubLogin, findPeople, saveGithubLogin } from "#src/db/people.ts";
import type { OwnerBasis } from "#src/domain/action-checks.ts";
import type { Incident } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Context } from "./context.ts";
import { findUsesOfGitHub } from "./uses-of-github.ts";

/** What is known of an action's owner. A login that was typed in is remembered, and asked of nobody again. */
export async function readOwner(
  ctx: Context,
  trx: Trx,
  incident: Incident,
  { owner: userId, ownerLogin }: { owner: UserId; ownerLogin: string | null },
): Promise<OwnerBasis> {
  const { teamId } = ctx.actor;
  const { isGitHubConfigured } = await findUsesOfGitHub(trx, ctx.settings, incident);
  const owner = (await findPeople(trx, teamId, [userId])).get(userId);
  if (ownerLogin !== null) {
    // kept even where the action itself is refused: it was typed once, it is not asked again
    await saveGithubLogin(trx, teamId, userId, ownerLogin, { isTypedIn: true });
    return { owner, knownLogin: ownerLogin, isGitHubConfigured };
  }
  const knownLogin = (await findGithubLogin(trx, teamId, userId)) ?? null;
  return { owner, knownLogin, isGitHubConfigured };
}
