import { err, ok } from "#src/lib/result.ts";
import { postMessage } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { Hypothesis, IncidentId } from "./incident.ts";
import { type LayerId, layers } from "./layers/index.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { nextNumber } from "./next-number.ts";
import { unknownReference } from "./references.ts";

export interface RaiseHypothesisInput {
  incidentId: IncidentId;
  strandNumber: number;
  layer: LayerId;
  statement: string;
}

/** Somebody writes down what they believe broke first, before it is claimed or shown (B3); a role and a condition, never a person (R12). */
export const decideRaiseHypothesis: Decider<RaiseHypothesisInput> = (state, input, by) => {
  const { strandNumber, layer, statement } = input;
  const rejection =
    refuseIfOver(state.incident) ??
    unknownReference(state, {
      strandNumbers: [strandNumber],
      layers: [layer],
      evidenceNumbers: [],
    }) ??
    refuseWording({ statement });
  if (rejection) return err(rejection);
  const isSaid = (one: Hypothesis) =>
    one.strandNumber === strandNumber &&
    one.layer === layer &&
    one.author === by.userId &&
    one.statement === statement;
  if (state.hypotheses.some(isSaid)) {
    return err({
      code: "bad_field",
      field: "statement",
      message: "You wrote this down already. It stands in the channel.",
    });
  }
  const number = nextNumber(state.hypotheses);
  const hypothesis: Hypothesis = {
    number,
    strandNumber,
    layer,
    statement,
    isClaim: false,
    author: by.userId,
    raisedAt: by.now,
  };
  return ok({
    changes: { hypotheses: [hypothesis] },
    timeline: [
      {
        lane: "diagnosis",
        kind: "hypothesis_raised",
        happenedAt: by.now,
        actor: by.userId,
        data: { hypothesis: number, strand: strandNumber, layer, statement },
      },
    ],
    effects: [postMessage(state.incident.id, { kind: "hypothesis", number })],
    outcome: {
      sentence: `Wrote down hypothesis ${number}: ${layers[layer].label} broke first.`,
      incidentId: state.incident.id,
    },
  });
};
