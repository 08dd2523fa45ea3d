import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId, IncidentState } from "./incident.ts";
import type { Dissent } from "./learning.ts";
import { type LayerId, layers } from "./layers/index.ts";
import { currentVerdicts, verdictOf } from "./layer-state.ts";
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

/** A disagreement, and whether what it was said against stands no longer. */
export interface DissentNow extends Dissent {
  isOfEarlierVerdict: boolean;
}

/** What was said against the verdicts of one layer of one strand, oldest first. */
export function dissentsAgainst(
  state: IncidentState,
  strandNumber: number,
  layer: LayerId,
): DissentNow[] {
  return state.dissents
    .filter((one) => one.strandNumber === strandNumber && one.layer === layer)
    .map((one) => ({ ...one, isOfEarlierVerdict: isOfEarlierVerdict(state, one) }));
}

/** R10: a disagreement stays for good; with a verdict that was set only after it, it has nothing to do. */
export function isOfEarlierVerdict(
  state: IncidentState,
  { strandNumber, layer, recordedAt }: Dissent,
): boolean {
  return currentVerdicts(state, strandNumber)
    .filter((verdict) => verdict.layer === layer)
    .every((verdict) => verdict.recordedAt > recordedAt);
}
