import type { KnownBlock } from "@slack/types";
import type { Answer } from "#src/domain/evidence.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { AnswerLayersInput, LayerAnswerInput } from "#src/domain/inputs.ts";
import { currentAnswer, verdictOf } from "#src/domain/layer-state.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import { blankPrint, printOfAnswer, printOfText, type Shown } from "#src/domain/meanwhile.ts";
import type { UserId } from "#src/domain/person.ts";
import { changeStates, type ChangeState } from "#src/domain/vocabulary.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { context, header, mention, type Mrkdwn, mrkdwn, oneLine } from "#views/block-kit.ts";
import type { Hint } from "#views/hint.ts";
import {
  checkboxesInput,
  choicesOf,
  modalView,
  multiSelectInput,
  radioInput,
  textInput,
  userInput,
} from "#views/inputs.ts";
import type { FieldErrors, Modal } from "#views/modal.ts";
import { listOf, type Values, textOf } from "#views/values.ts";
import { answerWords, incidentLine, windowLine } from "#views/words.ts";
import { draftOf, ledgerLines } from "./answer-draft.ts";
import { evidenceChoices, strandChoices } from "./choices.ts";
import {
  fieldLimits,
  hintOf,
  keysOf,
  oneOf,
  optionalText,
  fieldsOf,
  readFields,
  requiredUser,
  someNumbers,
  someOf,
  strandsOrAll,
} from "./fields.ts";
import { drawnAnew, meanwhileBlocks, type Overtaken } from "./meanwhile-blocks.ts";

export interface AnswerLayersProps {
  state: IncidentState;
  /** The layers to answer for, one or several in one go; never empty. */
  layers: readonly LayerId[];
  presser: UserId;
  /** The strand whose answer is shown; the first one, unless another was pressed. */
  strandNumber?: number | undefined;
  /** Set where somebody else has answered since the form was drawn. */
  overtaken?: Overtaken;
}

/** A layer owner's answer, saved in half a minute: did this layer change or degrade near the window? (B2) */
export const answerLayersModal: Modal<AnswerLayersProps, AnswerLayersInput> = {
  callbackId: "answer-layers",

  render({ state, layers: asked, presser, strandNumber, overtaken }) {
    const isOnly = asked.length === 1;
    const shown = asked.map((layer) => shownAnswer(state, layer, { isOnly, strandNumber }));
    const seenSequence = state.lastSequence;
    const view = modalView("answer-layers", {
      title: asked.length > 1 ? "Answer for your layers" : "Answer for your layer",
      submit: "Save",
      hint: {
        incidentId: state.incident.id,
        layers: [...asked],
        ...(strandNumber === undefined ? {} : { strandNumber }),
        seenSequence,
        word: shown.map((one) => one.print).join("."),
        ...draftsOf(shown),
      },
      blocks: [
        ...meanwhileBlocks(overtaken?.changes),
        context(
          incidentLine(state.incident),
          windowLine(state, strandNumber),
          "Your answer is shown in the channel under your name; you can correct it later.",
        ),
        ...(asked.length > 1 ? [context("A layer that you leave blank is not saved.")] : []),
        ...shown.flatMap((one) =>
          layerBlocks(state, one, {
            isOneOfSeveral: !isOnly,
            typed: typedBefore(one.layer, overtaken),
          }),
        ),
        userInput("author", "Who says so?", {
          initial: (overtaken && textOf(overtaken.values, "author")) ?? presser,
        }),
      ],
    });
    return overtaken ? drawnAnew(view, seenSequence) : view;
  },

  parse(values, metadata) {
    const hint = hintOf(metadata);
    const asked = hint.layers ?? [];
    const answers: LayerAnswerInput[] = [];
    const errors: FieldErrors = {};
    const prints = hint.word?.split(".") ?? [];
    for (const [index, layer] of asked.entries()) {
      if (asked.length > 1 && textOf(values, `change:${layer}`) === null) continue;
      const answer = parseLayer(layer, values);
      const seen = prints[index];
      if (answer.ok) {
        const said = withoutDraft(answer.value, hint.shown);
        answers.push({ ...said, ...(seen === undefined ? {} : { seen }) });
      }
      if (!answer.ok) Object.assign(errors, answer.error);
    }
    const [first] = asked;
    if (first && answers.length === 0 && Object.keys(errors).length === 0) {
      errors[`change:${first}`] = "Answer for at least one layer; “cannot tell” counts.";
    }
    const author = readFields(authorFields, values);
    if (!author.ok) Object.assign(errors, author.error);
    if (!author.ok || Object.keys(errors).length > 0) return err(errors);
    return ok({
      incidentId: hint.incidentId,
      answers,
      author: author.value.author,
      ...(hint.seenSequence === undefined ? {} : { seenSequence: hint.seenSequence }),
    });
  },
};

const certainties = {
  source_complete: "Known for sure from a complete change record",
  all_questions: "This stands for all questions of the layer",
  rules_out: "I rule my layer out",
  undeterminable: "Nobody will be able to tell",
} as const;

/**
 * Whoever cannot tell cannot rule out; a layer that changed may be ruled out by other evidence (R2).
 * Beyond telling is a layer whose answer is "cannot tell", or "no change" that nobody knows for sure (R4).
 */
function wrongTicks(
  change: ChangeState,
  ticked: { isSourceComplete: boolean; isBeyondTelling: boolean; rulesOut: boolean },
): string | undefined {
  const { isSourceComplete, isBeyondTelling, rulesOut } = ticked;
  if (rulesOut && change === "cannot_tell") {
    return "Where you cannot tell, the layer cannot be ruled out: take this tick out.";
  }
  if (!isBeyondTelling) return undefined;
  if (rulesOut) return "A layer is ruled out, or nobody can tell. Take one of the two ticks out.";
  const isBlocked = change === "cannot_tell" || (change === "no_change" && !isSourceComplete);
  return isBlocked
    ? undefined
    : "“Nobody will be able to tell” goes with “cannot tell”, or with “no change” that is not known for sure. Take this tick out.";
}

/** What is recorded of one layer, as the form shows it. */
interface ShownAnswer {
  layer: LayerId;
  answer: Answer | undefined;
  given: Omit<LayerAnswerInput, "layer" | "change"> & { change: ChangeState | null };
  /** Filled in from the ledger: nobody has answered. */
  isDrafted: boolean;
  /** Tells, when the form comes back, whether anybody touched this layer in it. */
  print: string;
}

function shownAnswer(
  state: IncidentState,
  layer: LayerId,
  options: { isOnly: boolean; strandNumber: number | undefined },
): ShownAnswer {
  const strandNumber = options.strandNumber ?? state.strands[0]?.number ?? 1;
  const answer = currentAnswer(state, strandNumber, layer);
  const verdict = verdictOf(state, strandNumber, layer)?.verdict;
  const hasOthers = state.answers.some((one) => one.layer === layer);
  const draft = hasOthers ? null : draftOf(state, layer, options);
  const given = {
    change: answer?.change ?? draft?.change ?? null,
    // answers for other strands alone are left as they are by one for this strand
    strandNumbers: answer ? answer.strandNumbers : hasOthers ? [strandNumber] : null,
    isSourceComplete: answer?.isSourceComplete ?? draft?.isSourceComplete ?? false,
    standsForAllQuestions: answer?.standsForAllQuestions ?? false,
    rulesOut: answer !== undefined && (verdict === "cleared" || verdict === "not_applicable"),
    isBeyondTelling: answer !== undefined && verdict === "undeterminable",
    sentence: answer ? answer.sentence : (draft?.sentence ?? null),
    evidenceNumbers: answer?.evidenceNumbers ?? [],
  };
  return {
    layer,
    answer,
    given,
    isDrafted: draft?.sentence != null,
    // what is filled in from the ledger counts as blank: nobody has said it
    print: answer ? printOfAnswer({ ...given, change: answer.change }) : blankPrint,
  };
}

/** Which sentences were filled in from the ledger, as a print of each. */
function draftsOf(shown: readonly ShownAnswer[]): Pick<Hint, "shown"> {
  const drafted = shown.filter(({ isDrafted }) => isDrafted);
  if (drafted.length === 0) return {};
  const print = ({ layer, given }: ShownAnswer) => [
    `draft:${layer}`,
    printOfText(given.sentence ?? ""),
  ];
  return { shown: Object.fromEntries(drafted.map(print)) };
}

/** What the ledger says of a change is no sentence of somebody who answers that nothing changed. */
function withoutDraft(given: LayerAnswerInput, shown: Shown = {}): LayerAnswerInput {
  const isChange = given.change === "changed" || given.change === "degraded";
  const isDraft = shown[`draft:${given.layer}`] === printOfText(given.sentence ?? "");
  return isDraft && !isChange ? { ...given, sentence: null } : given;
}

/** What somebody had filled in for a layer before the form was overtaken; undefined where nobody touched it. */
function typedBefore(layer: LayerId, overtaken: Overtaken | undefined): Values | undefined {
  if (!overtaken) return undefined;
  const { values, metadata } = overtaken;
  const hint = hintOf(metadata);
  const seen = hint.word?.split(".")[hint.layers?.indexOf(layer) ?? -1];
  const parsed = parseLayer(layer, values);
  const isUntouched = parsed.ok
    ? printOfAnswer(parsed.value) === seen
    : seen === blankPrint && textOf(values, `change:${layer}`) === null;
  return isUntouched ? undefined : values;
}

function layerBlocks(
  state: IncidentState,
  { layer, answer, given, isDrafted }: ShownAnswer,
  { isOneOfSeveral, typed }: { isOneOfSeveral: boolean; typed: Values | undefined },
): KnownBlock[] {
  const { label, pins, questions } = layers[layer];
  const ticked = [
    ...(given.isSourceComplete ? ["source_complete"] : []),
    ...(given.standsForAllQuestions ? ["all_questions"] : []),
    ...(given.rulesOut ? ["rules_out"] : []),
    ...(given.isBeyondTelling ? ["undeterminable"] : []),
  ];
  const inField = (field: string, recorded: string | null) =>
    typed ? textOf(typed, `${field}:${layer}`) : recorded;
  const inList = (field: string, recorded: readonly string[]) =>
    typed ? listOf(typed, `${field}:${layer}`) : recorded;
  const chosen = inList("evidence", given.evidenceNumbers.map(String));
  const items = evidenceChoices(
    state.evidence,
    chosen.map(Number),
    state.strands.length > 20 ? itemsPerLayer / 2 : itemsPerLayer,
  );
  return [
    header(label),
    ...(typed && answer ? [context(nowRecorded(answer))] : []),
    ...ledgerLines(state, layer, { isDrafted, isOnly: !isOneOfSeveral }),
    radioInput(
      `change:${layer}`,
      "Did this layer change or degrade near the window?",
      choicesOf(changeStates),
      {
        isOptional: isOneOfSeveral,
        initial: inField("change", given.change),
        hint: `Look at: ${pins.join(", ")}.`,
      },
    ),
    checkboxesInput(`certainty:${layer}`, "How certain is that?", choicesOf(certainties), {
      isOptional: true,
      initial: inList("certainty", ticked),
      hint: `The layer has ${questions.length} questions, offered after you save. To rule it out, all of them need an answer, and one item of evidence has to rule it out: a report or a recollection is not enough.`,
    }),
    textInput(`sentence:${layer}`, "In a sentence", {
      isOptional: true,
      placeholder: "Rebuilt on Friday at 14:00; nothing else was touched",
      initial: inField("sentence", given.sentence),
    }),
    ...(items.length > 0
      ? [
          multiSelectInput(`evidence:${layer}`, "Evidence for it", items, {
            isOptional: true,
            initial: chosen,
          }),
        ]
      : []),
    ...(state.strands.length > 1
      ? [
          multiSelectInput(`strands:${layer}`, "For which strands?", strandChoices(state.strands), {
            isOptional: true,
            initial: inList("strands", given.strandNumbers?.map(String) ?? []),
            hint: "Leave it blank for all strands, later ones too.",
          }),
        ]
      : []),
  ];
}

/** What somebody else said meanwhile, beside what was typed. */
function nowRecorded(answer: Answer): Mrkdwn {
  const said = answer.sentence === null ? "" : ` “${oneLine(answer.sentence, 300)}”`;
  return mrkdwn`Recorded now: ${answerWords(answer)}, says ${mention(answer.author)}.${said}`;
}

/** Six menus of this many items, or of half as many and a hundred strands, stay below the 250 KB that Slack takes for a form. */
const itemsPerLayer = 60;

function parseLayer(layer: LayerId, values: Values): Result<LayerAnswerInput, FieldErrors> {
  const fields = readFields(formFields, values, `:${layer}`);
  if (!fields.ok) return fields;
  const { change, certainty, sentence, evidence, strands } = fields.value;
  const isSourceComplete = certainty.includes("source_complete");
  const isBeyondTelling = certainty.includes("undeterminable");
  const rulesOut = certainty.includes("rules_out");
  const whyNot = wrongTicks(change, { isSourceComplete, isBeyondTelling, rulesOut });
  if (whyNot !== undefined) return err({ [`certainty:${layer}`]: whyNot });
  return ok({
    layer,
    strandNumbers: strands,
    change,
    isSourceComplete,
    standsForAllQuestions: certainty.includes("all_questions"),
    rulesOut,
    isBeyondTelling,
    sentence,
    evidenceNumbers: evidence,
  });
}

// built once: a form is parsed while Slack waits
const authorFields = fieldsOf({ author: requiredUser("Choose who says so.") });
const formFields = fieldsOf({
  change: oneOf(keysOf(changeStates), "Choose an answer; “cannot tell” counts."),
  certainty: someOf(keysOf(certainties)),
  sentence: optionalText(fieldLimits.sentence),
  evidence: someNumbers(),
  strands: strandsOrAll(),
});
