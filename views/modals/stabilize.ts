import type { KnownBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import type { StabilizeInput } from "#src/domain/inputs.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { levers, leverIds, type LeverId } from "#src/domain/lever.ts";
import { err, ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { modalView, selectInput, textInput, userInput } from "#views/inputs.ts";
import type { FieldErrors, Modal } from "#views/modal.ts";
import { textOf, type Values } from "#views/values.ts";
import { incidentLine } from "#views/words.ts";
import { layerChoices } from "./choices.ts";
import {
  fieldLimits,
  hintOf,
  oneOf,
  optionalOneOf,
  optionalText,
  fieldsOf,
  readFields,
  requiredText,
  requiredUser,
} from "./fields.ts";

export interface StabilizeProps {
  state: IncidentState;
  /** The lever chosen so far: the form asks its own question. Null before one is chosen. */
  lever: LeverId | null;
  /** What was filled in before the form was drawn again. */
  values?: Values;
}

/** Records a lever: what was done to stop the harm, who allowed it, what it costs, when it is taken back (B6). */
export const stabilizeModal: Modal<StabilizeProps, StabilizeInput> = {
  callbackId: "stabilize",

  render: ({ state, lever, values = {} }) =>
    modalView("stabilize", {
      title: "Record a lever",
      submit: "Record",
      hint: { incidentId: state.incident.id },
      blocks: [
        context(incidentLine(state.incident)),
        ...saveFirst(lever),
        selectInput("lever", "What was done to stop the harm?", leverChoices, {
          initial: lever,
          isDispatched: true,
          hasFocus: lever === null,
        }),
        ...(lever === "other" ? ownWordsInputs(values) : []),
        userInput("authorizer", "Who authorized it?", {
          initial: textOf(values, "authorizer"),
          hint: "I ask this person to confirm. Until then the record says “claimed”.",
        }),
        textInput("tradeoff", lever ? levers[lever].tradeoffQuestion : "What do we give up?", {
          isMultiline: true,
          initial: textOf(values, "tradeoff"),
        }),
        textInput("revert_condition", "When is it taken back?", {
          isMultiline: true,
          initial: textOf(values, "revert_condition"),
          placeholder: "When the index is rebuilt and ten test questions are answered right",
        }),
        textInput("scope", "For whom or what does it apply?", {
          isOptional: true,
          initial: textOf(values, "scope"),
        }),
        textInput("saved_first", "What evidence was saved first?", {
          isOptional: true,
          isMultiline: true,
          initial: textOf(values, "saved_first"),
        }),
      ],
    }),

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { lever, own_words: ownWords, layer } = fields.value;
    if (lever === "other") {
      const missing = missingOfOther(values, ownWords, layer);
      if (missing) return err(missing);
    }
    return ok({
      incidentId: hintOf(metadata).incidentId,
      lever,
      ownWords: lever === "other" ? ownWords : null,
      layer: lever === "other" ? layer : levers[lever].layer,
      authorizer: fields.value.authorizer,
      tradeoff: fields.value.tradeoff,
      revertCondition: fields.value.revert_condition,
      scope: fields.value.scope,
      savedFirst: fields.value.saved_first,
    });
  },
};

const leverChoices = leverIds.map((id) => ({ value: id, text: levers[id].label }));

/** Using a lever can destroy what shows the cause, so this stands above everything else (B6). */
function saveFirst(lever: LeverId | null): KnownBlock[] {
  const what = lever === null ? undefined : levers[lever].saveFirst;
  return what === undefined
    ? []
    : [context(`If it is not done yet, save this first, since the lever can destroy it: ${what}.`)];
}

function ownWordsInputs(values: Values): KnownBlock[] {
  return [
    textInput("own_words", "What was done, in your own words?", {
      initial: textOf(values, "own_words"),
      hasFocus: true,
    }),
    selectInput("layer", "Which layer does it change?", layerChoices, {
      initial: textOf(values, "layer"),
    }),
  ];
}

/** "Other" needs words and a layer. Where the form was sent before it showed those fields, the error stands at the lever. */
function missingOfOther(
  values: Values,
  ownWords: string | null,
  layer: string | null,
): FieldErrors | undefined {
  if (ownWords !== null && layer !== null) return undefined;
  if (!("own_words" in values) || !("layer" in values)) {
    return {
      lever: "Choose the lever again: the form then asks for your own words and the layer.",
    };
  }
  return {
    ...(ownWords === null ? { own_words: "Say in your own words what was done." } : {}),
    ...(layer === null ? { layer: "Choose the layer that it changes." } : {}),
  };
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  lever: oneOf(leverIds, "Choose what was done, or “Other, in your own words”."),
  own_words: optionalText(fieldLimits.sentence),
  layer: optionalOneOf(layerIds),
  authorizer: requiredUser("Choose who authorized it."),
  tradeoff: requiredText(fieldLimits.paragraph, "Say what you give up; “nothing” counts."),
  revert_condition: requiredText(fieldLimits.paragraph, "Say when it is taken back."),
  scope: optionalText(fieldLimits.sentence),
  saved_first: optionalText(fieldLimits.paragraph),
});
