import type { IncidentId } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Database, Trx } from "./open.ts";

/** Remembers that somebody is in an incident's channel; twice is once. */
export async function addChannelMember(
  db: Database | Trx,
  incidentId: IncidentId,
  userId: UserId,
): Promise<void> {
  await db
    .insertInto("channelMember")
    .values({ incidentId, userId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Forgets that somebody is in an incident's channel. */
export async function removeChannelMember(
  db: Database | Trx,
  incidentId: IncidentId,
  userId: UserId,
): Promise<void> {
  await db
    .deleteFrom("channelMember")
    .where("incidentId", "=", incidentId)
    .where("userId", "=", userId)
    .execute();
}

/** Who is in the channel, as Slack listed it: the whole list replaces what we remembered. */
export async function replaceChannelMembers(
  trx: Trx,
  incidentId: IncidentId,
  userIds: UserId[],
): Promise<void> {
  await trx.deleteFrom("channelMember").where("incidentId", "=", incidentId).execute();
  if (userIds.length === 0) return;
  await trx
    .insertInto("channelMember")
    .values(userIds.map((userId) => ({ incidentId, userId })))
    // somebody whose joining was told of at this moment is remembered already
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
