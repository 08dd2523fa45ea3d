import type { Trx } from "#src/db/open.ts";
import { listWindowChanges } from "#src/db/version-report.ts";
import { decideAddChange, isForLedger, refuseChange } from "#src/domain/add-change.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { AddChangeInput } from "#src/domain/inputs.ts";
import type { LedgerChange } from "#src/domain/ledger/ledger.ts";
import { scanOf } from "#src/domain/ledger/scan-window.ts";
import { sha256 } from "#src/lib/sha256.ts";
import type { Context } from "./context.ts";
import { decide } from "./decide.ts";
import { findLedgerNames } from "./ledger-names.ts";
import { recordChangesIn } from "./record-changes.ts";
import type { UseCase } from "./use-case.ts";

/** Writes down a change that nothing has declared, in the ledger and in the incident (3.23). */
export const addChange: UseCase<AddChangeInput> = (ctx, input) =>
  decide(
    ctx,
    input.incidentId,
    (state, by, found: LedgerChange[]) => decideAddChange(state, input, by, found),
    { attempted: "add-change", read: (trx, state) => declare(ctx, trx, state, input) },
  );

/** Into the ledger, unless it is refused; then what the ledger holds of the window, with it. */
async function declare(
  ctx: Context,
  trx: Trx,
  state: IncidentState,
  input: AddChangeInput,
): Promise<LedgerChange[]> {
  const { incident } = state;
  if (refuseChange(state, input)) return [];
  if (!isForLedger(incident)) return [asFound(ctx, input)];
  const { teamId, serviceName: service } = incident;
  const settings = ctx.settings.ledger;
  const { at, kind, layer, summary, link } = input;
  const content = { at, until: null, kind, layer, summary, link, sets: {} };
  const change = { key: null, declaredBy: null, service, ...content };
  await recordChangesIn(trx, { teamId, now: ctx.now, settings }, [change], {
    source: "slack",
    declaredBy: ctx.actor.userId,
  });
  const names = await findLedgerNames(trx, settings, incident);
  return listWindowChanges(trx, { teamId, names, window: scanOf(incident) });
}

/** A change that stays in the incident. */
function asFound(ctx: Context, { at, kind, layer, summary, link }: AddChangeInput): LedgerChange {
  return {
    key: `slack:${sha256(JSON.stringify([at, kind, layer, summary])).slice(0, 16)}`,
    at,
    until: null,
    kind,
    layer,
    summary,
    link,
    isDeclared: true,
    source: "slack",
    declaredBy: ctx.actor.userId,
    pin: null,
    fromValues: [],
    toValue: null,
    seen: null,
  };
}
