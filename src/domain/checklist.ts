import { isClearable } from "./clear-layer.ts";
import { type DissentNow, dissentsAgainst } from "./dissent.ts";
import type { Answer } from "./evidence.ts";
import type { IncidentState, LayerOwner, Verdict } from "./incident.ts";
import { type LayerId, layerIds } from "./layers/index.ts";
import {
  currentAnswer,
  currentVerdicts,
  isUndeterminable,
  type LayerState,
  layerState,
  opposingRows,
  type OpposingRowState,
  verdictOf,
} from "./layer-state.ts";
import { closeMissing } from "./lifecycle.ts";
import { type Meter, meterOf } from "./meter.ts";
import { nextQuestion } from "./next-question.ts";
import type { NextQuestion } from "./next-question/question.ts";
import { type NotHolding, verdictsNotHolding } from "./not-holding.ts";
import type { Strand } from "./strand.ts";

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
  /** How far it is from being named proximate: what is required, and what of it is there. */
  meter: Meter;
  /** What of it is missing first, one sentence; null where nothing of the layer itself is. */
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
  /** One press rules it out: everything that it takes is on record (R2, R4, R10). */
  isClearable: boolean;
  /** Its verdict stands, and the rules would refuse it now; null where they would not. */
  notHolding: NotHolding | null;
}

/** The checklist of these strands (all of them, where none are named): one row a strand and layer, in the order people see them. */
export function checklistRows(
  state: IncidentState,
  strands: readonly Strand[] = state.strands,
): ChecklistRow[] {
  return strands.flatMap(({ number }) => {
    const fallen = verdictsNotHolding(state, number);
    return layerIds.map((layer): ChecklistRow => {
      const opposing = opposingRows(state, number, layer);
      const standing = currentVerdicts(state, number).filter((one) => one.layer === layer);
      const answer = currentAnswer(state, number, layer);
      const meter = meterOf(state, number, layer);
      return {
        strandNumber: number,
        layer,
        state: layerState(state, number, layer),
        answer,
        verdict: verdictOf(state, number, layer),
        contribution: standing.findLast((one) => one.contribution !== null)?.contribution ?? null,
        isUndeterminable: isUndeterminable(state, number, layer),
        meter,
        missing: missingSentence(state, number, layer, meter),
        opposing,
        opposingAnswered: opposing.filter((row) => row.isFilled).length,
        questionsAnswered: Object.keys(answer?.questionAnswers ?? {}).length,
        dissents: dissentsAgainst(state, number, layer),
        owner: state.owners.find((one) => one.layer === layer),
        isClearable: isClearable(state, number, layer),
        notHolding: fallen.find((one) => one.verdict.layer === layer) ?? null,
      };
    });
  });
}

function missingSentence(
  state: IncidentState,
  strandNumber: number,
  layer: LayerId,
  { missing }: Meter,
): string | null {
  if (layerState(state, strandNumber, layer) === "unexamined") return "Nobody has answered yet.";
  const part = missing.find(({ kind }) => kind !== "answer");
  switch (part?.kind) {
    case "row":
      return rowSentence(state, strandNumber, layer, part.row.id);
    case "evidence":
      return `Evidence is missing: ${part.why}`;
    case "clear":
      return `Still to record: ${part.need.words}.`;
    default:
      return null;
  }
}

function rowSentence(
  state: IncidentState,
  strandNumber: number,
  layer: LayerId,
  id: string,
): string | null {
  const one = opposingRows(state, strandNumber, layer).find(({ row }) => row.id === id);
  if (!one) return null;
  const { row, answer, isFilled } = one;
  const words = `“${row.question}”`;
  if (!answer) return `${words} has no answer yet.`;
  if (isFilled)
    return `${words} points to another layer, and nothing decisive speaks for this one.`;
  return `${words} has ${answer.evidenceNumbers.length === 0 ? "no evidence yet" : "only reports that nobody has verified"}.`;
}

/** The next best step, as one sentence, with the layer it is about. */
export interface NextStep {
  layer?: LayerId;
  strandNumber?: number;
  sentence: string;
  /** What is asked, as long as something is to be found out; the form or press that answers it. */
  question?: NextQuestion;
}

/**
 * What to do next: the best question of all strands (`next-question.ts`) as long as one is open, then whatever
 * else stands in the way of closing (B5). What would only make a verdict surer is asked in the checklist, and
 * keeps nobody from closing.
 */
export function nextStep(state: IncidentState): NextStep {
  if (state.incident.status !== "open") return { sentence: "The response has ended." };
  const question = nextQuestion(state);
  if (question) {
    const { layer, strandNumber, sentence } = question;
    return { ...(layer ? { layer } : {}), strandNumber, sentence, question };
  }
  const [first] = closeMissing(state);
  if (!first) return { sentence: "Nothing stands in the way: close the incident." };
  const layer = layerIds.find((id) => id === first.missing[0]);
  const sentence = `Next: ${first.sentence.charAt(0).toLowerCase()}${first.sentence.slice(1)}`;
  return layer ? { layer, sentence } : { sentence };
}
