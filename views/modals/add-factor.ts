import { type AddFactorInput, factorFields } from "#src/domain/add-factor.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { printsOf } from "#src/domain/meanwhile.ts";
import { factorCategories } from "#src/domain/vocabulary.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { choicesOf, modalView, selectInput, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { layerChoices } from "./choices.ts";
import {
  fieldLimits,
  fieldsOf,
  hintOf,
  keysOf,
  oneOf,
  readFields,
  requiredText,
  someNumbers,
} from "./fields.ts";
import { answeringInput, interactsInput } from "./link-items.ts";

export interface AddFactorProps {
  state: IncidentState;
  /** The factor to correct; null for a new one. */
  number: number | null;
  /** What was typed after the command. */
  statement?: string;
}

/** A condition without which it would have gone better (B8), and which others it acted with. */
export const addFactorModal: Modal<AddFactorProps, AddFactorInput> = {
  callbackId: "add-factor",

  render: ({ state, number, statement = "" }) => {
    const factor = state.factors.find((one) => one.number === number);
    return modalView("add-factor", {
      title: factor ? `Correct factor ${factor.number}` : "Record a factor",
      submit: "Save",
      hint: {
        incidentId: state.incident.id,
        ...(factor ? { itemNumber: factor.number, shown: printsOf(factorFields(factor)) } : {}),
      },
      blocks: [
        context(incidentLine(state.incident)),
        textInput("statement", "Which condition made this more likely or worse?", {
          isMultiline: true,
          initial: factor?.statement ?? statement,
          placeholder: "The index job skips documents it cannot parse and reports success",
          hint: "A condition of the system, not a person.",
          hasFocus: true,
        }),
        selectInput("category", "What kind of condition is it?", choicesOf(factorCategories), {
          initial: factor?.category ?? null,
        }),
        selectInput("layer", "Which layer does it belong to?", layerChoices, {
          initial: factor?.layer ?? null,
        }),
        ...(factor ? [] : [...interactsInput(state, null), ...answeringInput(state, [])]),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { interacts_with: interactsWith, actions: actionNumbers, ...factor } = fields.value;
    const { incidentId, itemNumber: number = null, shown } = hintOf(metadata);
    const recorded = { ...factor, incidentId, number, interactsWith, actionNumbers };
    return ok({ ...recorded, ...(shown ? { shown } : {}) });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  statement: requiredText(fieldLimits.sentence, "Say which condition it was, in one sentence."),
  category: oneOf(keysOf(factorCategories), "Choose what kind of condition it is."),
  layer: oneOf(layerIds, "Choose the layer that it belongs to."),
  interacts_with: someNumbers(),
  actions: someNumbers(),
});
