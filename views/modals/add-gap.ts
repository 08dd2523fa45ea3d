import { type AddGapInput, gapFields } from "#src/domain/add-gap.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { printsOf } from "#src/domain/meanwhile.ts";
import { gapKinds } from "#src/domain/vocabulary.ts";
import { ok } from "#src/lib/result.ts";
import { actions, button, context } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
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
  optionalOneOf,
  readFields,
  requiredText,
  someNumbers,
} from "./fields.ts";
import { answeringInput } from "./link-items.ts";

export interface AddGapProps {
  state: IncidentState;
  /** The gap to correct; null for a new one. */
  number: number | null;
  /** What was typed after the command. */
  statement?: string;
}

/** What was missing to see the failure earlier (B9); the questions about detection are one press away. */
export const addGapModal: Modal<AddGapProps, AddGapInput> = {
  callbackId: "add-gap",

  render: ({ state, number, statement = "" }) => {
    const { id } = state.incident;
    const gap = state.gaps.find((one) => one.number === number);
    return modalView("add-gap", {
      title: gap ? `Correct gap ${gap.number}` : "Record a gap",
      submit: "Save",
      hint: {
        incidentId: id,
        ...(gap ? { itemNumber: gap.number, shown: printsOf(gapFields(gap)) } : {}),
      },
      blocks: [
        context(incidentLine(state.incident)),
        selectInput("kind", "What was missing?", choicesOf(gapKinds), {
          initial: gap?.kind ?? null,
          hasFocus: true,
        }),
        textInput("statement", "What would have shown the failure earlier?", {
          isMultiline: true,
          initial: gap?.statement ?? statement,
          placeholder: "An alert on the age of the newest document in the index",
          hint: "Name the missing thing, not a person.",
        }),
        selectInput("layer", "Which layer does it belong to?", layerChoices, {
          isOptional: true,
          initial: gap?.layer ?? null,
        }),
        ...(gap ? [] : answeringInput(state, [])),
        ...(gap
          ? []
          : [
              context("Why did detection not catch it? A few short questions help to find out."),
              actions(undefined, [
                button("answer-detection", "Answer the questions", encodeHint({ incidentId: id })),
              ]),
            ]),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { actions: actionNumbers, ...gap } = fields.value;
    const { incidentId, itemNumber: number = null, shown } = hintOf(metadata);
    return ok({ ...gap, incidentId, number, actionNumbers, ...(shown ? { shown } : {}) });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  kind: oneOf(keysOf(gapKinds), "Choose what was missing."),
  statement: requiredText(fieldLimits.sentence, "Say what would have shown the failure earlier."),
  layer: optionalOneOf(layerIds),
  actions: someNumbers(),
});
