import type { Trx } from "#src/db/open.ts";
import { findGithubLogin, saveGithubLogin } from "#src/db/people.ts";
import type { OwnerBasis } from "#src/domain/action-checks.ts";
import type { Incident } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Context } from "./context.ts";
import { readNamed } from "./named-people.ts";
import { findUsesOfGitHub } from "./uses-of-github.ts";

/** What the form of an action says of its owner. */
interface NamedOwner {
  owner: UserId;
  ownerLogin: string | null;
}

/** What is known of an action's owner. A login that was typed in counts for this action, whatever is remembered. */
export async function readOwner(
  ctx: Context,
  trx: Trx,
  incident: Incident,
  { owner: userId, ownerLogin }: NamedOwner,
): Promise<OwnerBasis> {
  const { isGitHubConfigured } = await findUsesOfGitHub(trx, ctx.settings, incident);
  const owner = (await readNamed(ctx, trx, [userId])).get(userId);
  const knownLogin = ownerLogin ?? (await findGithubLogin(trx, ctx.actor.teamId, userId)) ?? null;
  return { owner, knownLogin, isGitHubConfigured };
}

/**
 * Remembers the login that was typed into a form that was taken, so that it is asked once: where none
 * was known yet, or where it is the owner's own word. Nobody changes what is known of somebody else.
 */
export async function keepLogin(
  ctx: Context,
  trx: Trx,
  { owner, ownerLogin }: NamedOwner,
): Promise<void> {
  if (ownerLogin === null) return;
  const { teamId, userId } = ctx.actor;
  await saveGithubLogin(trx, teamId, owner, ownerLogin, { isOwnWord: owner === userId });
}
