import { err, ok } from "#src/lib/result.ts";
import { requestAnswers, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { Answer } from "./evidence.ts";
import type { IncidentState, Verdict } from "./incident.ts";
import type { AnswerLayersInput, LayerAnswerInput } from "./inputs.ts";
import { type LayerId, layers } from "./layers/index.ts";
import { phaseAfter, refuseIfOver } from "./lifecycle.ts";
import { nextVerdictRevision } from "./layer-state.ts";
import { nothingNew } from "./nothing-new.ts";
import { nextRevision } from "./next-number.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";
import {
  refuseOverClaim,
  stillRuledOut,
  strandsNotRuledOut,
  strandsToRuleOut,
  takenBack,
} from "./ruling-out.ts";
import type { NewTimelineEntry } from "./timeline.ts";
import { layersInWords } from "./words.ts";

/**
 * Records the answers of one form, each as the next revision of its layer; "I rule my layer out" sets
 * the verdict cleared (not applicable, where that is the answer) for the strands the answer covers, and
 * an answer without it takes such a verdict back. A claim is left alone (`ruling-out.ts`).
 */
export const decideAnswerLayers: Decider<AnswerLayersInput> = (state, input, by) => {
  const rejection =
    refuseIfOver(state.incident) ?? unknownInAnswers(state, input) ?? overClaim(state, input);
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
  const endedVerdicts = changed.flatMap((given) => takenBack(state, given));
  for (const given of changed) {
    const { layer, rulesOut: _, ...said } = given;
    answers.push({
      ...said,
      layer,
      author: input.author,
      recorder: by.userId,
      recordedAt: by.now,
      revision: nextRevision([...state.answers, ...answers].filter((one) => one.layer === layer)),
    });
    for (const strandNumber of strandsToRuleOut(state, given)) {
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
        recorder: by.userId,
        recordedAt: by.now,
        revision: nextVerdictRevision(
          { ...state, verdicts: [...state.verdicts, ...verdicts] },
          strandNumber,
          layer,
        ),
      });
    }
  }

  const answered: LayerId[] = [...new Set(answers.map((answer) => answer.layer))];
  const untouchedClaims = changed.flatMap((given) => stillRuledOut(state, given) ?? []);
  const recorded = `Recorded the answer for ${layersInWords(answered)}.`;
  return ok({
    changes: {
      incident: { phase: phaseAfter(state.incident.phase, "diagnosing") },
      answers,
      verdicts,
      endedVerdicts: endedVerdicts.map(({ strandNumber, layer, scope }) => ({
        strandNumber,
        layer,
        scope,
      })),
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
        const { strandNumber: strand, layer, verdict, confidence, contribution, author } = one;
        return {
          lane: "diagnosis",
          kind: "verdict_set",
          happenedAt: by.now,
          actor: by.userId,
          data: { strand, layer, verdict, confidence, contribution, author },
        };
      }),
      ...endedVerdicts.map(({ strandNumber: strand, layer, verdict }): NewTimelineEntry => {
        const { author } = input;
        return {
          lane: "diagnosis",
          kind: "verdict_taken_back",
          happenedAt: by.now,
          actor: by.userId,
          data: { strand, layer, verdict, author },
        };
      }),
    ],
    effects: [updatePanel(state.incident.id), ...requestAnswers(state, answered)],
    outcome: {
      sentence: [recorded, ...untouchedClaims].join(" "),
      incidentId: state.incident.id,
      ...(untouchedClaims.length > 0 ? { isShown: true } : {}),
    },
  });
};

function standingAnswer(state: IncidentState, given: LayerAnswerInput): Answer | undefined {
  return state.answers.find((answer) => keyOf(answer) === keyOf(given));
}

/** Whether exactly this is recorded already, whoever said so, and the layer ruled out or not as the form says. */
function saysTheSame(state: IncidentState, given: LayerAnswerInput): boolean {
  const { rulesOut, ...said } = given;
  const standing = standingAnswer(state, given);
  if (!standing) return false;
  const isSame =
    standing.change === said.change &&
    standing.isSourceComplete === said.isSourceComplete &&
    standing.standsForAllQuestions === said.standsForAllQuestions &&
    standing.sentence === said.sentence &&
    standing.evidenceNumbers.join() === said.evidenceNumbers.join();
  const toSet = rulesOut ? strandsNotRuledOut(state, given) : takenBack(state, given);
  return isSame && toSet.length === 0;
}

function overClaim(state: IncidentState, input: AnswerLayersInput): Rejection | undefined {
  return input.answers.map((given) => refuseOverClaim(state, given)).find((one) => one);
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
