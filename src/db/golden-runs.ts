import type { GoldenRun } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import type { Database, Trx } from "./open.ts";

/** Keeps a run, unless one of the same digest is kept already. Returns whether it is new. `recordedAt`: real time. */
export async function saveGoldenRun(
  db: Database | Trx,
  teamId: TeamId,
  run: GoldenRun,
  recordedAt: Date,
): Promise<boolean> {
  const saved = await db
    .insertInto("goldenRun")
    .values({
      ...run,
      teamId,
      pins: JSON.stringify(run.pins),
      cases: JSON.stringify(run.cases),
      recordedAt,
    })
    .onConflict((conflict) => conflict.columns(["teamId", "digest"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return saved !== undefined;
}

/** The run that is kept under a digest; undefined where there is none. */
export async function findGoldenRun(
  db: Database | Trx,
  teamId: TeamId,
  digest: string,
): Promise<GoldenRun | undefined> {
  const kept = await db
    .selectFrom("goldenRun")
    .select(columns)
    .where("teamId", "=", teamId)
    .where("digest", "=", digest)
    .executeTakeFirst();
  return kept as GoldenRun | undefined;
}

/** The newest golden run of these services, and the newest in which every test had an answer and passed. */
export interface GoldenRuns {
  goldenRun: GoldenRun | null;
  baseline: GoldenRun | null;
}

/**
 * The golden runs that count for a service: `names` are those under which machines know it (`ledgerNamesOf`),
 * `before` looks at what had run by then, null where there is none.
 */
export async function findGoldenRuns(
  db: Database | Trx,
  { teamId, names, before }: { teamId: TeamId; names: readonly string[]; before?: Date },
): Promise<GoldenRuns> {
  const newest = db
    .selectFrom("goldenRun")
    .select(columns)
    .where("teamId", "=", teamId)
    .where("service", "in", names)
    .$if(before !== undefined, (query) => query.where("ranAt", "<=", before!))
    .orderBy("ranAt", "desc")
    .orderBy("id", "desc")
    .limit(1);
  const goldenRun = await newest.executeTakeFirst();
  const isBaseline =
    !goldenRun || (goldenRun.failed === 0 && goldenRun.errors === 0 && goldenRun.total > 0);
  const baseline = isBaseline
    ? goldenRun
    : await newest
        .where("failed", "=", 0)
        .where("errors", "=", 0)
        .where("total", ">", 0)
        .executeTakeFirst();
  return {
    goldenRun: (goldenRun ?? null) as GoldenRun | null,
    baseline: (baseline ?? null) as GoldenRun | null,
  };
}

const columns = [
  "service",
  "digest",
  "ranAt",
  "format",
  "total",
  "failed",
  "errors",
  "pins",
  "cases",
  "link",
] as const;
