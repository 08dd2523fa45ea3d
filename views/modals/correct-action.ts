import { actionFields, type CorrectActionInput } from "#src/domain/correct-action.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { printsOf } from "#src/domain/meanwhile.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { actionOf } from "#views/find.ts";
import { modalView } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { ownerInputs, provingFields, provingInputs } from "./add-action.ts";
import { fieldsOf, hintOf, readFields } from "./fields.ts";

export interface CorrectActionProps {
  state: IncidentState;
  number: number;
}

/** An action that is not filed yet, as it stands: owner, day, criterion and what proves it can be put right. */
export const correctActionModal: Modal<CorrectActionProps, CorrectActionInput> = {
  callbackId: "correct-action",

  render: ({ state, number }) => {
    const action = actionOf(state, number);
    return modalView("correct-action", {
      title: `Correct action ${number}`,
      submit: "Save",
      hint: {
        incidentId: state.incident.id,
        itemNumber: number,
        shown: printsOf(actionFields(action)),
      },
      blocks: [
        context(incidentLine(state.incident)),
        context(`Action ${number}: ${action.title}`),
        // the login of an owner who is replaced would be remembered for the new one
        ...ownerInputs({ ...action, ownerLogin: null }),
        ...provingInputs(action, action.layer),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { owner_login: ownerLogin, due_on: dueOn, ...action } = fields.value;
    const { incidentId, itemNumber = 0, shown } = hintOf(metadata);
    const corrected = { ...action, ownerLogin, dueOn, ...(shown ? { shown } : {}) };
    return ok({ ...corrected, incidentId, number: itemNumber });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf(provingFields);
