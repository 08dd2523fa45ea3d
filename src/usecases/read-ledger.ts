import { getIncidentState, lockIncident } from "#src/db/incidents.ts";
import type { Database } from "#src/db/open.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import { listMarks, listWindowChanges } from "#src/db/version-report.ts";
import { postMessage, updatePanel } from "#src/domain/channel-effects.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { recordFound, recordMarks } from "#src/domain/ledger/found-changes.ts";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import { scanOf } from "#src/domain/ledger/scan-window.ts";
import { inTransaction } from "./decide.ts";
import { findLedgerNames } from "./ledger-names.ts";

/**
 * Looks up in the ledger what changed in the window of an open incident, under the incident's lock; what is new
 * becomes entries of its timeline, and stands in its channel. Twice is once. Returns how many changes the ledger
 * shows; nothing where the incident is over.
 */
export async function readLedger(
  ctx: { db: Database; now: Date; settings: LedgerSettings },
  incidentId: IncidentId,
): Promise<number | undefined> {
  return inTransaction(ctx, async (trx) => {
    if (!(await lockIncident(trx, incidentId))) return undefined;
    const state = await getIncidentState(trx, incidentId);
    const { incident } = state;
    if (incident.status !== "open") return undefined;
    const names = await findLedgerNames(trx, ctx.settings, incident);
    const window = scanOf(incident);
    const of = { teamId: incident.teamId, names, window };
    const found = await listWindowChanges(trx, of);
    // the bot looks it up on the coordinator's behalf
    const by = { now: ctx.now, actor: incident.coordinator, window };
    const { changes, timeline } = recordFound(state, found, by);
    const marked = recordMarks(state, await listMarks(trx, of), by);
    const isNew = changes.ledgerChanges !== undefined;
    if (isNew || marked.timeline.length > 0) {
      await saveDecision(trx, {
        incidentId,
        now: ctx.now,
        changes: { ...changes, ...marked.changes },
        timeline: [...timeline, ...marked.timeline],
        effects: [
          ...(isNew ? [postMessage(incidentId, { kind: "changes" })] : []),
          updatePanel(incidentId),
        ],
      });
    }
    return found.length;
  });
}
