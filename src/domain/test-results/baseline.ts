import { baselineDaysAtMost, type GoldenRun } from "#src/domain/ledger/ledger.ts";

const day = 86_400_000;

/**
 * What is missing of a baseline, in one sentence; undefined where it is good: `run`, the newest golden run
 * in which nothing failed, is at most 7 days old at `now` (4.17). Null: there is none.
 */
export function baselineGap(run: Pick<GoldenRun, "ranAt"> | null, now: Date): string | undefined {
  if (!run) {
    return "There is no golden run in which everything passed, so nothing shows when it last worked. Send one from CI.";
  }
  const days = Math.floor((now.getTime() - run.ranAt.getTime()) / day);
  return now.getTime() - run.ranAt.getTime() > baselineDaysAtMost * day
    ? `The newest golden run in which everything passed is ${days} days old; after ${baselineDaysAtMost} days a baseline says little. Run the suite again and send it.`
    : undefined;
}
