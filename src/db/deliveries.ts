import type { TeamId } from "#src/domain/person.ts";
import type { Trx } from "./open.ts";

/**
 * Remembers that a delivery of another system was taken (`github:<delivery id>`), beside people's
 * requests. False where it was taken before; one that is being taken is waited for.
 */
export async function saveDelivery(trx: Trx, teamId: TeamId, key: string): Promise<boolean> {
  const inserted = await trx
    .insertInto("request")
    // whoever sent it is no person of Slack's
    .values({ key, teamId, userId: key.split(":")[0] ?? "", incidentId: null, outcome: null })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .returning("key")
    .executeTakeFirst();
  return inserted !== undefined;
}
