import { addChannelMember, removeChannelMember } from "#src/db/channel-members.ts";
import { writeEffects } from "#src/db/effects.ts";
import { findIncidentByChannel } from "#src/db/incidents.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Context } from "./context.ts";
import { inTransaction } from "./decide.ts";

/**
 * Slack says that somebody joined or left a channel. Only incident channels are remembered. It counts
 * at once, and Slack is asked who is there: events may come twice, late, or in another order.
 */
export async function noteMembership(
  ctx: Context,
  event: { channelId: string; userId: UserId; hasJoined: boolean },
): Promise<void> {
  await inTransaction(ctx, async (trx) => {
    const incident = await findIncidentByChannel(trx, ctx.actor.teamId, event.channelId);
    if (!incident) return;
    if (event.hasJoined) {
      await addChannelMember(trx, incident.id, event.userId);
      await writeEffects(trx, [{ name: "look-up-person", incidentId: null, userId: event.userId }]);
    } else {
      await removeChannelMember(trx, incident.id, event.userId);
    }
    await writeEffects(trx, [{ name: "sync-members", incidentId: incident.id }]);
  });
}

/** Slack says that somebody joined the workspace. */
export async function notePerson(ctx: Context, userId: UserId): Promise<void> {
  await inTransaction(ctx, (trx) =>
    writeEffects(trx, [{ name: "look-up-person", incidentId: null, userId }]),
  );
}
