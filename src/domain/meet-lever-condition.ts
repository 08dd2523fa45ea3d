import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { IncidentId } from "./incident.ts";
import { leverMessages } from "./lever-messages.ts";
import { findLever, isInForce, leverWords } from "./lever-use.ts";
import { refuseIfOver } from "./lifecycle.ts";

export interface MeetLeverConditionInput {
  incidentId: IncidentId;
  leverNumber: number;
}

/** Somebody says that the condition for taking a lever back has come; from then on it is offered for that (B6). */
export const decideMeetLeverCondition: Decider<MeetLeverConditionInput> = (state, input, by) => {
  const { incident } = state;
  const over = refuseIfOver(incident, "Say it in its channel.");
  if (over) return err(over);
  const found = findLever(state, input.leverNumber);
  if (!found.ok) return found;
  const use = found.value;
  const what = leverWords(use);
  if (!isInForce(use)) {
    return err({ code: "stale", message: `“${what}” has ended already; nothing is left to do.` });
  }
  if (use.conditionMetAt !== null) {
    return err({
      code: "stale",
      message: `Somebody has said so already. Take “${what}” back, or keep it and say why.`,
    });
  }

  return ok({
    changes: { levers: [{ ...use, conditionMetAt: by.now, conditionMetBy: by.userId }] },
    timeline: [
      {
        lane: "stabilization",
        kind: "lever_condition_met",
        happenedAt: by.now,
        actor: by.userId,
        data: { lever: use.number, what, condition: use.revertCondition },
      },
    ],
    effects: [
      ...leverMessages(state, use),
      // the lever's own message may stand far above by now
      postMessage(incident.id, { kind: "entry", sequence: state.lastSequence + 1 }),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: `Recorded that the condition has come. “${what}” can be taken back now: press “Take it back or keep it”.`,
      incidentId: incident.id,
    },
  });
};
