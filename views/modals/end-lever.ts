import type { IncidentState } from "#src/domain/incident.ts";
import type { EndLeverInput } from "#src/domain/inputs.ts";
import type { UserId } from "#src/domain/person.ts";
import { AppError } from "#src/lib/errors.ts";
import { ok } from "#src/lib/result.ts";
import { context, section } from "#views/block-kit.ts";
import { choicesOf, modalView, radioInput, textInput, userInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { leverOf } from "#views/find.ts";
import { incidentLine, leverLine } from "#views/words.ts";
import {
  fieldLimits,
  hintOf,
  keysOf,
  oneOf,
  fieldsOf,
  readFields,
  requiredText,
  requiredUser,
} from "./fields.ts";

export interface EndLeverProps {
  state: IncidentState;
  leverNumber: number;
  presser: UserId;
  /** The form from which it was opened, by its callback_id; undefined where a message did. */
  from?: string | undefined;
}

/** Takes a lever back, or keeps it for good; takes effect at once (B6). */
export const endLeverModal: Modal<EndLeverProps, EndLeverInput> = {
  callbackId: "end-lever",

  render({ state, leverNumber, presser, from }) {
    const use = leverOf(state, leverNumber);
    return modalView("end-lever", {
      title: "End a lever",
      submit: "Save",
      hint: { incidentId: state.incident.id, leverNumber, ...(from ? { word: from } : {}) },
      blocks: [
        context(incidentLine(state.incident)),
        section(`Lever ${use.number}: ${leverLine(use)}`),
        context(
          `To be taken back when: ${use.revertCondition}`,
          "I keep the record; I switch nothing myself.",
        ),
        radioInput("ended_how", "What happens to it?", choicesOf(endings)),
        userInput("ended_by", "Who did it?", { initial: presser }),
        textInput("why", "Why?", { isMultiline: true }),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { incidentId, leverNumber } = hintOf(metadata);
    if (leverNumber === undefined)
      throw new AppError("bad_hint", "An end-lever form names no lever.");
    return ok({
      incidentId,
      leverNumber,
      endedHow: fields.value.ended_how,
      endedBy: fields.value.ended_by,
      why: fields.value.why,
    });
  },
};

const endings = {
  taken_back: "It is taken back",
  kept: "It is kept for good",
} as const;

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  ended_how: oneOf(keysOf(endings), "Choose whether it is taken back or kept."),
  ended_by: requiredUser("Choose who took it back, or who decided to keep it."),
  why: requiredText(fieldLimits.paragraph, "Say why, in a sentence."),
});
