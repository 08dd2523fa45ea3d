import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId } from "./incident.ts";
import { leverWords } from "./lever-use.ts";
import { phaseAfter, refuseIfOver } from "./lifecycle.ts";

export interface NoLeverNeededInput {
  incidentId: IncidentId;
  why: string;
}

/** Somebody says that nothing has to be done to stop the harm, and why (B5). A lever that is recorded later takes this back. */
export const decideNoLeverNeeded: Decider<NoLeverNeededInput> = (state, input, by) => {
  const { incident } = state;
  const over = refuseIfOver(incident);
  if (over) return err(over);
  const used = state.levers.find((use) => use.state !== "declined");
  if (used) {
    return err({
      code: "stale",
      message: `“${leverWords(used)}” is recorded, so a lever was needed. Nothing more has to be said here.`,
    });
  }
  const misworded = refuseWording({ why: input.why });
  if (misworded) return err(misworded);

  return ok({
    changes: {
      incident: {
        noLeverNeededWhy: input.why,
        phase: phaseAfter(incident.phase, "stabilizing"),
      },
    },
    timeline: [
      {
        lane: "stabilization",
        kind: "no_lever_needed",
        happenedAt: by.now,
        actor: by.userId,
        data: { why: input.why },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "entry", sequence: state.lastSequence + 1 }),
      updatePanel(incident.id),
    ],
    outcome: { sentence: "Recorded that no lever is needed.", incidentId: incident.id },
  });
};
