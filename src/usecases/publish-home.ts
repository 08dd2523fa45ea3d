import { writeEffects } from "#src/db/effects.ts";
import type { Context } from "./context.ts";
import { inTransaction } from "./decide.ts";

/** Somebody looks at the bot's Home, or has just pressed something there: it shows what is true now. */
export async function publishHome(ctx: Context): Promise<void> {
  await inTransaction(ctx, (trx) =>
    writeEffects(trx, [{ name: "publish-home", incidentId: null, userId: ctx.actor.userId }]),
  );
}
