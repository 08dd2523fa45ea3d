import { type MessageRef, messageKey } from "#src/domain/effect.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { Database, Trx } from "./open.ts";

/** Where one message of ours stands in Slack. */
export interface PostedMessage {
  channelId: string;
  ts: string;
}

/** Where this message stands; undefined where it was not posted yet. */
export async function findMessage(
  db: Database | Trx,
  incidentId: IncidentId,
  ref: MessageRef,
): Promise<PostedMessage | undefined> {
  return db
    .selectFrom("message")
    .select(["channelId", "ts"])
    .where("incidentId", "=", incidentId)
    .where("key", "=", messageKey(ref))
    .executeTakeFirst();
}

/** Remembers where a message stands; one that was posted anew replaces the old place. */
export async function saveMessage(
  db: Database | Trx,
  incidentId: IncidentId,
  ref: MessageRef,
  posted: PostedMessage,
): Promise<void> {
  const { channelId, ts } = posted;
  await db
    .insertInto("message")
    .values({ incidentId, key: messageKey(ref), channelId, ts })
    .onConflict((conflict) =>
      conflict.columns(["incidentId", "key"]).doUpdateSet({ channelId, ts }),
    )
    .execute();
}
