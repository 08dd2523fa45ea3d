import { dropOldExhibits } from "#src/db/exhibits.ts";
import type { Database } from "#src/db/open.ts";
import {
  dropDeclaredChanges,
  dropDeliveries,
  dropEmpty,
  dropGoldenRuns,
  dropIntervals,
  dropRetentionRuns,
  dropSourceMarks,
  listOldServices,
  saveRetentionRun,
} from "#src/db/retention.ts";

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Drops what is older than the retention, in small transactions: intervals that were last seen before then,
 * declared changes, marks of complete records and golden runs of before then (and each only where it was also recorded before then: history
 * that is sent in today is kept), texts in exhibits of incidents closed before then, and pins and services
 * of which nothing is left. Returns how many of each, and writes it down. Two processes at once drop the
 * same things once; one that is stopped in the middle goes on the next time.
 */
export async function dropOld(
  db: Database,
  { before, ranAt }: { before: Date; ranAt: Date },
): Promise<Record<string, number>> {
  const dropped = {
    ...(await dropOfServices(db, before)),
    declaredChanges: await dropDeclaredChanges(db, before),
    sourceMarks: await dropSourceMarks(db, before),
    goldenRuns: await dropGoldenRuns(db, before),
    exhibits: await db.transaction().execute((trx) => dropOldExhibits(trx, before)),
  };
  await dropDeliveries(db, new Date(ranAt.getTime() - dayMs));
  await dropRetentionRuns(db, before);
  await saveRetentionRun(db, { ranAt, beforeAt: before, dropped });
  return dropped;
}

async function dropOfServices(
  db: Database,
  before: Date,
): Promise<{ pinIntervals: number; pins: number; services: number }> {
  const dropped = { pinIntervals: 0, pins: 0, services: 0 };
  for (const service of await listOldServices(db, before)) {
    let count: number;
    do {
      count = await db.transaction().execute((trx) => dropIntervals(trx, service, before));
      dropped.pinIntervals += count;
    } while (count > 0);
    const empty = await db.transaction().execute((trx) => dropEmpty(trx, service, before));
    dropped.pins += empty.pins;
    dropped.services += empty.services;
  }
  return dropped;
}
