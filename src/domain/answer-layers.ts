import { err, ok } from "#src/lib/result.ts";
import { updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { Answer } from "./evidence.ts";
import type { IncidentState, Verdict } from "./incident.ts";
import type { AnswerLayersInput, LayerAnswerInput } from "./inputs.ts";
import { type LayerId, layers } from "./layers/index.ts";
import { phaseAfter, refuseIfOver } from "./lifecycle.ts";
import { verdictOf } from "./layer-state.ts";
import { nothingNew } from "./nothing-new.ts";
import { nextRevision } from "./next-number.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";
import type { NewTimelineEntry } from "./timeline.ts";
import { layersInWords } from "./words.ts";

/**
 * Records the answers of one form, each as the next revision of its layer; "I rule my layer out" sets
 * the verdict cleared (not applicable, where that is the answer) for the strands the answer covers.
 */
export const decideAnswerLayers: Decider<AnswerLayersInput> = (state, input, by) => {
  const rejection = refuseIfOver(state.incident) ?? unknownInAnswers(state, input);
  if (rejection) return err(rejection);

  // a form of several layers comes back with those that nobody touched: they are not answered anew
  const touched = input.answers.filter((given) => !saysTheSame(state, given));
  const isOtherAuthor = input.answers.some(
    (given) => standingAnswer(state, given)?.author !== input.author,
  );
  const changed = touched.length === 0 && isOtherAuthor ? input.answers : touched;
  if (changed.length === 0) return ok(nothingNew(state));
  const answers: Answer[] = [];
  const verdicts: Verdict[] = [];
  for (const given of changed) {
    const { layer, rulesOut, ...said } = given;
    answers.push({
      ...said,
      layer,
      author: input.author,
      recorder: by.userId,
      recordedAt: by.now,
      revision: nextRevision([...state.answers, ...answers].filter((one) => one.layer === layer)),
    });
    if (!rulesOut) continue;
    for (const strandNumber of given.strandNumbers ?? state.strands.map((one) => one.number)) {
      verdicts.push({
        strandNumber,
        layer,
        verdict: given.change === "not_applicable" ? "not_applicable" : "cleared",
        confidence: null,
        scope: {},
        contribution: null,
        evidenceNumbers: given.evidenceNumbers,
        approver: null,
        author: input.author,
        recordedAt: by.now,
        revision: nextRevision(
          [...state.verdicts, ...verdicts].filter(
            (one) => one.strandNumber === strandNumber && one.layer === layer,
          ),
        ),
      });
    }
  }

  const answered: LayerId[] = [...new Set(answers.map((answer) => answer.layer))];
  return ok({
    changes: {
      incident: { phase: phaseAfter(state.incident.phase, "diagnosing") },
      answers,
      verdicts,
    },
    timeline: [
      ...answers.map((answer): NewTimelineEntry => {
        const { layer, change, sentence, author, revision } = answer;
        return {
          lane: "diagnosis",
          kind: "answer_recorded",
          happenedAt: by.now,
          actor: by.userId,
          data: { layer, change, sentence, author, revision },
        };
      }),
      ...verdicts.map((one): NewTimelineEntry => {
        const { strandNumber: strand, layer, verdict, confidence, contribution } = one;
        return {
          lane: "diagnosis",
          kind: "verdict_set",
          happenedAt: by.now,
          actor: by.userId,
          data: { strand, layer, verdict, confidence, contribution },
        };
      }),
    ],
    effects: [updatePanel(state.incident.id)],
    outcome: {
      sentence: `Recorded the answer for ${layersInWords(answered)}.`,
      incidentId: state.incident.id,
    },
  });
};

function standingAnswer(state: IncidentState, given: LayerAnswerInput): Answer | undefined {
  return state.answers.find((answer) => keyOf(answer) === keyOf(given));
}

/** Whether exactly this is recorded already, whoever said so, the verdict with it where the form rules the layer out. */
function saysTheSame(state: IncidentState, given: LayerAnswerInput): boolean {
  const { layer, rulesOut, ...said } = given;
  const standing = standingAnswer(state, given);
  if (!standing) return false;
  const isSame =
    standing.change === said.change &&
    standing.isSourceComplete === said.isSourceComplete &&
    standing.standsForAllQuestions === said.standsForAllQuestions &&
    standing.sentence === said.sentence &&
    standing.evidenceNumbers.join() === said.evidenceNumbers.join();
  const strandNumbers = said.strandNumbers ?? state.strands.map((strand) => strand.number);
  const isRuledOut = strandNumbers.every((strandNumber) =>
    ["cleared", "not_applicable"].includes(verdictOf(state, strandNumber, layer)?.verdict ?? ""),
  );
  return isSame && (!rulesOut || isRuledOut);
}

function unknownInAnswers(state: IncidentState, input: AnswerLayersInput): Rejection | undefined {
  const seen = new Set<string>();
  for (const answer of input.answers) {
    const { layer, strandNumbers, evidenceNumbers } = answer;
    const unknown = unknownReference(state, { layers: [layer], strandNumbers, evidenceNumbers });
    if (unknown) return unknown;
    const key = keyOf(answer);
    if (seen.has(key)) {
      const message = `${layers[layer].label} is answered twice in this form. Keep one of the two.`;
      return { code: "bad_field", field: `change:${layer}`, message };
    }
    seen.add(key);
  }
  return undefined;
}

function keyOf({ layer, strandNumbers }: Pick<Answer, "layer" | "strandNumbers">): string {
  return `${layer}:${strandNumbers?.join("+") ?? "all"}`;
}
