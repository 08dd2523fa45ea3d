import type { KnownBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import type { StabilizeInput } from "#src/domain/inputs.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { levers, leverIds, type LeverId } from "#src/domain/lever.ts";
import { needsTwo } from "#src/domain/lever-use.ts";
import { capacities } from "#src/domain/vocabulary.ts";
import { err, ok } from "#src/lib/result.ts";
import { actions, button, context, section } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import {
  checkboxesInput,
  choicesOf,
  modalView,
  selectInput,
  textInput,
  userInput,
} from "#views/inputs.ts";
import type { FieldErrors, Modal } from "#views/modal.ts";
import { listOf, textOf, type Values } from "#views/values.ts";
import { incidentLine } from "#views/words.ts";
import { layerChoices } from "./choices.ts";
import {
  fieldLimits,
  hintOf,
  keysOf,
  oneOf,
  optionalOneOf,
  optionalText,
  optionalUser,
  fieldsOf,
  readFields,
  requiredText,
  requiredUser,
  someOf,
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
        ...saveFirst(lever),
        context(incidentLine(state.incident), ...(lever === null ? [whatALeverIs] : [])),
        selectInput("lever", "What was done to stop the harm?", leverChoices, {
          initial: lever,
          isDispatched: true,
          hasFocus: lever === null,
        }),
        ...noneNeeded(state, lever),
        ...(lever === "other" ? ownWordsInputs(values) : []),
        {
          ...checkboxesInput("cannot_be_undone", "Can it be undone?", undoChoices, {
            isOptional: true,
            initial: listOf(values, "cannot_be_undone"),
          }),
          // the form then asks for a second person
          dispatch_action: true,
        },
        ...authorizerInputs(lever, values),
        textInput("tradeoff", lever ? levers[lever].tradeoffQuestion : "What do we give up?", {
          isMultiline: true,
          initial: textOf(values, "tradeoff"),
        }),
        textInput("revert_condition", "When is it taken back?", {
          isMultiline: true,
          initial: textOf(values, "revert_condition"),
          placeholder: "When the index is rebuilt and ten test questions are answered right",
        }),
        textInput("harm_signal", "Which number has to move if this stops the harm?", {
          isOptional: true,
          initial: textOf(values, "harm_signal"),
          placeholder: "Complaints about old rules per hour, on the support dashboard",
        }),
        textInput("saved_first", "What evidence was saved first?", {
          isOptional: true,
          isMultiline: true,
          initial: textOf(values, "saved_first"),
        }),
        textInput("scope", "To whom or what does it apply?", {
          isOptional: true,
          initial: textOf(values, "scope"),
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
    const cannotBeUndone = fields.value.cannot_be_undone.length > 0;
    if (needsTwo({ lever, cannotBeUndone }) && !("second_authorizer" in values)) {
      return err(secondNotShown(lever));
    }
    return ok({
      incidentId: hintOf(metadata).incidentId,
      lever,
      ownWords: lever === "other" ? ownWords : null,
      layer: lever === "other" ? layer : levers[lever].layer,
      authorizer: fields.value.authorizer,
      capacity: fields.value.capacity,
      cannotBeUndone,
      secondAuthorizer: fields.value.second_authorizer,
      secondCapacity: fields.value.second_capacity,
      noSecondWhy: fields.value.no_second_why,
      tradeoff: fields.value.tradeoff,
      revertCondition: fields.value.revert_condition,
      harmSignal: fields.value.harm_signal,
      scope: fields.value.scope,
      savedFirst: fields.value.saved_first,
    });
  },
};

const whatALeverIs =
  "A lever is what people do to stop the harm before the cause is known. I keep the record; I switch nothing myself.";
const leverChoices = leverIds.map((id) => ({ value: id, text: levers[id].label }));
const undoChoices = [{ value: "cannot", text: "This cannot be undone" }];
const capacityChoices = choicesOf(capacities);

/** Using a lever can destroy what shows the cause, so this stands above everything else (B6). */
function saveFirst(lever: LeverId | null): KnownBlock[] {
  const what = lever === null ? undefined : levers[lever].saveFirst;
  if (what === undefined) return [];
  return [
    section(
      `Before you use it, save ${what}: this lever can destroy what shows the cause. If it is in use already, save what is left, and say below what was saved.`,
      "flag:B6:snapshot_first",
    ),
  ];
}

/** B5: where nothing has to be done, somebody says so. */
function noneNeeded(state: IncidentState, lever: LeverId | null): KnownBlock[] {
  if (lever !== null || state.levers.length > 0) return [];
  const hint = encodeHint({ incidentId: state.incident.id });
  return [actions("none-needed", [button("no-lever-needed", "No lever is needed", hint)])];
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

/** One person; two of different capacity where the lever or what cannot be undone asks for it (B6). */
function authorizerInputs(lever: LeverId | null, values: Values): KnownBlock[] {
  const cannotBeUndone = listOf(values, "cannot_be_undone").length > 0;
  const isForTwo = needsTwo({ lever: lever ?? "other", cannotBeUndone });
  const first = [
    userInput("authorizer", "Who authorized it?", {
      initial: textOf(values, "authorizer"),
      hint: "I ask this person to confirm. Until then the record says “claimed”.",
    }),
    selectInput("capacity", "In which capacity?", capacityChoices, {
      isOptional: !isForTwo,
      initial: textOf(values, "capacity"),
    }),
  ];
  if (!isForTwo) return first;
  return [
    ...first,
    userInput("second_authorizer", "Who authorized it as well, in another capacity?", {
      isOptional: true,
      initial: textOf(values, "second_authorizer"),
      hint: "Two people stand for a step like this. Where there was nobody else, leave this blank and say why below.",
    }),
    selectInput("second_capacity", "In which capacity did the second?", capacityChoices, {
      isOptional: true,
      initial: textOf(values, "second_capacity"),
    }),
    textInput("no_second_why", "If there was no second person: why?", {
      isOptional: true,
      initial: textOf(values, "no_second_why"),
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

/** The form was sent before it showed the fields for the second person. */
function secondNotShown(lever: LeverId): FieldErrors {
  return needsTwo({ lever, cannotBeUndone: false })
    ? { lever: "Choose the lever again: the form then asks for a second person." }
    : {
        cannot_be_undone:
          "Take the tick away and set it again: the form then asks for a second person.",
      };
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  lever: oneOf(leverIds, "Choose what was done, or “Other, in your own words”."),
  own_words: optionalText(fieldLimits.sentence),
  layer: optionalOneOf(layerIds),
  cannot_be_undone: someOf(["cannot"]),
  authorizer: requiredUser("Choose who authorized it."),
  capacity: optionalOneOf(keysOf(capacities)),
  second_authorizer: optionalUser(),
  second_capacity: optionalOneOf(keysOf(capacities)),
  no_second_why: optionalText(fieldLimits.sentence),
  tradeoff: requiredText(fieldLimits.paragraph, "Say what you give up; “nothing” counts."),
  revert_condition: requiredText(fieldLimits.paragraph, "Say when it is taken back."),
  harm_signal: optionalText(fieldLimits.sentence),
  scope: optionalText(fieldLimits.sentence),
  saved_first: optionalText(fieldLimits.paragraph),
});
