import type { AcceptRiskInput } from "#src/domain/accept-risk.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { isLayerId } from "#src/domain/layers/index.ts";
import { capacities } from "#src/domain/vocabulary.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { choicesOf, modalView, multiSelectInput, selectInput, textInput } from "#views/inputs.ts";
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
  someIds,
} from "./fields.ts";
import { fitting, gapChoices } from "./link-choices.ts";

export interface AcceptRiskProps {
  state: IncidentState;
  /** What was typed after the command. */
  statement?: string;
  /** What the form was opened for: layer ids, gaps. */
  addresses?: readonly string[];
}

/** Whoever sends this form signs that nothing will be done about a layer or a gap, and in which capacity (Q4). */
export const acceptRiskModal: Modal<AcceptRiskProps, AcceptRiskInput> = {
  callbackId: "accept-risk",

  render: ({ state, statement = "", addresses = [] }) =>
    modalView("accept-risk", {
      title: "Accept a risk",
      submit: "Sign",
      hint: { incidentId: state.incident.id },
      blocks: [
        context(incidentLine(state.incident)),
        context("You sign in your own name. It stands in the record and in the postmortem."),
        textInput("statement", "Which risk do you accept, and why?", {
          isMultiline: true,
          initial: statement,
          placeholder:
            "Answers can be a day behind a new rule: rebuilding the index at once costs too much",
          hasFocus: true,
        }),
        multiSelectInput(
          "addresses",
          "What will nothing be done about?",
          fitting(
            [...layerChoices, ...gapChoices(state.gaps)],
            [...layerChoices.map(({ value }) => value), ...addresses],
          ),
          { initial: addresses },
        ),
        selectInput("capacity", "In which capacity do you sign?", choicesOf(capacities)),
      ],
    }),

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { incidentId } = hintOf(metadata);
    return ok({ ...fields.value, incidentId });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  statement: requiredText(fieldLimits.sentence, "Say which risk you accept, and why."),
  addresses: someIds(
    (id) => isLayerId(id) || /^G[1-9]\d{0,8}$/.test(id),
    "Choose the layers or gaps that nothing will be done about.",
  ),
  capacity: oneOf(keysOf(capacities), "Choose in which capacity you sign."),
});
