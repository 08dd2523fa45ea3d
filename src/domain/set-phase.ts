import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { Decision } from "./decision.ts";
import type { IncidentId, IncidentState } from "./incident.ts";
import { checkPhase, isForward, refuseIfOver } from "./lifecycle.ts";
import { type Phase, phases } from "./vocabulary.ts";

export interface SetPhaseInput {
  incidentId: IncidentId;
  phase: Phase;
  /** Asked for where it goes back. */
  reason: string | null;
}

/** Moves an incident to a phase: forward where its gates find nothing missing, back with a reason (B5). */
export const decideSetPhase: Decider<SetPhaseInput> = (state, input, by) => {
  const { incident } = state;
  const { phase: to, reason } = input;
  const from = incident.phase;
  const over = refuseIfOver(incident);
  if (over) return err(over);
  // whoever asks for what stands already was perhaps faster in thought than the phase, which moves by itself
  if (to === from) return ok(unchanged(state));
  const isBack = !isForward(from, to);
  if (isBack && reason === null) {
    return err({
      code: "bad_field",
      field: "reason",
      message: "Say what has come up: going back takes a reason.",
    });
  }
  const misworded = refuseWording({ reason });
  if (misworded) return err(misworded);
  const refusal = checkPhase(state, to);
  if (refusal) return err({ code: "refused", message: refusal.sentence, refusal });

  return ok({
    changes: { incident: { phase: to } },
    timeline: [
      {
        lane: to === "recovering" || to === "learning" ? "recovery" : "diagnosis",
        kind: "phase_changed",
        happenedAt: by.now,
        actor: by.userId,
        data: { from, to, reason },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "entry", sequence: state.lastSequence + 1 }),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: `The phase is ${phases[to].toLowerCase()} now, was ${phases[from].toLowerCase()}.`,
      incidentId: incident.id,
    },
  });
};

function unchanged({ incident }: IncidentState): Decision {
  const { id, phase } = incident;
  return {
    changes: {},
    timeline: [],
    effects: [],
    outcome: {
      sentence: `It is ${phases[phase].toLowerCase()} already, so nothing was changed.`,
      incidentId: id,
      isShown: true,
    },
  };
}
