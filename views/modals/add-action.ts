import type { IncidentState } from "#src/domain/incident.ts";
import type { AddActionInput } from "#src/domain/inputs.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { constraintKinds } from "#src/domain/vocabulary.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import {
  choicesOf,
  dateInput,
  modalView,
  selectInput,
  textInput,
  userInput,
} from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
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
} from "./fields.ts";

export interface AddActionProps {
  state: IncidentState;
  /** The layer that the action most likely belongs to; null where nothing says. */
  layer: LayerId | null;
  /** What was typed after the command. */
  title?: string;
}

/** Files a corrective action: one owner, a day, and how somebody else can tell that it is done (Q0). */
export const addActionModal: Modal<AddActionProps, AddActionInput> = {
  callbackId: "add-action",

  render: ({ state, layer, title = "" }) =>
    modalView("add-action", {
      title: "File an action",
      submit: "File",
      hint: { incidentId: state.incident.id },
      blocks: [
        context(incidentLine(state.incident)),
        textInput("title", "What will be changed?", {
          initial: title,
          placeholder: "Index job fails when it skips a document",
          hasFocus: true,
        }),
        userInput("owner", "Who owns it?", { hint: "One person." }),
        textInput("owner_login", "GitHub login of the owner", {
          isOptional: true,
          hint: "Only where I do not know it yet. I remember it.",
        }),
        dateInput("due_on", "When is it due?"),
        textInput("criterion", "How can somebody else tell that it is done?", {
          isMultiline: true,
          placeholder:
            "The nightly index job exits non-zero and pages when any document is skipped, shown by its contract test",
        }),
        selectInput("layer", "Which layer does it change?", layerChoices, { initial: layer }),
        selectInput("constraint_kind", "What kind of change is it?", choicesOf(constraintKinds), {
          isOptional: true,
        }),
        textInput("enforcement", "What enforces it?", {
          isOptional: true,
          placeholder: "A required check on the branch, a gate, a permission",
        }),
      ],
    }),

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    return ok({
      incidentId: hintOf(metadata).incidentId,
      title: fields.value.title,
      owner: fields.value.owner,
      ownerLogin: fields.value.owner_login,
      dueOn: fields.value.due_on,
      criterion: fields.value.criterion,
      layer: fields.value.layer,
      constraintKind: fields.value.constraint_kind,
      enforcement: fields.value.enforcement,
    });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  title: requiredText(fieldLimits.title, "Say what will be changed. [Q0]"),
  owner: requiredUser("Name one owner. [Q0]"),
  owner_login: optionalLogin(),
  due_on: requiredDay("Name a day. [Q0]"),
  criterion: requiredText(
    fieldLimits.paragraph,
    "Say how somebody else can tell that it is done. [Q0]",
  ),
  layer: oneOf(layerIds, "Choose the layer that it changes."),
  constraint_kind: optionalOneOf(keysOf(constraintKinds)),
  enforcement: optionalText(fieldLimits.sentence),
});
