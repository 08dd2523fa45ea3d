import type { Answer } from "./evidence.ts";
import { type DissentNow, dissentsAgainst } from "./dissent.ts";
import type { IncidentState, LayerOwner, Verdict } from "./incident.ts";
import { type LayerId, layerIds, layers } from "./layers/index.ts";
import {
  currentAnswer,
  currentVerdicts,
  isAttributed,
  isUndeterminable,
  type LayerState,
  layerState,
  openLayers,
  opposingRows,
  type OpposingRowState,
  supportingItems,
  verdictOf,
} from "./layer-state.ts";
import { closeMissing } from "./lifecycle.ts";

/** What the checklist shows of one layer of one strand. */
export interface ChecklistRow {
  strandNumber: number;
  layer: LayerId;
  state: LayerState;
  answer: Answer | undefined;
  /** What people decided; proximate where it stands beside a condition (B13.7). */
  verdict: Verdict | undefined;
  /** What the layer contributed, where a person said so (R7). */
  contribution: string | null;
  /** It cannot be determined (R6). */
  isUndeterminable: boolean;
  /** What is missing before this layer may be named proximate, one sentence; null where nothing is. */
  missing: string | null;
  /** The opposing questions of this layer, in table order (B3.2). */
  opposing: OpposingRowState[];
  /** How many of them are filled in; `opposing.length` are required (R9). */
  opposingAnswered: number;
  /** B2: how many questions of the layer have an answer of their own. */
  questionsAnswered: number;
  /** What was said against its verdict, oldest first. */
  dissents: DissentNow[];
  /** Who can answer for it; undefined where nobody is named. */
  owner: LayerOwner | undefined;
}

/** The checklist: one row a strand and layer, in the order people see them. */
export function checklistRows(state: IncidentState): ChecklistRow[] {
  return state.strands.flatMap((strand) =>
    layerIds.map((layer): ChecklistRow => {
      const opposing = opposingRows(state, strand.number, layer);
      const standing = currentVerdicts(state, strand.number).filter((one) => one.layer === layer);
      const answer = currentAnswer(state, strand.number, layer);
      return {
        strandNumber: strand.number,
        layer,
        state: layerState(state, strand.number, layer),
        answer,
        verdict: verdictOf(state, strand.number, layer),
        contribution: standing.findLast((one) => one.contribution !== null)?.contribution ?? null,
        isUndeterminable: isUndeterminable(state, strand.number, layer),
        missing: missingSentence(state, strand.number, layer, opposing),
        opposing,
        opposingAnswered: opposing.filter((row) => row.isFilled).length,
        questionsAnswered: Object.keys(answer?.questionAnswers ?? {}).length,
        dissents: dissentsAgainst(state, strand.number, layer),
        owner: state.owners.find((one) => one.layer === layer),
      };
    }),
  );
}

function missingSentence(
  state: IncidentState,
  strandNumber: number,
  layer: LayerId,
  opposing: OpposingRowState[],
): string | null {
  if (layerState(state, strandNumber, layer) === "unexamined") return "Nobody has answered yet.";
  const blank = opposing.find((row) => !row.isFilled);
  if (!blank) return null;
  return blank.answer
    ? `“${blank.row.question}” has ${blank.answer.evidenceNumbers.length === 0 ? "no evidence yet" : "only reports that nobody has verified"}.`
    : `“${blank.row.question}” has no answer yet.`;
}

/** The next best step, as one sentence, with the layer it is about. */
export interface NextStep {
  layer?: LayerId;
  strandNumber?: number;
  sentence: string;
}

/**
 * What to do next: an answer for every layer (R1), then what broke first with its opposing questions
 * (R9), then whatever else stands in the way of closing (B5).
 */
export function nextStep(state: IncidentState): NextStep {
  if (state.incident.status !== "open") return { sentence: "The response has ended." };
  for (const { number: strandNumber } of state.strands) {
    const [layer] = openLayers(state, strandNumber);
    if (layer) {
      const sentence = `Next: ask for an answer for ${layers[layer].label}${strandWords(state, strandNumber)}. “Cannot tell” counts.`;
      return { layer, strandNumber, sentence };
    }
  }
  const open = state.strands.find((strand) => !isAttributed(state, strand.number));
  if (open) return stepTowardsVerdict(state, open.number);
  const [first] = closeMissing(state);
  if (!first) return { sentence: "Nothing stands in the way: close the incident." };
  const layer = layerIds.find((id) => id === first.missing[0]);
  const sentence = `Next: ${first.sentence.charAt(0).toLowerCase()}${first.sentence.slice(1)}`;
  return layer ? { layer, sentence } : { sentence };
}

function stepTowardsVerdict(state: IncidentState, strandNumber: number): NextStep {
  const layer = likelyClaim(state, strandNumber);
  if (!layer) {
    return {
      strandNumber,
      sentence: `Next: every layer is answered, and nothing speaks for one yet${strandWords(state, strandNumber)}. Record evidence that supports or clears a layer.`,
    };
  }
  const label = `${layers[layer].label}${strandWords(state, strandNumber)}`;
  const rows = opposingRows(state, strandNumber, layer);
  const filled = rows.filter((row) => row.isFilled).length;
  const sentence =
    filled < rows.length
      ? `Next: ${label} has ${filled} of ${rows.length} opposing questions answered. Open the checklist and answer the rest.`
      : `Next: open the checklist and decide whether ${label} broke first.`;
  return { layer, strandNumber, sentence };
}

/** " in strand 2"; nothing where there is one strand. */
function strandWords({ strands }: IncidentState, strandNumber: number): string {
  return strands.length > 1 ? ` in strand ${strandNumber}` : "";
}

/** The layer that people are closest to claiming: most rows filled, then most support, then a change. */
function likelyClaim(state: IncidentState, strandNumber: number): LayerId | undefined {
  const open = layerIds.filter((layer) => !isRuledOut(state, strandNumber, layer));
  const candidates = open.map((layer) => {
    const change = currentAnswer(state, strandNumber, layer)?.change;
    return {
      layer,
      weights: [
        opposingRows(state, strandNumber, layer).filter((row) => row.isFilled).length,
        supportingItems(state, strandNumber, layer).length,
        change === "changed" || change === "degraded" ? 1 : 0,
      ],
    };
  });
  const [best] = candidates
    .filter(({ weights }) => weights.some((weight) => weight > 0))
    .toSorted((a, b) => compareWeights(b.weights, a.weights));
  return best?.layer;
}

/** What somebody has ruled out is not what they are about to claim. */
function isRuledOut(state: IncidentState, strandNumber: number, layer: LayerId): boolean {
  const verdict = verdictOf(state, strandNumber, layer)?.verdict;
  return verdict === "cleared" || verdict === "not_applicable";
}

function compareWeights(a: number[], b: number[]): number {
  const index = a.findIndex((weight, at) => weight !== b[at]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
