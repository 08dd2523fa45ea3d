import { err, ok } from "#src/lib/result.ts";
import { updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { LeverUse } from "./incident.ts";
import type { EndLeverInput } from "./inputs.ts";
import { leverMessages } from "./lever-messages.ts";
import { findLever, isInForce, leverWords } from "./lever-use.ts";
import { refuseIfOver } from "./lifecycle.ts";

/** Takes a lever back, or keeps it for good, with who and why, at once and once only (B6). */
export const decideEndLever: Decider<EndLeverInput> = (state, input, by) => {
  const { incident } = state;
  const over = refuseIfOver(incident);
  if (over) return err(over);
  const found = findLever(state, input.leverNumber);
  if (!found.ok) return found;
  const use = found.value;
  const what = leverWords(use);
  if (!isInForce(use)) {
    const who =
      use.endedBy === by.userId ? "you" : "somebody else; its message in the channel says who";
    const message = `“${what}” was ${endedInWords(use.endedHow)} already by ${who}.`;
    return err({ code: "stale", message });
  }
  const misworded = refuseWording({ why: input.why });
  if (misworded) return err(misworded);

  const { endedHow, endedBy, why } = input;
  const ended: LeverUse = { ...use, endedAt: by.now, endedHow, endedBy, endedWhy: why };
  return ok({
    changes: { levers: [ended] },
    timeline: [
      {
        lane: "stabilization",
        kind: "lever_ended",
        happenedAt: by.now,
        actor: by.userId,
        data: { lever: use.number, what, how: endedHow, why, by: endedBy },
      },
    ],
    effects: [...leverMessages(state, ended), updatePanel(incident.id)],
    outcome: {
      sentence: `Recorded that “${what}” was ${endedInWords(endedHow)}.`,
      incidentId: incident.id,
    },
  });
};

function endedInWords(how: LeverUse["endedHow"]): string {
  return how === "kept" ? "kept for good" : "taken back";
}
