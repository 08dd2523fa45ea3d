import { type AddGoldenInput, goldenFields } from "#src/domain/add-golden.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { Golden } from "#src/domain/learning.ts";
import { printsOf, type Shown } from "#src/domain/meanwhile.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { modalView, multiSelectInput, selectInput, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { evidenceChoices, strandChoices } from "./choices.ts";
import {
  fieldLimits,
  fieldsOf,
  hintOf,
  optionalText,
  readFields,
  requiredText,
  someNumbers,
  strandsOrAll,
} from "./fields.ts";

export interface AddGoldenProps {
  state: IncidentState;
  /** The golden to correct; null for a new one. */
  number: number | null;
  /** What was typed after the command. */
  input?: string;
}

/** A test that fails where this failure comes back: input, and when it passes (Q6). */
export const addGoldenModal: Modal<AddGoldenProps, AddGoldenInput> = {
  callbackId: "add-golden",

  render: ({ state, number, input = "" }) => {
    const golden = state.goldens.find((one) => one.number === number);
    const from = golden?.fromEvidence ?? null;
    return modalView("add-golden", {
      title: golden ? `Correct golden ${golden.number}` : "Record a golden",
      submit: "Save",
      hint: {
        incidentId: state.incident.id,
        ...(golden ? { itemNumber: golden.number, shown: shownOf(golden, state) } : {}),
      },
      blocks: [
        context(
          incidentLine(state.incident),
          "A golden is a test made of this failure: it fails if the failure comes back.",
        ),
        textInput("input", "What is asked or done in the test?", {
          isMultiline: true,
          initial: golden?.input ?? input,
          placeholder: "What is the kilometre rate for my own car?",
          hint: "A prompt. Where no prompt reproduces it: a permission, contract or reproducer test.",
          hasFocus: true,
        }),
        textInput("pass_when", "When does it pass?", {
          isMultiline: true,
          initial: golden?.passWhen ?? null,
          placeholder: "The rate of the rule in force, with its date, in 19 of 20 runs",
        }),
        textInput("preconditions", "What must hold before it runs?", {
          isOptional: true,
          initial: golden?.preconditions ?? null,
          placeholder: "The index of the day",
        }),
        ...(state.evidence.length > 0
          ? [
              selectInput(
                "from_evidence",
                "Which recorded failure does it reproduce?",
                evidenceChoices(state.evidence, from === null ? [] : [from]),
                {
                  isOptional: true,
                  initial: from === null ? null : String(from),
                  hint: "Without one it is kept, and does not count as the regression test.",
                },
              ),
            ]
          : [
              context(
                "No evidence is recorded yet. The golden is kept, and counts once it is made of a recorded failure.",
              ),
            ]),
        ...(state.strands.length > 1
          ? [
              multiSelectInput("strands", "For which strands?", strandChoices(state.strands), {
                isOptional: true,
                initial: (golden?.strandNumbers ?? []).map(String),
                hint: "Leave it blank for every strand there is.",
              }),
            ]
          : []),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { strands, from_evidence, pass_when: passWhen, ...golden } = fields.value;
    const { incidentId, itemNumber: number = null, shown } = hintOf(metadata);
    const [fromEvidence = null] = from_evidence;
    const recorded = { ...golden, strandNumbers: strands, fromEvidence, passWhen };
    return ok({ ...recorded, incidentId, number, ...(shown ? { shown } : {}) });
  },
};

/** Where there is one strand, the form does not ask for which ones. */
function shownOf(golden: Golden, { strands }: IncidentState): Shown {
  const strandNumbers = strands.length > 1 ? golden.strandNumbers : null;
  return printsOf(goldenFields({ ...golden, strandNumbers }));
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  input: requiredText(fieldLimits.paragraph, "Say what is asked or done in the test."),
  pass_when: requiredText(fieldLimits.sentence, "Say when the test passes."),
  preconditions: optionalText(fieldLimits.sentence),
  from_evidence: someNumbers(),
  strands: strandsOrAll(),
});
