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
import { nextBestQuestion } from "#src/domain/next-question.ts";
import type { NextQuestion } from "#src/domain/next-question/question.ts";
import { notHoldingWords } from "#src/domain/not-holding.ts";
import { patterns } from "#src/domain/patterns/index.ts";
import { patternLine } from "#src/domain/patterns/offered.ts";
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
import { questionButton, whoCanSay, whyNext } from "#views/messages/question.ts";
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

/** Every layer with what is known, what is missing and what was decided; the next best question on top (B3). */
export const checklistModal: Pick<Modal<ChecklistProps, never>, "callbackId" | "render"> = {
  callbackId: "checklist",

  render({ state, page: wanted, strandNumber }) {
    const next = nextStep(state);
    const strands = openStrandsFirst(state);
    const ofStrand = strands.findIndex(({ number }) => number === strandNumber);
    const at = wanted ?? Math.floor(Math.max(0, ofStrand) / strandsPerPage);
    const page = pageOf(strands, strandsPerPage, at);
    const rows = checklistRows(state, page.items);
    return modalView("checklist", {
      title: "Checklist",
      hint: { incidentId: state.incident.id, page: page.page },
      blocks: [
        section(next.sentence),
        ...(next.question ? questionDetails(state, next.question, "next") : []),
        context(incidentLine(state.incident), ...strandCount(state), ...protocol(state)),
        ...patternOffer(state),
        ...page.items.flatMap((strand) => [
          ...(strands.length > 1 ? strandHead(strand) : []),
          ...(strands.length > 1 ? strandQuestion(state, strand, next) : []),
          ...rows
            .filter((row) => row.strandNumber === strand.number)
            .flatMap((row) => layerBlocks(state, row)),
        ]),
        ...shortWay(state),
        ...pager("checklist", state.incident.id, page),
      ],
    });
  },
};

/** Where the symptoms are those of a known pattern: one line, and its own checklist behind a button. */
function patternOffer(state: IncidentState): KnownBlock[] {
  const offer = patternLine(state);
  const isOpen = state.strands.some(({ number }) => !isAttributed(state, number));
  if (!offer || !isOpen || state.incident.status !== "open") return [];
  const { pattern, sentence } = offer;
  const hint = encodeHint({ incidentId: state.incident.id, word: pattern });
  const spoken = `See the checklist of ${patterns[pattern].label}`;
  return [
    {
      ...section(sentence, "pattern-offer"),
      accessory: button("pattern", "See the checklist", hint, { spoken }),
    },
  ];
}

/** Who can say, why it is asked next, and the button that answers it. */
function questionDetails(
  state: IncidentState,
  question: NextQuestion,
  blockId: string,
): KnownBlock[] {
  const { actionId, label, hint } = questionButton(state, question);
  // the same press stands at its layer, under the layer's name
  const words = question.kind === "rule_out" ? "Rule it out" : label;
  return [
    context(whoCanSay(state, question), whyNext(question)),
    actions(blockId, [button(actionId, words, encodeHint(hint), { style: "primary" })]),
  ];
}

/** The strand's own question, where another one stands on top; a split is asked in its strand in any case (R10). */
function strandQuestion(
  state: IncidentState,
  { number }: Strand,
  { question: top }: NextStep,
): KnownBlock[] {
  const question = nextBestQuestion(state, number);
  const isOnTop = top?.id === question?.id && top?.strandNumber === number;
  if (!question || (isOnTop && question.kind !== "split")) return [];
  const { actionId, label, hint } = questionButton(state, question);
  // an answer and a press have their button in the row of their layer, right below
  const isInRow = question.kind === "answer" || question.kind === "rule_out";
  return [
    section(question.sentence, `question:S${number}`),
    ...(isInRow
      ? []
      : [actions(`question-button:S${number}`, [button(actionId, label, encodeHint(hint))])]),
  ];
}

/**
 * What is asked for scales with severity, what a claim needs does not (R9): below SEV2 there is a short way
 * out, from SEV2 on a replay or rates by cohort are wanted (`protocol`).
 */
function shortWay(state: IncidentState): KnownBlock[] {
  const { severity, id: incidentId } = state.incident;
  if (!isSearching(state) || severity === "SEV1" || severity === "SEV2") return [];
  const hint = encodeHint({ incidentId });
  return [
    context(
      `${severity} has a short way: one answer may stand for all questions of its layer. If finding out costs more than it is worth, close as undetermined, with an approver and one action that makes it visible the next time.`,
    ),
    actions("short-way", [
      button("add-action", "File an action", hint),
      button("close-incident", "Close incident", hint),
    ]),
  ];
}

/** Something is left to decide, and people may still do so. */
function isSearching(state: IncidentState): boolean {
  const { incident, strands } = state;
  return incident.status === "open" && !strands.every(({ number }) => isAttributed(state, number));
}

/** Three strands of 28 blocks, and eight around them, fit into the hundred of a modal. */
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
  if (!isSearching(state)) return [];
  const { severity } = state.incident;
  return [
    "It takes an answer for every layer to name the one that broke first, and then the opposing questions of that one layer: could it be something else?",
    ...(severity === "SEV1" || severity === "SEV2"
      ? [`At ${severity}, back what broke first with a replay or failure rates by cohort.`]
      : []),
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
function layerBlocks(state: IncidentState, row: ChecklistRow): KnownBlock[] {
  const { incident } = state;
  const fallen = row.notHolding ? mrkdwn`\n*${notHoldingWords(state, row.notHolding)}*` : mrkdwn``;
  const progress = progressOf(row);
  return [
    section(mrkdwn`${layerLine(row)}${fallen}`),
    ...(progress.length > 0 ? [context(...progress)] : []),
    ...(row.dissents.length > 0 ? [context(...dissentLines(row))] : []),
    ...(incident.status === "open"
      ? [actions(`layer:S${row.strandNumber}:${row.layer}`, buttons(incident, row))]
      : []),
  ];
}

function layerLine(row: ChecklistRow): Mrkdwn {
  const { layer, answer, verdict, isUndeterminable, owner, notHolding } = row;
  const label = mrkdwn`*${layers[layer].label}*`;
  const decided = verdict
    ? mrkdwn` *${verdictWords(verdict)}${notHolding ? ", which does not hold any more" : ""}*, says ${mention(verdict.author)}.`
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

/** How far it is from being named is only told of a layer that may still be what broke first. */
function progressOf(row: ChecklistRow): string[] {
  const { layer, answer, verdict, missing, contribution, meter } = row;
  const isNamed = verdict?.verdict === "proximate";
  const said =
    contribution === null ? [] : [`${isNamed ? "How it broke" : "Contributed"}: ${contribution}`];
  const { questions } = layers[layer];
  const asked =
    answer && !answer.standsForAllQuestions && answer.change !== "not_applicable"
      ? [`${row.questionsAnswered} of ${questions.length} questions of the layer answered.`]
      : [];
  const isDecided = verdict && !isNamed && verdict.verdict !== "implicated";
  if (isDecided || answer?.change === "not_applicable") return said;
  const left =
    meter.missing.length === 0
      ? `To name it, all ${meter.required} things are there.`
      : `To name it, ${meter.answered} of ${meter.required} things are there.`;
  // that nobody has answered, or what does not hold, stands in the line above
  const isSaid = row.state === "unexamined" || row.notHolding !== null;
  const first = missing === null || isSaid ? [] : [missing];
  return [...said, ...asked, left, ...first];
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

function buttons(incident: Incident, row: ChecklistRow): Button[] {
  const { layer, strandNumber } = row;
  const { label } = layers[layer];
  const hint = encodeHint({ incidentId: incident.id, strandNumber, layers: [layer] });
  const labelled = (actionId: string, text: string, spoken: string) =>
    button(actionId, text, hint, { spoken });
  return [
    row.answer
      ? labelled("answer-layers", "Correct the answer", `Correct the answer for ${label}`)
      : labelled("answer-layers", "Answer", `Answer for ${label}`),
    ...(row.answer
      ? [labelled("answer-questions", "Questions", `Answer the questions of ${label}`)]
      : []),
    labelled("answer-rows", "Opposing questions", `Opposing questions of ${label}`),
    labelled("set-verdict", "Set a verdict", `Set a verdict for ${label}`),
    ...(row.isClearable ? [button("clear-layer", `Rule out ${label}`, hint)] : []),
    ...(row.verdict
      ? [labelled("dissent", "Disagree", `Disagree with the verdict for ${label}`)]
      : []),
  ];
}
