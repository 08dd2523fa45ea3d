import type { IncidentState } from "#src/domain/incident.ts";
import type { RuleRefusal } from "#src/domain/rejection.ts";
import type { SetSeverityInput } from "#src/domain/set-severity.ts";
import { severities, type Severity, severityIds } from "#src/domain/severity.ts";
import { ok } from "#src/lib/result.ts";
import { actions, button, context } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { modalView, selectInput, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { textOf, type Values } from "#views/values.ts";
import { incidentReference } from "#views/words.ts";
import { fieldLimits, fieldsOf, hintOf, oneOf, readFields, requiredText } from "./fields.ts";
import { refusalBlocks } from "./refusal-blocks.ts";

export interface SetSeverityProps {
  state: IncidentState;
  /** What was typed after the command, where it is a severity. */
  severity?: Severity | null;
  /** Why it was refused a moment ago; recorded already. */
  refusal?: RuleRefusal;
  /** What was filled in before the form was drawn again. */
  values?: Values;
}

/** Sets the severity, with the reason (B4). */
export const setSeverityModal: Modal<SetSeverityProps, SetSeverityInput> = {
  callbackId: "set-severity",

  render: ({ state, severity = null, refusal, values = {} }) => {
    const { incident } = state;
    return modalView("set-severity", {
      title: "Change the severity",
      submit: "Change it",
      hint: { incidentId: incident.id },
      blocks: [
        ...refusalBlocks(refusal),
        ...(refusal ? [countButton(state)] : []),
        context(
          `${incidentReference(incident)}. It may be raised at once, and lowered once somebody has counted how many are hit. The channel is told.`,
        ),
        selectInput("severity", "How bad is it?", severityChoices, {
          initial: textOf(values, "severity") ?? severity,
          placeholder: "Choose a severity",
          hint: `SEV1 in full: ${severities.SEV1.toLowerCase()}.`,
        }),
        textInput("reason", "What shows that?", {
          isMultiline: true,
          initial: textOf(values, "reason"),
          placeholder: "Wrong answers in all three regions now, 40 of 60 test questions",
        }),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    return ok({ incidentId: hintOf(metadata).incidentId, ...fields.value });
  },
};

const severityChoices = severityIds.map((id) => ({ value: id, text: `${id}: ${severities[id]}` }));

/** The way to lower it: a count. */
function countButton({ incident }: IncidentState) {
  const hint = encodeHint({ incidentId: incident.id });
  return actions("mend:cohort_rates", [button("add-evidence", "Add evidence", hint)]);
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  severity: oneOf(severityIds, "Choose a severity."),
  reason: requiredText(fieldLimits.sentence, "Say in a sentence what shows that."),
});
