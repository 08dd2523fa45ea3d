import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { IncidentId, IncidentState } from "./incident.ts";
import type { DetectionGap } from "./learning.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { nextNumber } from "./next-number.ts";

/**
 * The first task of every incident (B5): attach the full trace of one failing request, or record that
 * none exists, which is a detection gap.
 */
export function failingRequestTask({
  evidence,
  gaps,
}: Pick<IncidentState, "evidence" | "gaps">): "open" | "attached" | "none exists" {
  if (evidence.some(({ kind }) => kind === "E3")) return "attached";
  return gaps.some(({ kind }) => kind === "no_trace") ? "none exists" : "open";
}

export interface NoFailingRequestInput {
  incidentId: IncidentId;
}

/** Somebody says that no failing request can be had: a gap of kind no_trace (B5, B9). */
export const decideNoFailingRequest: Decider<NoFailingRequestInput> = (state, _input, by) => {
  const { incident } = state;
  const over = refuseIfOver(incident, "Say it in its channel.");
  if (over) return err(over);
  const task = failingRequestTask(state);
  if (task === "attached") {
    const message = "A failing request is attached already: it is among the evidence.";
    return err({ code: "stale", message });
  }
  if (task === "none exists") {
    const message =
      "This is recorded already. If a failing request turns up, add it as evidence: a full trace.";
    return err({ code: "stale", message });
  }
  const gap: DetectionGap = {
    number: nextNumber(state.gaps),
    kind: "no_trace",
    layer: null,
    statement: "No failing request was kept, so none can be looked at from input to output.",
    recorder: by.userId,
    recordedAt: by.now,
  };
  const { number, kind, layer, statement } = gap;
  return ok({
    changes: { gaps: [gap] },
    timeline: [
      {
        lane: "learning",
        kind: "gap_recorded",
        happenedAt: by.now,
        actor: by.userId,
        data: { gap: number, gapKind: kind, layer, statement },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "learning", item: "gap", number }),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: `Recorded as detection gap ${number}: no failing request exists. If one turns up, add it as evidence.`,
      incidentId: incident.id,
    },
  });
};
