import type { CancelInput } from "#src/domain/cancel-incident.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { ok } from "#src/lib/result.ts";
import { context, section } from "#views/block-kit.ts";
import { modalView, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { fieldLimits, fieldsOf, hintOf, readFields, requiredText } from "./fields.ts";

/** Ends an incident that was declared by mistake, with the reason. */
export const cancelIncidentModal: Modal<{ state: IncidentState }, CancelInput> = {
  callbackId: "cancel-incident",

  render: ({ state }) =>
    modalView("cancel-incident", {
      title: "Cancel the incident",
      submit: "Cancel it",
      hint: { incidentId: state.incident.id },
      blocks: [
        section(
          "For an incident that was declared by mistake. Its channel and its record stay, and no postmortem is written. An incident that is over is closed instead.",
        ),
        context(incidentLine(state.incident)),
        textInput("why", "Why was it no incident?", { isMultiline: true }),
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
  why: requiredText(fieldLimits.sentence, "Say in a sentence why it was no incident."),
});
