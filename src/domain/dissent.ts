import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId, IncidentState } from "./incident.ts";
import type { Dissent } from "./learning.ts";
import { type LayerId, layers } from "./layers/index.ts";
import { verdictOf } from "./layer-state.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { nextNumber } from "./next-number.ts";
import { unknownReference } from "./references.ts";
import type { UserId } from "./person.ts";

export interface DissentInput {
  incidentId: IncidentId;
  strandNumber: number;
  layer: LayerId;
  statement: string;
  author: UserId;
}

/** Somebody disagrees with a verdict. It is kept beside it for good and blocks nothing (R10). */
export const decideDissent: Decider<DissentInput> = (state, input, by) => {
  const { incident } = state;
  const { strandNumber, layer, statement, author } = input;
  const rejection =
    refuseIfOver(incident) ??
    unknownReference(state, { strandNumbers: [strandNumber], layers: [layer] }) ??
    refuseWording({ statement });
  if (rejection) return err(rejection);
  const { label } = layers[layer];
  if (!verdictOf(state, strandNumber, layer)) {
    const message = `No verdict stands for ${label} any more, so there is nothing to disagree with. Open the checklist to see what stands.`;
    return err({ code: "stale", message });
  }
  const dissent: Dissent = {
    number: nextNumber(state.dissents),
    strandNumber,
    layer,
    statement,
    author,
    recorder: by.userId,
    recordedAt: by.now,
  };
  return ok({
    changes: { dissents: [dissent] },
    timeline: [
      {
        lane: "diagnosis",
        kind: "dissent_recorded",
        happenedAt: by.now,
        actor: by.userId,
        data: { strand: strandNumber, layer, statement, author },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "verdict", strandNumber, layer }),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: `Recorded beside the verdict for ${label}. The verdict stands, and so does the disagreement.`,
      incidentId: incident.id,
    },
  });
};

/** What was said against the verdict of one layer of one strand, oldest first. */
export function dissentsAgainst(
  { dissents }: Pick<IncidentState, "dissents">,
  strandNumber: number,
  layer: LayerId,
): Dissent[] {
  return dissents.filter((one) => one.strandNumber === strandNumber && one.layer === layer);
}
