import { err, ok } from "#src/lib/result.ts";
import { postMessage } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { type FirstWrongHop, hopOf, layerWords } from "./exhibit/trace-exhibit.ts";
import type { IncidentId } from "./incident.ts";
import { refuseIfOver } from "./lifecycle.ts";

export interface SetFirstWrongHopInput {
  incidentId: IncidentId;
  evidenceNumber: number;
  /** Null: nobody can say, what was said before is taken back. */
  hop: number | null;
}

/**
 * 4.12: somebody who takes part says at which hop of a traced request it first went wrong. A person's word,
 * kept with who and when, and in the timeline; it sets no verdict, and the item's layers stay as they were
 * given.
 */
export const decideSetFirstWrongHop: Decider<SetFirstWrongHopInput> = (state, input, by) => {
  const { incident, evidence } = state;
  const over = refuseIfOver(incident, "Say in its channel what you found.");
  if (over) return err(over);
  const { evidenceNumber, hop: n } = input;
  const item = evidence.find(({ number }) => number === evidenceNumber);
  const trace = item?.data.trace;
  if (!item || !trace) {
    const message = "There is no such trace in this incident. Use the button under its message.";
    return err({ code: "not_found", message });
  }
  const hop = n === null ? undefined : hopOf(trace, n);
  if (n !== null && !hop) {
    const message = "Choose a hop from the list.";
    return err({ code: "bad_field", field: "first_wrong", message });
  }
  const { firstWrongHop: before, ...rest } = trace;
  if ((before?.n ?? null) === n) {
    const message =
      n === null
        ? "Choose the hop where it first went wrong. Nobody has said so yet."
        : `That is recorded already: it first went wrong at hop ${n}.`;
    return err({ code: "bad_field", field: "first_wrong", message });
  }
  const said: { firstWrongHop?: FirstWrongHop } = hop
    ? { firstWrongHop: { n: hop.n, author: by.userId, at: by.now.toISOString() } }
    : {};
  const changed = { ...item, data: { ...item.data, trace: { ...rest, ...said } } };
  return ok({
    changes: { changedEvidence: [changed] },
    timeline: [
      {
        lane: "diagnosis",
        kind: "first_wrong_hop_set",
        happenedAt: by.now,
        actor: by.userId,
        data: {
          evidence: evidenceNumber,
          hop: n,
          name: hop?.name ?? null,
          layer: hop?.layer ?? null,
        },
      },
    ],
    effects: [postMessage(incident.id, { kind: "evidence", evidenceNumber })],
    outcome: {
      sentence: hop
        ? `Recorded: it first went wrong at hop ${hop.n}, ${hop.name} (${layerWords(hop)}). This is your word and sets no verdict.`
        : "Taken back: where it first went wrong is open again.",
      incidentId: incident.id,
    },
  });
};
