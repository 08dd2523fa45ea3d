import type { KnownBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { RaiseHypothesisInput } from "#src/domain/raise-hypothesis.ts";
import { ok } from "#src/lib/result.ts";
import { context, divider, section } from "#views/block-kit.ts";
import { modalView, selectInput, textInput } from "#views/inputs.ts";
import { evidenceLine, hypothesisLine } from "#views/messages/hypothesis.ts";
import type { Modal } from "#views/modal.ts";
import { countOf, incidentLine } from "#views/words.ts";
import { layerChoices, strandChoices } from "./choices.ts";
import {
  fieldLimits,
  fieldsOf,
  hintOf,
  oneOf,
  optionalText,
  readFields,
  requiredText,
} from "./fields.ts";

export interface RaiseHypothesisProps {
  state: IncidentState;
  /** What was typed after the command. */
  statement: string;
}

/** What somebody believes broke first, before anybody claims it; beneath it what is believed already, with its evidence. */
export const raiseHypothesisModal: Modal<RaiseHypothesisProps, RaiseHypothesisInput> = {
  callbackId: "raise-hypothesis",

  render: ({ state, statement }) =>
    modalView("raise-hypothesis", {
      title: "Write down a hypothesis",
      submit: "Write it down",
      hint: { incidentId: state.incident.id },
      blocks: [
        context(incidentLine(state.incident)),
        selectInput("layer", "Which layer do you believe broke first?", layerChoices, {
          hint: "This sets no verdict. It stays in the record, whatever turns out.",
        }),
        ...(state.strands.length > 1
          ? [
              selectInput("strand", "In which strand?", strandChoices(state.strands), {
                initial: "1",
              }),
            ]
          : []),
        textInput("statement", "What do you believe happened?", {
          isMultiline: true,
          initial: statement,
          placeholder: "The index was not rebuilt after the schema change of Friday",
          hint: "Name a condition, not a person.",
          hasFocus: true,
        }),
        ...believedAlready(state),
      ],
    }),

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { strand, ...hypothesis } = fields.value;
    return ok({
      ...hypothesis,
      incidentId: hintOf(metadata).incidentId,
      strandNumber: Number(strand ?? 1),
    });
  },
};

const shownAtMost = 10;

function believedAlready(state: IncidentState): KnownBlock[] {
  const { hypotheses } = state;
  if (hypotheses.length === 0) return [];
  const shown = hypotheses.slice(-shownAtMost);
  const more = hypotheses.length - shown.length;
  return [
    divider(),
    context("Believed so far, claims among them:"),
    ...shown.flatMap((one): KnownBlock[] => [
      section(hypothesisLine(state, one), `hypothesis:H${one.number}`),
      ...(one.statement === null ? [] : [context(one.statement)]),
      context(evidenceLine(state, one)),
    ]),
    ...(more > 0 ? [context(`And ${countOf(more, "earlier one")}, in the timeline.`)] : []),
  ];
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  layer: oneOf(layerIds, "Choose the layer that you believe broke first."),
  strand: optionalText(9),
  statement: requiredText(fieldLimits.sentence, "Say in a sentence what you believe happened."),
});
