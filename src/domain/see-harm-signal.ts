import { err, ok } from "#src/lib/result.ts";
import { updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { IncidentId } from "./incident.ts";
import { leverMessages } from "./lever-messages.ts";
import { findLever, leverWords } from "./lever-use.ts";
import { refuseIfOver } from "./lifecycle.ts";

/** What somebody saw who looked at the signal that a lever should move (B5). */
export interface SeeHarmSignalInput {
  incidentId: IncidentId;
  leverNumber: number;
  hasMoved: boolean;
}

/** Records whether the signal moved that shows that a lever halts the harm; who looks later may say otherwise (B5). */
export const decideSeeHarmSignal: Decider<SeeHarmSignalInput> = (state, input, by) => {
  const { incident } = state;
  const { hasMoved } = input;
  const over = refuseIfOver(incident, "Say in its channel what you saw.");
  if (over) return err(over);
  const found = findLever(state, input.leverNumber);
  if (!found.ok) return found;
  const use = found.value;
  const what = leverWords(use);
  if (use.harmSignal === null) {
    return err({
      code: "stale",
      message: `Nobody has said yet what has to move when “${what}” works. Press “Add what is missing” at the lever first.`,
    });
  }
  const seen = hasMoved ? "moved" : "did not move";
  if (use.hasHarmMoved === hasMoved) {
    return err({ code: "stale", message: `It is recorded already that it ${seen}. That stands.` });
  }

  return ok({
    changes: {
      levers: [{ ...use, hasHarmMoved: hasMoved, harmSeenAt: by.now, harmSeenBy: by.userId }],
    },
    timeline: [
      {
        lane: "stabilization",
        kind: "harm_signal_seen",
        happenedAt: by.now,
        actor: by.userId,
        data: { lever: use.number, what, signal: use.harmSignal, hasMoved },
      },
    ],
    effects: [...leverMessages(state, use), updatePanel(incident.id)],
    outcome: {
      sentence: hasMoved
        ? `Recorded that it moved: “${what}” works so far.`
        : `Recorded that it did not move. “${what}” stays in force; take it back if it only costs, or use another lever.`,
      incidentId: incident.id,
    },
  });
};
