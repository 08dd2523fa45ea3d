import type { IncidentState } from "#src/domain/incident.ts";
import type { NoLeverNeededInput } from "#src/domain/no-lever-needed.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { modalView, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { fieldLimits, fieldsOf, hintOf, readFields, requiredText } from "./fields.ts";

export interface NoLeverNeededProps {
  state: IncidentState;
  /** The form from which it was opened, by its callback_id; undefined where a message did. */
  from?: string | undefined;
}

/** Says that nothing has to be done to stop the harm, and why (B5). */
export const noLeverNeededModal: Modal<NoLeverNeededProps, NoLeverNeededInput> = {
  callbackId: "no-lever-needed",

  render: ({ state, from }) =>
    modalView("no-lever-needed", {
      title: "No lever is needed",
      submit: "Record",
      hint: { incidentId: state.incident.id, ...(from ? { word: from } : {}) },
      blocks: [
        context(incidentLine(state.incident)),
        textInput("why", "Why does nothing have to be done to stop the harm?", {
          isMultiline: true,
          initial: state.incident.noLeverNeededWhy,
          placeholder: "The wrong answers ended by themselves when the batch was over",
          hasFocus: true,
        }),
      ],
    }),

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    return ok({ incidentId: hintOf(metadata).incidentId, why: fields.value.why });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  why: requiredText(fieldLimits.sentence, "Say in a sentence why none is needed."),
});
