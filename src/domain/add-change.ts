import { err, ok, type Result } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import type { Incident, IncidentState } from "./incident.ts";
import type { AddChangeInput } from "./inputs.ts";
import { layers } from "./layers/index.ts";
import { recordFound } from "./ledger/found-changes.ts";
import type { LedgerChange } from "./ledger/ledger.ts";
import { scanOf } from "./ledger/scan-window.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";

/**
 * Whether a change that somebody writes down in an incident goes into the ledger, where other incidents of the
 * service find it. Without a service it would be every service's, and what is private stays in the incident.
 */
export function isForLedger({ serviceName, isPrivate }: Incident): boolean {
  return serviceName !== null && !isPrivate;
}

/** Why a change cannot be written down; undefined where it can. Its words are evidence and stay as they are (B13.10). */
export function refuseChange(
  state: IncidentState,
  { layer }: AddChangeInput,
): Rejection | undefined {
  return refuseIfOver(state.incident) ?? unknownReference(state, { layers: [layer] });
}

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
  const { at, layer } = input;
  const rejection = refuseChange(state, input);
  if (rejection) return err(rejection);
  const { changes, timeline } = recordFound(state, found, { now: by.now, actor: by.userId });
  const { from, to } = scanOf(incident);
  const isOutside = at < from || at > to;
  const where = isForLedger(incident)
    ? "It lies outside the window that is searched, so it is in the ledger and not in this incident's timeline."
    : "It lies outside the window that is searched, and no service is named whose ledger could keep it, so it was not kept. Widen the search first.";
  if (isOutside && !isForLedger(incident)) {
    return err({ code: "bad_field", field: "at", message: where });
  }
  return ok({
    changes,
    timeline,
    effects: isOutside
      ? []
      : [postMessage(incident.id, { kind: "changes" }), updatePanel(incident.id)],
    outcome: {
      sentence: isOutside
        ? `Recorded the change of ${layers[layer].label}. ${where}`
        : `Recorded the change of ${layers[layer].label}. It is in the timeline.`,
      incidentId: incident.id,
      isShown: true,
    },
  });
}
