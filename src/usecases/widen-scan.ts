import { findGoldenRuns } from "#src/db/golden-runs.ts";
import { listWindowChanges } from "#src/db/version-report.ts";
import type { Trx } from "#src/db/open.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { WidenScanInput } from "#src/domain/inputs.ts";
import { scanOf } from "#src/domain/ledger/scan-window.ts";
import { decideWidenScan, type LastKnownGood, lastKnownGoodOf } from "#src/domain/widen-scan.ts";
import type { Context } from "./context.ts";
import { decide } from "./decide.ts";
import { findLedgerNames } from "./ledger-names.ts";
import type { UseCase } from "./use-case.ts";

/** B3: widens the change scan to when it last worked, and finds what changed since, in one press. */
export const widenScan: UseCase<WidenScanInput> = (ctx, input) =>
  decide(
    ctx,
    input.incidentId,
    (state, by, given: Given) => decideWidenScan(state, input, by, given),
    { attempted: "widen-scan", read: (trx, state) => readGiven(ctx, trx, state, input) },
  );

type Given = Parameters<typeof decideWidenScan>[3];

async function readGiven(
  ctx: Context,
  trx: Trx,
  state: IncidentState,
  input: WidenScanInput,
): Promise<Given> {
  const { incident } = state;
  const { teamId } = incident;
  const names = await findLedgerNames(trx, ctx.settings.ledger, incident);
  const lastKnownGood = lastKnownGoodOf(state, input, await findBaseline(trx, incident, names));
  if (!lastKnownGood) return { lastKnownGood, found: [] };
  const scanFrom = lastKnownGood.at;
  const window = scanOf({ ...incident, scanFrom });
  return { lastKnownGood, found: await listWindowChanges(trx, { teamId, names, window }) };
}

/** The newest run without a failure from before the onset (4.17). */
async function findBaseline(
  trx: Trx,
  incident: IncidentState["incident"],
  names: string[],
): Promise<LastKnownGood | undefined> {
  const before = incident.onsetAt ?? incident.noticedAt ?? incident.declaredAt;
  const { baseline } = await findGoldenRuns(trx, { teamId: incident.teamId, names, before });
  if (!baseline) return undefined;
  const { ranAt: at, total } = baseline;
  return { at, basis: `A golden run passed all of its ${total} tests then.` };
}
