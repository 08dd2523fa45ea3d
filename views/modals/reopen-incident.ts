import type { IncidentId, IncidentState } from "#src/domain/incident.ts";
import type { ReopenIncidentInput } from "#src/domain/reopen-incident.ts";
import { ok } from "#src/lib/result.ts";
import { context, section } from "#views/block-kit.ts";
import { modalView, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { fieldLimits, fieldsOf, hintOf, readFields, requiredText } from "./fields.ts";

export interface ReopenIncidentProps {
  state: IncidentState;
  /** What was typed after the command. */
  why: string;
  /** The incident from whose message it was opened, because the two look alike; null elsewhere (R13). */
  similarTo?: IncidentId | null;
}

/** Opens a closed incident again, with the reason. */
export const reopenIncidentModal: Modal<ReopenIncidentProps, ReopenIncidentInput> = {
  callbackId: "reopen-incident",

  render: ({ state, why, similarTo = null }) =>
    modalView("reopen-incident", {
      title: "Reopen the incident",
      submit: "Reopen it",
      hint: {
        incidentId: state.incident.id,
        ...(similarTo === null ? {} : { itemNumber: similarTo }),
      },
      blocks: [
        section(
          "The response goes on in this channel, in diagnosis. Everything that is recorded stands.",
        ),
        context(incidentLine(state.incident)),
        textInput("why", "What shows that it is not over?", {
          isMultiline: true,
          initial: why,
          hasFocus: true,
        }),
      ],
    }),

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { incidentId, itemNumber } = hintOf(metadata);
    const similarTo = itemNumber as IncidentId | undefined;
    return ok({
      incidentId,
      why: fields.value.why,
      ...(similarTo === undefined ? {} : { similarTo }),
    });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  why: requiredText(fieldLimits.sentence, "Say in a sentence what shows that it is not over."),
});
