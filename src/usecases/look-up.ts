import { writeEffects } from "#src/db/effects.ts";
import { findPeople } from "#src/db/people.ts";
import type { Context } from "./context.ts";
import { inTransaction } from "./decide.ts";

/** Has Slack asked about the person who acts: whom we do not know may do nothing yet. */
export async function requestLookUp(ctx: Context): Promise<void> {
  await inTransaction(ctx, (trx) =>
    writeEffects(trx, [{ name: "look-up-person", incidentId: null, userId: ctx.actor.userId }]),
  );
}

/** As `requestLookUp`, if we do not know them yet. */
export async function lookUpStranger(ctx: Context): Promise<void> {
  const { teamId, userId } = ctx.actor;
  const people = await findPeople(ctx.db, teamId, [userId]);
  if (!people.has(userId)) await requestLookUp(ctx);
}
