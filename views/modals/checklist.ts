import type { Button, KnownBlock } from "@slack/types";
import {
  type ChecklistRow,
  checklistRows,
  type NextStep,
  nextStep,
} from "#src/domain/checklist.ts";
import type { Incident, IncidentState } from "#src/domain/incident.ts";
import { isAttributed } from "#src/domain/layer-state.ts";
import { layers } from "#src/domain/layers/index.ts";
import type { Strand } from "#src/domain/strand.ts";
import { actions, button, context, header, mrkdwn, mention, section } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { modalView } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { answerWords, countOf, incidentLine, verdictWords } from "#views/words.ts";

export interface ChecklistProps {
  state: IncidentState;
}

/** Every layer with what is known, what is missing and what was decided; the next step on top (B3). */
export const checklistModal: Pick<Modal<ChecklistProps, never>, "callbackId" | "render"> = {
  callbackId: "checklist",

  render({ state }) {
    const next = nextStep(state);
    const rows = checklistRows(state);
    const strands = openStrandsFirst(state);
    const shown = strands.slice(0, strandsAtMost);
    return modalView("checklist", {
      title: "Checklist",
      hint: { incidentId: state.incident.id },
      blocks: [
        section(nextWords(next, rows)),
        context(incidentLine(state.incident)),
        ...shown.flatMap((strand) => [
          ...(strands.length > 1 ? [header(`Strand ${strand.number}: ${strand.name}`)] : []),
          ...rows
            .filter((row) => row.strandNumber === strand.number)
            .flatMap((row) => layerBlocks(state.incident, row, next)),
        ]),
        ...(strands.length > shown.length
          ? [context(`And ${countOf(strands.length - shown.length, "more strand")}.`)]
          : []),
      ],
    });
  },
};

/** The next step as it reads to somebody who has the checklist open already. */
function nextWords(next: NextStep, rows: readonly ChecklistRow[]): string {
  const row = rows.find(
    (one) => one.layer === next.layer && one.strandNumber === next.strandNumber,
  );
  if (!row || row.state === "unexamined") return next.sentence;
  const { label } = layers[row.layer];
  const left = row.opposing.length - row.opposingAnswered;
  return left > 0
    ? `Next: answer the opposing questions of ${label}; ${left} of ${row.opposing.length} are left.`
    : `Next: decide whether ${label} broke first.`;
}

/** Five strands of nineteen blocks fit into the hundred of a modal. */
const strandsAtMost = 5;

function openStrandsFirst(state: IncidentState): Strand[] {
  const isDone = (strand: Strand) => Number(isAttributed(state, strand.number));
  return state.strands.toSorted((a, b) => isDone(a) - isDone(b) || a.number - b.number);
}

function layerBlocks(incident: Incident, row: ChecklistRow, next: NextStep): KnownBlock[] {
  const progress = progressOf(row);
  return [
    section(layerLine(row)),
    ...(progress.length > 0 ? [context(...progress)] : []),
    ...(incident.status === "open"
      ? [actions(`layer:S${row.strandNumber}:${row.layer}`, buttons(incident, row, next))]
      : []),
  ];
}

function layerLine({ layer, answer, verdict, isUndeterminable }: ChecklistRow) {
  const label = mrkdwn`*${layers[layer].label}*`;
  const decided = verdict
    ? mrkdwn` *${verdictWords(verdict)}*, says ${mention(verdict.author)}.`
    : isUndeterminable
      ? mrkdwn` It cannot be told as things stand.`
      : mrkdwn``;
  if (!answer) return mrkdwn`${label}: not answered yet.${decided}`;
  return mrkdwn`${label}: ${answerWords(answer)}, says ${mention(answer.author)}.${decided}`;
}

/** What is missing is only told of a layer that may still be named as what broke first. */
function progressOf(row: ChecklistRow): string[] {
  const { verdict, missing, opposing, opposingAnswered, contribution } = row;
  const said = contribution === null ? [] : [`Contributed: ${contribution}`];
  const isDecided = verdict && verdict.verdict !== "proximate" && verdict.verdict !== "implicated";
  if (row.state === "unexamined" || isDecided) return said;
  return [
    ...said,
    `${opposingAnswered} of ${opposing.length} opposing questions answered.`,
    ...(missing === null ? [] : [missing]),
  ];
}

function buttons(incident: Incident, row: ChecklistRow, next: NextStep): Button[] {
  const { layer, strandNumber } = row;
  const { label } = layers[layer];
  const hint = encodeHint({ incidentId: incident.id, strandNumber, layers: [layer] });
  const isNext = next.layer === layer && (next.strandNumber ?? strandNumber) === strandNumber;
  const best = isNext ? bestButton(row) : undefined;
  const style = (actionId: string) => (actionId === best ? ("primary" as const) : undefined);
  return [
    button("answer-layers", row.answer ? "Correct the answer" : "Answer", hint, {
      style: style("answer-layers"),
      spoken: `${row.answer ? "Correct the answer" : "Answer"} for ${label}`,
    }),
    button("answer-rows", "Opposing questions", hint, {
      style: style("answer-rows"),
      spoken: `Opposing questions of ${label}`,
    }),
    button("set-verdict", "Set a verdict", hint, {
      style: style("set-verdict"),
      spoken: `Set a verdict for ${label}`,
    }),
  ];
}

function bestButton(row: ChecklistRow): string {
  if (row.state === "unexamined") return "answer-layers";
  return row.opposingAnswered < row.opposing.length ? "answer-rows" : "set-verdict";
}
