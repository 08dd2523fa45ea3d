import type { PinInterval } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import type { Database } from "./open.ts";

/** Where and when a value of a pin began; undefined where it is kept no longer. */
export async function findChangedPin(
  db: Database,
  teamId: TeamId,
  intervalId: number,
): Promise<Pick<PinInterval, "service" | "pin" | "firstSeenAt"> | undefined> {
  return db
    .selectFrom("pinInterval")
    .innerJoin("pin", "pin.id", "pinInterval.pinId")
    .select(["pin.service", "pin.pin", "pinInterval.firstSeenAt"])
    .where("pinInterval.id", "=", intervalId)
    .where("pin.teamId", "=", teamId)
    .executeTakeFirst();
}
