import { err, ok } from "#src/lib/result.ts";
import { updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId, LeverUse } from "./incident.ts";
import { leverMessages } from "./lever-messages.ts";
import { leverWords } from "./lever-use.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { nothingNew } from "./nothing-new.ts";

/** What can be said of a lever later, in the words that stand from then on; null leaves what stands. */
export interface CompleteLeverInput {
  incidentId: IncidentId;
  leverNumber: number;
  harmSignal: string | null;
  savedFirst: string | null;
}

/** Names what has to move when a lever works (B5), and what evidence was saved before it (B6), where it was left out at first. */
export const decideCompleteLever: Decider<CompleteLeverInput> = (state, input, by) => {
  const { incident } = state;
  const over = refuseIfOver(incident);
  if (over) return err(over);
  const use = state.levers.find((one) => one.number === input.leverNumber);
  if (!use) return err({ code: "not_found", message: "There is no such lever in this incident." });
  const misworded = refuseWording({
    harm_signal: input.harmSignal,
    saved_first: input.savedFirst,
  });
  if (misworded) return err(misworded);

  const harmSignal = input.harmSignal ?? use.harmSignal;
  const savedFirst = input.savedFirst ?? use.savedFirst;
  if (harmSignal === use.harmSignal && savedFirst === use.savedFirst) return ok(nothingNew(state));
  const completed: LeverUse = {
    ...use,
    savedFirst,
    // what was seen of another signal says nothing of this one
    ...(harmSignal === use.harmSignal
      ? {}
      : { harmSignal, hasHarmMoved: null, harmSeenAt: null, harmSeenBy: null }),
  };
  return ok({
    changes: { levers: [completed] },
    timeline: [
      {
        lane: "stabilization",
        kind: "details_changed",
        happenedAt: by.now,
        actor: by.userId,
        data: { lever: use.number, what: leverWords(use), harmSignal, savedFirst },
      },
    ],
    effects: [...leverMessages(state, use), updatePanel(incident.id)],
    outcome: {
      sentence: `Recorded for “${leverWords(use)}”.`,
      incidentId: incident.id,
    },
  });
};
