import { findGoldenRun, saveGoldenRun } from "#src/db/golden-runs.ts";
import type { Database } from "#src/db/open.ts";
import type { GoldenRun, LedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import type { Intended } from "#src/domain/test-results/check-arm.ts";
import { goldenRunOf, type SentRun } from "#src/domain/test-results/golden-run.ts";
import { pinsOfRun, type RefusedPins } from "#src/domain/test-results/run-pins.ts";
import type { TestRun } from "#src/domain/test-results/test-run.ts";
import { ok, type Result } from "#src/lib/result.ts";
import { sha256 } from "#src/lib/sha256.ts";

export interface TestRunContext {
  db: Database;
  teamId: TeamId;
  settings: Pick<LedgerSettings, "pinKeys">;
  /** Real time: when it came in. */
  receivedAt: Date;
}

/**
 * Keeps a run of tests as a golden run with the versions that it was made on; `beside`: those that its
 * sender names. The same digest again is the same run: `isNew` is false, and the run that is kept is told. Refused where
 * it did not run with what its sender says.
 */
export async function recordTestRun(
  ctx: TestRunContext,
  run: TestRun,
  sent: Omit<SentRun, "pins"> & { beside: Intended },
): Promise<Result<{ goldenRun: GoldenRun; isNew: boolean }, RefusedPins>> {
  const { beside, ...about } = sent;
  const pins = pinsOfRun(run, beside, ctx.settings, sha256);
  if (!pins.ok) return pins;
  const goldenRun = goldenRunOf(run, { ...about, pins: pins.value });
  const isNew = await saveGoldenRun(ctx.db, ctx.teamId, goldenRun, ctx.receivedAt);
  // between both the retention may have dropped it
  const kept = isNew ? undefined : await findGoldenRun(ctx.db, ctx.teamId, about.digest);
  return ok({ goldenRun: kept ?? goldenRun, isNew });
}
