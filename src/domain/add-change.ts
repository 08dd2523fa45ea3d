import { err, ok, type Result } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentState } from "./incident.ts";
import type { AddChangeInput } from "./inputs.ts";
import { layers } from "./layers/index.ts";
import { recordFound } from "./ledger/found-changes.ts";
import type { LedgerChange } from "./ledger/ledger.ts";
import { scanOf } from "./ledger/scan-window.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";

/**
 * Somebody writes down a change that nothing has declared. It goes into the ledger, and into the incident
 * where it lies in its window. `found`: what the ledger holds of the window, with this change in it.
 */
export function decideAddChange(
  state: IncidentState,
  input: AddChangeInput,
  by: By,
  found: readonly LedgerChange[],
): Result<Decision, Rejection> {
  const { incident } = state;
  const { at, layer, summary } = input;
  const rejection =
    refuseIfOver(incident) ??
    unknownReference(state, { layers: [layer] }) ??
    refuseWording({ summary });
  if (rejection) return err(rejection);
  const { changes, timeline } = recordFound(state, found, { now: by.now, actor: by.userId });
  const { from, to } = scanOf(incident);
  const isOutside = at < from || at > to;
  return ok({
    changes,
    timeline,
    effects: isOutside
      ? []
      : [postMessage(incident.id, { kind: "changes" }), updatePanel(incident.id)],
    outcome: {
      sentence: isOutside
        ? `Recorded the change of ${layers[layer].label}. It lies outside the window that is searched, so it is in the ledger and not in this incident's timeline.`
        : `Recorded the change of ${layers[layer].label}. It is in the timeline.`,
      incidentId: incident.id,
      isShown: true,
    },
  });
}
