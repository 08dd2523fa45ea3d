import { getIncidentState } from "#src/db/incidents.ts";
import { listMarks, listWindowChanges } from "#src/db/version-report.ts";
import { postMessage, updatePanel } from "#src/domain/channel-effects.ts";
import type { Effect } from "#src/domain/effect.ts";
import { recordFound, recordMarks } from "#src/domain/ledger/found-changes.ts";
import { scanOf } from "#src/domain/ledger/scan-window.ts";
import { findLedgerNames } from "#src/usecases/ledger-names.ts";
import type { Handler } from "./handler.ts";

type ReadLedger = Extract<Effect, { name: "read-ledger" }>;

/**
 * Looks up in the ledger what changed in the window of an open incident; what is new becomes entries of its
 * timeline, and stands in its channel. Twice is once.
 */
export const readLedger: Handler<ReadLedger> = {
  async run(ctx, { incidentId }) {
    const { incident } = await getIncidentState(ctx.db, incidentId);
    const { teamId } = incident;
    const names = await findLedgerNames(ctx.db, ctx.settings.ledger, incident);
    const window = scanOf(incident);
    const found = await listWindowChanges(ctx.db, { teamId, names, window });
    const marks = await listMarks(ctx.db, { teamId, names, window });
    return {
      outcome: { found: found.length },
      follow(state) {
        if (state.incident.status !== "open") return {};
        const by = { now: ctx.now, actor: state.incident.coordinator };
        const { changes, timeline } = recordFound(state, found, by);
        const marked = recordMarks(state, marks, by);
        const isNew = changes.ledgerChanges !== undefined;
        if (!isNew && marked.timeline.length === 0) return {};
        return {
          changes: { ...changes, ...marked.changes },
          timeline: [...timeline, ...marked.timeline],
          effects: [
            ...(isNew ? [postMessage(incidentId, { kind: "changes" })] : []),
            updatePanel(incidentId),
          ],
        };
      },
    };
  },
};
