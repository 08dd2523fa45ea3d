import { isClearable } from "./clear-layer.ts";
import type { IncidentState } from "./incident.ts";
import { isAttributed, openLayers, supportingItems } from "./layer-state.ts";
import { layers } from "./layers/index.ts";
import { likelyClaim, openPossibilities } from "./next-question/possibilities.ts";
import {
  type Asking,
  efforts,
  isOpen,
  type NextQuestion,
  question,
  strandWords,
} from "./next-question/question.ts";
import { questionsTowards, reverseQuestion } from "./next-question/towards-claim.ts";
import { oncePerState } from "./once-per-state.ts";
import { splitSuggestion } from "./split.ts";

/**
 * The next best question of a strand: the one that removes the most open possibilities for the least effort.
 * Open possibilities are the layers that are not ruled out, not applicable or undeterminable. An unanswered
 * split comes first, since nothing is admissible before it (R10); then what removes most for each minute of
 * `efforts`; then the smaller effort; then the order of layers and rows. An answer removes its own layer, a row
 * or a clear the layer that it asks about, decisive evidence and the verdict all layers but the one they
 * speak for. What a claim needs is the same at every severity (R9); at SEV1 and SEV2 a claim that two supporting
 * items carry is asked for a replay or cohorts first. Undefined where nothing is asked: the response is
 * over, the strand is parked, or what broke first is named and nothing is left to ask.
 */
export const nextBestQuestion = oncePerState(
  (state, strandNumber: number): NextQuestion | undefined => {
    if (!isAsked(state, strandNumber)) return undefined;
    const about = asking(state, strandNumber);
    return splitQuestion(about) ?? candidatesOf(about).toSorted(compareQuestions)[0];
  },
);

/**
 * The best of the questions of all strands, by the same rule; undefined where nothing is asked. What would
 * only make a verdict surer is left out: it is asked of its strand, and keeps nobody from going on.
 */
export const nextQuestion = oncePerState((state): NextQuestion | undefined => {
  const numbers = state.strands.map(({ number }) => number);
  const split = numbers.find((one) => isAsked(state, one) && splitSuggestion(state, one));
  if (split !== undefined) return nextBestQuestion(state, split);
  return numbers
    .flatMap((one) => nextBestQuestion(state, one) ?? [])
    .filter(({ kind }) => kind !== "reverse")
    .toSorted(compareQuestions)[0];
});

function isAsked({ incident, strands }: IncidentState, strandNumber: number): boolean {
  const strand = strands.find(({ number }) => number === strandNumber);
  return incident.status === "open" && strand !== undefined && strand.parkedWhy === null;
}

function compareQuestions(a: NextQuestion, b: NextQuestion): number {
  const isSplit = (one: NextQuestion) => Number(one.kind === "split");
  const minutes = (one: NextQuestion) => efforts[one.kind].minutes;
  const gain = (one: NextQuestion) => one.removes / minutes(one);
  return isSplit(b) - isSplit(a) || gain(b) - gain(a) || minutes(a) - minutes(b);
}

function asking(state: IncidentState, strandNumber: number): Asking {
  const open = openPossibilities(state, strandNumber);
  return { state, strandNumber, open, where: strandWords(state, strandNumber) };
}

function candidatesOf(about: Asking): NextQuestion[] {
  const { state, strandNumber } = about;
  const first = answerQuestions(about);
  if (isAttributed(state, strandNumber)) return [...first, ...reverseQuestion(about)];
  const layer = likelyClaim(state, strandNumber);
  const found = [
    ...first,
    ...ruleOutQuestions(about),
    ...(layer ? questionsTowards(about, layer) : []),
  ];
  return found.length > 0 ? found : [lastQuestion(about)];
}

function splitQuestion(about: Asking): NextQuestion | undefined {
  const suggestion = splitSuggestion(about.state, about.strandNumber);
  if (!suggestion) return undefined;
  const sentence = `Next: say whether ${about.where === "" ? "this" : `strand ${about.strandNumber}`} is one failure or more: ${suggestion.sentence} Until then no verdict can be set.`;
  const opens = { formId: "answer-split", label: "One failure or more?", layers: [] };
  return question(about, { id: "split", kind: "split", sentence, removes: 0, opens });
}

function answerQuestions(about: Asking): NextQuestion[] {
  const { state, strandNumber, where } = about;
  return openLayers(state, strandNumber).map((layer) => {
    const { label } = layers[layer];
    return question(about, {
      id: `answer:${layer}`,
      kind: "answer",
      layer,
      asks: layer,
      sentence: `Next: ask for an answer for ${label}${where}. “Cannot tell” counts.`,
      removes: isOpen(about, layer),
      opens: { formId: "answer-layers", label: `Answer: ${label}`, layers: [layer] },
    });
  });
}

/** Only where nothing speaks for the layer: what one press does must not hide what was found. */
function ruleOutQuestions(about: Asking): NextQuestion[] {
  const { state, strandNumber, open, where } = about;
  return open
    .filter((layer) => supportingItems(state, strandNumber, layer).length === 0)
    .filter((layer) => isClearable(state, strandNumber, layer))
    .map((layer) => {
      const { label } = layers[layer];
      return question(about, {
        id: `rule_out:${layer}`,
        kind: "rule_out",
        layer,
        asks: layer,
        sentence: `Next: ${label}${where} can be ruled out with one press. It is answered, and evidence rules it out.`,
        removes: 1,
        opens: { formId: "clear-layer", label: `Rule out ${label}`, layers: [layer] },
      });
    });
}

/** Every layer is answered, and nothing on record leads further. */
function lastQuestion(about: Asking): NextQuestion {
  const { open, where } = about;
  if (open.length === 0) {
    return question(about, {
      id: "undetermined",
      kind: "last",
      sentence: `Next: every layer is ruled out or cannot be determined${where}. Look again at what was ruled out, or close as undetermined with an action that makes it visible the next time.`,
      removes: 0,
      opens: { formId: "close-incident", label: "Close as undetermined", layers: [] },
    });
  }
  return question(about, {
    id: "evidence",
    kind: "evidence",
    sentence: `Next: every layer is answered, and nothing speaks for one yet${where}. Record evidence that supports or clears a layer.`,
    removes: 1,
    opens: { formId: "add-evidence", label: "Add evidence", layers: [] },
  });
}
