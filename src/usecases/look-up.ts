import { writeEffects } from "#src/db/effects.ts";
import type { Context } from "./context.ts";
import { inTransaction } from "./decide.ts";

/** Has Slack asked about the person who acts: whom we do not know may do nothing yet. */
export async function requestLookUp(ctx: Context): Promise<void> {
  await inTransaction(ctx, (trx) =>
    writeEffects(trx, [{ name: "look-up-person", incidentId: null, userId: ctx.actor.userId }]),
  );
}
