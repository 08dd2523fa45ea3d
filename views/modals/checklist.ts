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
import {
  actions,
  button,
  context,
  header,
  limits,
  mrkdwn,
  mention,
  type Mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { modalView } from "#views/inputs.ts";
import { ownerWords } from "#views/messages/board.ts";
import type { Modal } from "#views/modal.ts";
import { answerWords, countOf, incidentLine, sliceWords, verdictWords } from "#views/words.ts";
import { pageOf, pager } from "./pages.ts";

export interface ChecklistProps {
  state: IncidentState;
  /** From 0. */
  page?: number | undefined;
  /** Shows the page of this strand instead: the one that was pressed, or just changed. */
  strandNumber?: number | undefined;
}

/** Every layer with what is known, what is missing and what was decided; the next step on top (B3). */
export const checklistModal: Pick<Modal<ChecklistProps, never>, "callbackId" | "render"> = {
  callbackId: "checklist",

  render({ state, page: wanted, strandNumber }) {
    const next = nextStep(state);
    const rows = checklistRows(state);
    const strands = openStrandsFirst(state);
    const ofStrand = strands.findIndex(({ number }) => number === strandNumber);
    const at = wanted ?? Math.floor(Math.max(0, ofStrand) / strandsPerPage);
    const page = pageOf(strands, strandsPerPage, at);
    return modalView("checklist", {
      title: "Checklist",
      hint: { incidentId: state.incident.id, page: page.page },
      blocks: [
        section(nextWords(next, rows)),
        context(incidentLine(state.incident), ...strandCount(state), ...protocol(state)),
        ...page.items.flatMap((strand) => [
          ...(strands.length > 1 ? strandHead(strand) : []),
          ...rows
            .filter((row) => row.strandNumber === strand.number)
            .flatMap((row) => layerBlocks(state.incident, row, next)),
        ]),
        ...pager("checklist", state.incident.id, page),
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

/** Three strands of 26 blocks, and four around them, fit into the hundred of a modal. */
const strandsPerPage = 3;

function openStrandsFirst(state: IncidentState): Strand[] {
  const isDone = (strand: Strand) => Number(isAttributed(state, strand.number));
  return state.strands.toSorted((a, b) => isDone(a) - isDone(b) || a.number - b.number);
}

function strandCount(state: IncidentState): string[] {
  const open = state.strands.filter((strand) => !isAttributed(state, strand.number)).length;
  if (state.strands.length === 1) return [];
  const undecided = open === 0 ? "all decided" : `${open} of them not decided, shown first`;
  return [`${countOf(state.strands.length, "strand")}, ${undecided}.`];
}

/** What it takes, as long as something is left to decide (R1, R9). */
function protocol(state: IncidentState): string[] {
  if (state.strands.every(({ number }) => isAttributed(state, number))) return [];
  return [
    "It takes an answer for every layer to name the one that broke first, and then the opposing questions of that one layer: could it be something else?",
  ];
}

function strandHead({ number, name, slice }: Strand): KnownBlock[] {
  const where = sliceWords(slice);
  return [
    header(`Strand ${number}: ${name}`),
    ...(where === "" ? [] : [context(`Only ${where}.`)]),
  ];
}

/** At most four blocks for each layer. */
function layerBlocks(incident: Incident, row: ChecklistRow, next: NextStep): KnownBlock[] {
  const progress = progressOf(row);
  return [
    section(layerLine(row)),
    ...(progress.length > 0 ? [context(...progress)] : []),
    ...(row.dissents.length > 0 ? [context(...dissentLines(row))] : []),
    ...(incident.status === "open"
      ? [actions(`layer:S${row.strandNumber}:${row.layer}`, buttons(incident, row, next))]
      : []),
  ];
}

function layerLine({ layer, answer, verdict, isUndeterminable, owner }: ChecklistRow): Mrkdwn {
  const label = mrkdwn`*${layers[layer].label}*`;
  const decided = verdict
    ? mrkdwn` *${verdictWords(verdict)}*, says ${mention(verdict.author)}.`
    : isUndeterminable
      ? mrkdwn` It cannot be told as things stand.`
      : mrkdwn``;
  if (answer) {
    return mrkdwn`${label}: ${answerWords(answer)}, says ${mention(answer.author)}.${decided}`;
  }
  const isNamed = Boolean(owner?.takenBy ?? owner?.userId ?? owner?.groupId);
  const who = isNamed ? mrkdwn`${ownerWords(owner)} can answer` : mrkdwn`whoever knows may answer`;
  return mrkdwn`${label}: not answered yet, ${who}.${decided}`;
}

/** What is missing is only told of a layer that may still be named as what broke first. */
function progressOf(row: ChecklistRow): string[] {
  const { layer, answer, verdict, missing, opposing, opposingAnswered, contribution } = row;
  const said = contribution === null ? [] : [`Contributed: ${contribution}`];
  const { questions } = layers[layer];
  const asked =
    answer && !answer.standsForAllQuestions && answer.change !== "not_applicable"
      ? [`${row.questionsAnswered} of ${questions.length} questions of the layer answered.`]
      : [];
  const isDecided = verdict && verdict.verdict !== "proximate" && verdict.verdict !== "implicated";
  if (row.state === "unexamined" || isDecided) return said;
  return [
    ...said,
    ...asked,
    `${opposingAnswered} of ${opposing.length} opposing questions answered.`,
    ...(missing === null ? [] : [missing]),
  ];
}

/** The newest disagreements, whole; with many of them, how many there are besides. */
function dissentLines({ dissents }: ChecklistRow): Mrkdwn[] {
  const shown = dissents.slice(-dissentsAtMost);
  const more = dissents.length - shown.length;
  return [
    ...shown.map(
      ({ author, statement, isOfEarlierVerdict }) =>
        mrkdwn`${mention(author)} ${isOfEarlierVerdict ? "disagreed with an earlier verdict" : "disagrees"}: ${oneLine(statement, limits.contextText / 2)}`,
    ),
    ...(more > 0 ? [mrkdwn`And ${countOf(more, "earlier disagreement")}, in the timeline.`] : []),
  ];
}

const dissentsAtMost = 3;

function buttons(incident: Incident, row: ChecklistRow, next: NextStep): Button[] {
  const { layer, strandNumber } = row;
  const { label } = layers[layer];
  const hint = encodeHint({ incidentId: incident.id, strandNumber, layers: [layer] });
  const isNext = next.layer === layer && (next.strandNumber ?? strandNumber) === strandNumber;
  const best = isNext ? bestButton(row) : undefined;
  const labelled = (actionId: string, text: string, spoken: string) =>
    button(actionId, text, hint, {
      style: actionId === best ? ("primary" as const) : undefined,
      spoken,
    });
  return [
    row.answer
      ? labelled("answer-layers", "Correct the answer", `Correct the answer for ${label}`)
      : labelled("answer-layers", "Answer", `Answer for ${label}`),
    ...(row.answer
      ? [labelled("answer-questions", "Questions", `Answer the questions of ${label}`)]
      : []),
    labelled("answer-rows", "Opposing questions", `Opposing questions of ${label}`),
    labelled("set-verdict", "Set a verdict", `Set a verdict for ${label}`),
    ...(row.verdict
      ? [labelled("dissent", "Disagree", `Disagree with the verdict for ${label}`)]
      : []),
  ];
}

function bestButton(row: ChecklistRow): string {
  if (row.state === "unexamined") return "answer-layers";
  return row.opposingAnswered < row.opposing.length ? "answer-rows" : "set-verdict";
}
