import type { Database } from "#src/db/open.ts";
import type { Log } from "#src/lib/log.ts";
import { dropOld } from "#src/usecases/drop-old.ts";
import { every } from "./every.ts";

const everyMs = 6 * 60 * 60 * 1_000;
const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Drops what is older than so many days, at once and every six hours, and says how much it was. By real
 * time: what is dropped came from other machines, by their clocks.
 */
export function startRetention(
  db: Database,
  retentionDays: number,
  log: Log,
): { stop(): Promise<void> } {
  const drop = async (): Promise<void> => {
    const ranAt = new Date();
    const before = new Date(ranAt.getTime() - retentionDays * dayMs);
    const dropped = await dropOld(db, { before, ranAt });
    log.info({ retentionDays, ...dropped }, "dropped what is older than the retention");
  };
  const dropping = every(everyMs, drop, (error) =>
    log.warn({ err: error }, "what is older than the retention stays"),
  );
  void dropping.now();
  return dropping;
}
