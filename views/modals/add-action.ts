import { goodCriterion } from "#src/domain/action-quality.ts";
import type { CorrectiveAction, IncidentState } from "#src/domain/incident.ts";
import type { AddActionInput } from "#src/domain/inputs.ts";
import { isLayerId, type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { constraintKinds } from "#src/domain/vocabulary.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import {
  checkboxesInput,
  choicesOf,
  dateInput,
  modalView,
  selectInput,
  textInput,
  userInput,
} from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { listOf, textOf, type Values } from "#views/values.ts";
import { incidentLine } from "#views/words.ts";
import { layerChoices } from "./choices.ts";
import {
  fieldLimits,
  hintOf,
  keysOf,
  oneOf,
  optionalLogin,
  optionalOneOf,
  optionalText,
  fieldsOf,
  readFields,
  requiredDay,
  requiredText,
  requiredUser,
  someIds,
  someOf,
} from "./fields.ts";
import { addressesInput } from "./link-items.ts";

export interface AddActionProps {
  state: IncidentState;
  /** The layer that the action most likely belongs to; null where nothing says. */
  layer: LayerId | null;
  /** What was typed after the command. */
  title?: string;
  /** What it was opened for: `G1`, `F2`. */
  addresses?: readonly string[];
  /** What the form holds so far, where it is drawn anew. */
  values?: Values;
}

/** Files a corrective action: one owner, a day, and how somebody else can tell that it is done (B10). */
export const addActionModal: Modal<AddActionProps, AddActionInput> = {
  callbackId: "add-action",

  render: ({ state, layer, title = "", addresses = [], values = {} }) => {
    const chosen = textOf(values, "layer") ?? layer;
    return modalView("add-action", {
      title: "File an action",
      submit: "File",
      hint: { incidentId: state.incident.id },
      blocks: [
        context(incidentLine(state.incident)),
        textInput("title", "What will be changed?", {
          initial: textOf(values, "title") ?? title,
          placeholder: "Index job fails when it skips a document",
          hasFocus: true,
        }),
        selectInput("layer", "Which layer does it change?", layerChoices, {
          initial: chosen,
          // the example below follows the layer
          isDispatched: true,
        }),
        ...ownerInputs({
          owner: textOf(values, "owner"),
          ownerLogin: textOf(values, "owner_login"),
          dueOn: textOf(values, "due_on"),
        }),
        ...provingInputs(
          {
            criterion: textOf(values, "criterion"),
            enforcement: textOf(values, "enforcement"),
            verification: textOf(values, "verification"),
          },
          chosen !== null && isLayerId(chosen) ? chosen : null,
        ),
        selectInput("constraint_kind", "What kind of change is it?", choicesOf(constraintKinds), {
          isOptional: true,
          initial: textOf(values, "constraint_kind"),
        }),
        addressesInput(state, "addresses" in values ? listOf(values, "addresses") : addresses),
        checkboxesInput("immediate_safety", "When is it filed?", [immediately], {
          isOptional: true,
          initial: listOf(values, "immediate_safety"),
          hint: "Otherwise it waits in the record until every layer has an answer.",
        }),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { owner_login, due_on, constraint_kind, immediate_safety, ...action } = fields.value;
    return ok({
      ...action,
      incidentId: hintOf(metadata).incidentId,
      ownerLogin: owner_login,
      dueOn: due_on,
      constraintKind: constraint_kind,
      isImmediateSafety: immediate_safety.length > 0,
    });
  },
};

const immediately = { value: "now", text: "At once: people are at risk until it is done" };

/** Who owns it, and by when. */
export function ownerInputs(given: {
  owner: string | null;
  ownerLogin: string | null;
  dueOn: string | null;
}) {
  return [
    userInput("owner", "Who owns it?", { initial: given.owner, hint: "One person." }),
    textInput("owner_login", "GitHub login of the owner", {
      isOptional: true,
      initial: given.ownerLogin,
      hint: "Only where I do not know it yet. I remember it.",
    }),
    dateInput("due_on", "When is it due?", { initial: given.dueOn }),
  ];
}

/** How somebody else can tell that it is done, and what keeps it so; with an example for the layer. */
export function provingInputs(
  given: Record<
    keyof Pick<CorrectiveAction, "criterion" | "enforcement" | "verification">,
    string | null
  >,
  layer: LayerId | null,
) {
  const subject = layer ? ` for ${layers[layer].label}` : "";
  return [
    textInput("criterion", "How can somebody else tell that it is done?", {
      isMultiline: true,
      initial: given.criterion,
      hint: `A good one${subject}: “${goodCriterion[layer ?? "retrieval_data"]}”`,
    }),
    textInput("enforcement", "What enforces it?", {
      isOptional: true,
      initial: given.enforcement,
      placeholder: "A required check on the branch, a gate, a permission",
      hint: "Without it the action is recorded as weak.",
    }),
    textInput("verification", "How is it verified once it is in place?", {
      isOptional: true,
      initial: given.verification,
      placeholder: "A golden run, a gate test, an alert test",
    }),
  ];
}

/** The fields of an action that can be corrected later, too. */
export const provingFields = {
  owner: requiredUser("Name one owner. [Q0]"),
  owner_login: optionalLogin(),
  due_on: requiredDay("Name a day. [Q0]"),
  criterion: requiredText(
    fieldLimits.paragraph,
    "Say how somebody else can tell that it is done. [Q0]",
  ),
  enforcement: optionalText(fieldLimits.sentence),
  verification: optionalText(fieldLimits.sentence),
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  title: requiredText(fieldLimits.title, "Say what will be changed. [Q0]"),
  ...provingFields,
  layer: oneOf(layerIds, "Choose the layer that it changes."),
  constraint_kind: optionalOneOf(keysOf(constraintKinds)),
  addresses: someIds((id) => /^[SFG][1-9]\d{0,8}$/.test(id)),
  immediate_safety: someOf(["now"]),
});
