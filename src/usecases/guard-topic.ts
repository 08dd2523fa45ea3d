import { writeEffects } from "#src/db/effects.ts";
import { findIncidentByChannel } from "#src/db/incidents.ts";
import { setTopic } from "#src/domain/channel-effects.ts";
import type { Context } from "./context.ts";
import { inTransaction } from "./decide.ts";

/**
 * Somebody has changed a channel's topic. In an incident's channel it is put right: the topic says what
 * is true to people who only glance at it. What we set ourselves is noticed by the handler, which reads
 * the topic before it writes it, so no change of ours leads to another.
 */
export async function guardTopic(ctx: Context, channelId: string): Promise<void> {
  await inTransaction(ctx, async (trx) => {
    const incident = await findIncidentByChannel(trx, ctx.actor.teamId, channelId);
    if (!incident || incident.hiddenAt !== null) return;
    await writeEffects(trx, [setTopic(incident.id)]);
  });
}
