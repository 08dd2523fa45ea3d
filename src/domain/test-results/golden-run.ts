import type { GoldenRun } from "#src/domain/ledger/ledger.ts";
import type { RunPin } from "./run-pins.ts";
import { countRows, type TestRun } from "./test-run.ts";

/** More cases than this are counted in the totals alone. */
const casesAtMost = 2_000;

/** Whose run it is, and what does not stand in its file. */
export interface SentRun {
  service: string;
  digest: string;
  ranAt: Date;
  link: string | null;
  pins: RunPin[];
}

/** A run as the ledger keeps it (4.17): counts in all and by case, never what was asked or answered. */
export function goldenRunOf(run: TestRun, sent: SentRun): GoldenRun {
  const { n, fails, errors } = countRows(run.rows);
  const cases = [...Map.groupBy(run.rows, ({ goldenId, name }) => goldenId ?? name)];
  return {
    ...sent,
    format: run.format,
    total: n + errors,
    failed: fails,
    errors,
    cases: cases.slice(0, casesAtMost).map(([id, rows]) => {
      const own = countRows(rows);
      return { id, n: own.n, fails: own.fails };
    }),
  };
}
