import { writeEffects } from "#src/db/effects.ts";
import type { Trx } from "#src/db/open.ts";
import { findPeople } from "#src/db/people.ts";
import type { Person, UserId } from "#src/domain/person.ts";
import type { Context } from "./context.ts";

/**
 * The people whom a form names, as far as we know them, by id. Slack is asked about the others, whether
 * or not the form is taken: whoever is named a second time is known.
 */
export async function readNamed(
  ctx: Pick<Context, "actor">,
  trx: Trx,
  named: readonly (UserId | null)[],
): Promise<Map<UserId, Person>> {
  const userIds = [...new Set(named.filter((userId) => userId !== null))];
  const people = await findPeople(trx, ctx.actor.teamId, userIds);
  const strangers = userIds.filter((userId) => !people.has(userId));
  await writeEffects(
    trx,
    strangers.map((userId) => ({ name: "look-up-person", incidentId: null, userId })),
  );
  return people;
}
