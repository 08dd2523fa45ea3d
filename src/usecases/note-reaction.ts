import { writeEffects } from "#src/db/effects.ts";
import { findIncidentByChannel } from "#src/db/incidents.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Context } from "./context.ts";
import { inTransaction } from "./decide.ts";

/** The emoji that put a message into the timeline, by Slack's names for them. */
const pushpins = ["pushpin", "round_pushpin"];

/** Whether a reaction of this name puts a message into the timeline. */
export function isPushpin(name: string): boolean {
  return pushpins.includes(name);
}

/**
 * Slack says that somebody pinned a message with a pushpin, or took the pushpin back. In an incident's
 * channel the message is looked at afterwards, and what stands on it by then counts: events may come
 * twice, late, or in another order.
 */
export async function noteReaction(
  ctx: Context,
  event: { reaction: string; channelId: string; ts: string; userId: UserId; isKept: boolean },
): Promise<void> {
  const { reaction, channelId, ts, userId, isKept } = event;
  if (!isPushpin(reaction)) return;
  await inTransaction(ctx, async (trx) => {
    const incident = await findIncidentByChannel(trx, ctx.actor.teamId, channelId);
    if (!incident) return;
    await writeEffects(trx, [
      { name: "capture-message", incidentId: incident.id, channelId, ts, userId, isKept },
    ]);
  });
}
