import type { CompleteLeverInput } from "#src/domain/complete-lever.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { levers } from "#src/domain/lever.ts";
import { lacksAuthorizer } from "#src/domain/lever-use.ts";
import { AppError } from "#src/lib/errors.ts";
import { ok } from "#src/lib/result.ts";
import { context, section } from "#views/block-kit.ts";
import { leverOf } from "#views/find.ts";
import { modalView, textInput, userInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine, leverLine } from "#views/words.ts";
import { fieldLimits, fieldsOf, hintOf, optionalText, optionalUser, readFields } from "./fields.ts";

export interface CompleteLeverProps {
  state: IncidentState;
  leverNumber: number;
  /** The form from which it was opened, by its callback_id; undefined where a message did. */
  from?: string | undefined;
}

/** What was left out when a lever was recorded: what has to move if it works (B5), what was saved first, who else authorized it (B6). */
export const completeLeverModal: Modal<CompleteLeverProps, CompleteLeverInput> = {
  callbackId: "complete-lever",

  render({ state, leverNumber, from }) {
    const use = leverOf(state, leverNumber);
    const { saveFirst } = levers[use.lever];
    return modalView("complete-lever", {
      title: "Add to a lever",
      submit: "Save",
      hint: { incidentId: state.incident.id, leverNumber, ...(from ? { word: from } : {}) },
      blocks: [
        context(incidentLine(state.incident)),
        section(`Lever ${use.number}: ${leverLine(use)}`),
        ...(lacksAuthorizer(state, use)
          ? [
              userInput("authorizer", "Who authorized it?", {
                isOptional: true,
                hint: `At ${state.incident.severity} it has to be somebody other than the person who recorded the lever. I ask them to confirm.`,
              }),
            ]
          : []),
        textInput("harm_signal", "Which number has to move if this stops the harm?", {
          isOptional: true,
          initial: use.harmSignal,
          placeholder: "Complaints about old rules per hour, on the support dashboard",
          hasFocus: true,
        }),
        textInput("saved_first", "What evidence was saved first?", {
          isOptional: true,
          isMultiline: true,
          initial: use.savedFirst,
          ...(saveFirst === undefined
            ? {}
            : {
                hint: `If it can still be done, save ${saveFirst}: this lever can destroy what shows the cause.`,
              }),
        }),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { incidentId, leverNumber } = hintOf(metadata);
    if (leverNumber === undefined) {
      throw new AppError("bad_hint", "A complete-lever form names no lever.");
    }
    const { harm_signal: harmSignal, saved_first: savedFirst, authorizer } = fields.value;
    return ok({ incidentId, leverNumber, harmSignal, savedFirst, authorizer });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  harm_signal: optionalText(fieldLimits.sentence),
  saved_first: optionalText(fieldLimits.paragraph),
  authorizer: optionalUser(),
});
