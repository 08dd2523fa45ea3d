import { err, ok, type Result } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import type { IncidentState } from "./incident.ts";
import type { WidenScanInput } from "./inputs.ts";
import { recordFound } from "./ledger/found-changes.ts";
import type { LedgerChange } from "./ledger/ledger.ts";
import { defaultScan, scanOf } from "./ledger/scan-window.ts";
import { refuseIfOver } from "./lifecycle.ts";
import type { Rejection } from "./rejection.ts";

/** When it last worked, and how that is known. */
export interface LastKnownGood {
  at: Date;
  basis: string | null;
}

/** Where the scan is to begin: as it was said, as it is recorded, or as the newest run without a failure says. */
export function lastKnownGoodOf(
  { incident }: IncidentState,
  input: WidenScanInput,
  baseline: LastKnownGood | undefined,
): LastKnownGood | undefined {
  if (input.lastKnownGoodAt) return { at: input.lastKnownGoodAt, basis: input.basis };
  const { lastKnownGoodAt: at, lastKnownGoodBasis: basis } = incident;
  return at === null ? baseline : { at, basis };
}

/**
 * B3: the change scan goes back to when it last worked, what changed since is found, and the widening is
 * recorded. `found`: what the ledger holds from then on. Where nobody has said when that was, and no run
 * says so, it is asked (`bad_field` at `last_known_good`).
 */
export function decideWidenScan(
  state: IncidentState,
  input: WidenScanInput,
  by: By,
  given: { lastKnownGood: LastKnownGood | undefined; found: readonly LedgerChange[] },
): Result<Decision, Rejection> {
  const { incident } = state;
  const { lastKnownGood } = given;
  const rejection = refuseIfOver(incident) ?? wrongTime(state, lastKnownGood, by);
  if (rejection) return err(rejection);
  if (!lastKnownGood) return err(unknownTime);
  const { at, basis } = lastKnownGood;
  const window = scanOf({ ...incident, scanFrom: at });
  const found = recordFound(state, given.found, { now: by.now, actor: by.userId, window });
  return ok({
    changes: {
      incident: { lastKnownGoodAt: at, lastKnownGoodBasis: basis, scanFrom: at },
      ...found.changes,
    },
    timeline: [
      {
        lane: "diagnosis",
        kind: "scan_widened",
        happenedAt: by.now,
        actor: by.userId,
        data: { from: at.toISOString(), basis, added: found.added },
      },
      ...found.timeline,
    ],
    effects: [
      // what stands in the channel of the narrower window would be wrong from now on
      ...(state.ledgerChanges.length + found.added > 0
        ? [postMessage(incident.id, { kind: "changes" })]
        : []),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: `The search for changes now goes back to when it last worked, and found ${foundInWords(found.added)}.`,
      incidentId: incident.id,
    },
  });
}

function foundInWords(count: number): string {
  if (count === 0) return "nothing more";
  return count === 1 ? "1 more change" : `${count} more changes`;
}

const unknownTime: Rejection = {
  code: "bad_field",
  field: "last_known_good",
  message:
    "Nobody has said when it last worked, and no golden run without a failure stands before the onset. Choose the time.",
};

function wrongTime(
  { incident }: IncidentState,
  lastKnownGood: LastKnownGood | undefined,
  { now }: By,
): Rejection | undefined {
  if (!lastKnownGood) return undefined;
  const wrong = (message: string): Rejection => ({
    code: "bad_field",
    field: "last_known_good",
    message,
  });
  if (lastKnownGood.at > now) return wrong("This lies in the future. Choose an earlier time.");
  const { from } = defaultScan(incident);
  return lastKnownGood.at >= from
    ? wrong(
        "This lies within the time that is searched already. Choose when it worked before that.",
      )
    : undefined;
}
