import { addChannelMember, removeChannelMember } from "#src/db/channel-members.ts";
import { writeEffects } from "#src/db/effects.ts";
import { findIncidentByChannel, getIncidentState } from "#src/db/incidents.ts";
import { findPeople } from "#src/db/people.ts";
import { afterJoining } from "#src/domain/channel-effects.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Context } from "./context.ts";
import { inTransaction } from "./decide.ts";

/**
 * Slack says that somebody joined or left a channel. Only incident channels are remembered. It counts
 * at once, and Slack is asked who is there: events may come twice, late, or in another order. Whoever
 * comes without being named by the incident is told what it is about.
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
      await writeEffects(trx, [
        ...afterJoining(await getIncidentState(trx, incident.id), event.userId),
        { name: "look-up-person", incidentId: null, userId: event.userId },
      ]);
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

/**
 * Slack says that something about somebody has changed, which may be their picture alone. They are asked
 * about again only where what counts here has: whether they are a guest or deactivated.
 */
export async function noteChangedPerson(
  ctx: Context,
  told: { userId: UserId; isGuest: boolean; isDeactivated: boolean },
): Promise<void> {
  const { teamId } = ctx.actor;
  const known = (await findPeople(ctx.db, teamId, [told.userId])).get(told.userId);
  const isSame = known?.isGuest === told.isGuest && known.isDeactivated === told.isDeactivated;
  if (!isSame) await notePerson(ctx, told.userId);
}
