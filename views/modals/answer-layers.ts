import type { KnownBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import type { AnswerLayersInput, LayerAnswerInput } from "#src/domain/inputs.ts";
import { currentAnswer, verdictOf } from "#src/domain/layer-state.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";
import { changeStates, type ChangeState } from "#src/domain/vocabulary.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { context, header } from "#views/block-kit.ts";
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
import { type Values, textOf } from "#views/values.ts";
import { incidentLine, windowLine } from "#views/words.ts";
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

export interface AnswerLayersProps {
  state: IncidentState;
  /** The layers to answer for, one or several in one go; never empty. */
  layers: readonly LayerId[];
  presser: UserId;
}

/** A layer owner's answer, saved in half a minute: did this layer change or degrade near the window? (B2) */
export const answerLayersModal: Modal<AnswerLayersProps, AnswerLayersInput> = {
  callbackId: "answer-layers",

  render: ({ state, layers: asked, presser }) =>
    modalView("answer-layers", {
      title: asked.length > 1 ? "Answer for your layers" : "Answer for your layer",
      submit: "Save",
      hint: { incidentId: state.incident.id, layers: [...asked] },
      blocks: [
        context(incidentLine(state.incident), windowLine(state)),
        ...(asked.length > 1 ? [context("A layer that you leave blank is not saved.")] : []),
        ...asked.flatMap((layer) => layerBlocks(state, layer, asked.length > 1)),
        userInput("author", "Who says so?", { initial: presser }),
      ],
    }),

  parse(values, metadata) {
    const hint = hintOf(metadata);
    const asked = hint.layers ?? [];
    const answers: LayerAnswerInput[] = [];
    const errors: FieldErrors = {};
    for (const layer of asked) {
      if (asked.length > 1 && textOf(values, `change:${layer}`) === null) continue;
      const answer = parseLayer(layer, values);
      if (answer.ok) answers.push(answer.value);
      else Object.assign(errors, answer.error);
    }
    const [first] = asked;
    if (first && answers.length === 0 && Object.keys(errors).length === 0) {
      errors[`change:${first}`] = "Answer for at least one layer; “cannot tell” counts.";
    }
    const author = readFields(authorFields, values);
    if (!author.ok) Object.assign(errors, author.error);
    if (!author.ok || Object.keys(errors).length > 0) return err(errors);
    return ok({ incidentId: hint.incidentId, answers, author: author.value.author });
  },
};

const certainties = {
  source_complete: "Known for sure from a complete change record",
  all_questions: "This stands for all questions of the layer",
  rules_out: "I rule my layer out",
} as const;

/** Whoever cannot tell cannot rule out; a layer that changed may be ruled out by other evidence (R2). */
const cannotRuleOut: Partial<Record<ChangeState, string>> = {
  cannot_tell: "Where you cannot tell, the layer cannot be ruled out: take this tick out.",
};

function layerBlocks(state: IncidentState, layer: LayerId, isOneOfSeveral: boolean): KnownBlock[] {
  const { label, pins } = layers[layer];
  const strand = state.strands[0]?.number ?? 1;
  const answer = currentAnswer(state, strand, layer);
  const verdict = verdictOf(state, strand, layer)?.verdict;
  const isRuledOut = verdict === "cleared" || verdict === "not_applicable";
  const ticked = [
    ...(answer?.isSourceComplete ? ["source_complete"] : []),
    ...(answer?.standsForAllQuestions ? ["all_questions"] : []),
    ...(answer && isRuledOut ? ["rules_out"] : []),
  ];
  const items = evidenceChoices(state.evidence, answer?.evidenceNumbers, itemsPerLayer);
  const chosen = answer?.evidenceNumbers.map(String) ?? [];
  return [
    header(label),
    radioInput(
      `change:${layer}`,
      "Did this layer change or degrade near the window?",
      choicesOf(changeStates),
      {
        isOptional: isOneOfSeveral,
        initial: answer?.change ?? null,
        hint: `Look at: ${pins.join(", ")}.`,
      },
    ),
    checkboxesInput(`certainty:${layer}`, "How certain is that?", choicesOf(certainties), {
      isOptional: true,
      initial: ticked,
    }),
    textInput(`sentence:${layer}`, "In a sentence", {
      isOptional: true,
      initial: answer?.sentence ?? null,
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
            initial: answer?.strandNumbers?.map(String) ?? [],
            hint: "Leave it blank for all strands, later ones too.",
          }),
        ]
      : []),
  ];
}

/** Six menus of this many items stay well below the 250 KB that Slack takes for a form. */
const itemsPerLayer = 60;

function parseLayer(layer: LayerId, values: Values): Result<LayerAnswerInput, FieldErrors> {
  const fields = readFields(formFields, values, `:${layer}`);
  if (!fields.ok) return fields;
  const { change, certainty, sentence, evidence, strands } = fields.value;
  const rulesOut = certainty.includes("rules_out");
  const whyNot = rulesOut ? cannotRuleOut[change] : undefined;
  if (whyNot !== undefined) return err({ [`certainty:${layer}`]: whyNot });
  return ok({
    layer,
    strandNumbers: strands,
    change,
    isSourceComplete: certainty.includes("source_complete"),
    standsForAllQuestions: certainty.includes("all_questions"),
    rulesOut,
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
