import type { KnownBlock } from "@slack/types";
import { type EditStrandInput, strandFields } from "#src/domain/edit-strands.ts";
import { failureTypeThatFollows } from "#src/domain/failure-type.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { printsOf } from "#src/domain/meanwhile.ts";
import type { Strand } from "#src/domain/strand.ts";
import { failureTypes } from "#src/domain/vocabulary.ts";
import { AppError } from "#src/lib/errors.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { strandOf } from "#views/find.ts";
import { choicesOf, dateInput, modalView, selectInput, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import {
  fieldLimits,
  fieldsOf,
  hintOf,
  keysOf,
  oneOf,
  optionalDay,
  optionalText,
  readFields,
} from "./fields.ts";
import { readStrand, strandInputs } from "./strand-fields.ts";

export interface EditStrandProps {
  state: IncidentState;
  strandNumber: number;
}

/** Names a strand anew, or corrects its symptom, window, slice or kind of failure; or parks it. */
export const editStrandModal: Modal<EditStrandProps, EditStrandInput> = {
  callbackId: "edit-strand",

  render: ({ state, strandNumber }) =>
    modalView("edit-strand", {
      title: `Strand ${strandNumber}`,
      submit: "Save",
      hint: {
        incidentId: state.incident.id,
        strandNumber,
        shown: printsOf(strandFields(strandOf(state, strandNumber))),
      },
      blocks: [
        context(incidentLine(state.incident)),
        context("What it was before stays in the timeline."),
        ...strandInputs(strandOf(state, strandNumber), state.evidence),
        failureTypeInput(state, strandOf(state, strandNumber)),
        ...parkingInputs(strandOf(state, strandNumber)),
      ],
    }),

  parse(values, metadata) {
    const fields = readStrand(values);
    if (!fields.ok) return fields;
    const further = readFields(furtherFields, values);
    if (!further.ok) return further;
    const { parked_why: parkedWhy, parked_until: parkedUntil, failure_type: type } = further.value;
    const failureType = type === follows ? null : type;
    const { incidentId, strandNumber, shown } = hintOf(metadata);
    if (strandNumber === undefined) {
      throw new AppError("bad_hint", "An edit-strand form names no strand.");
    }
    const corrected = { ...fields.value, parkedWhy, parkedUntil, failureType };
    return ok({ ...corrected, incidentId, strandNumber, ...(shown ? { shown } : {}) });
  },
};

/** The value of "follows what broke first" (B13.9). */
const follows = "follows" as const;

/** B12, B13.9: it follows what broke first until a person sets it. */
function failureTypeInput(state: IncidentState, { number, failureType }: Strand): KnownBlock {
  const type = failureTypeThatFollows(state, number);
  const words = type === null ? "nothing is named yet" : failureTypes[type];
  const choices = [
    { value: follows, text: `Follows what broke first (${words})` },
    ...choicesOf(failureTypes),
  ];
  return selectInput("failure_type", "What kind of failure is it?", choices, {
    initial: failureType ?? follows,
  });
}

/** B5: what nobody looks into for now does not stand in the way of the next phase. */
function parkingInputs({ parkedWhy, parkedUntil }: Strand): KnownBlock[] {
  return [
    textInput("parked_why", "If it is parked: why does nobody look further for now?", {
      isOptional: true,
      initial: parkedWhy,
      hint: "The next phase does not wait for a strand that is parked. Closing does.",
    }),
    dateInput("parked_until", "If it is parked: when does somebody look again?", {
      isOptional: true,
      initial: parkedUntil,
    }),
  ];
}

// built once: a form is parsed while Slack waits
const furtherFields = fieldsOf({
  parked_why: optionalText(fieldLimits.sentence),
  parked_until: optionalDay(),
  failure_type: oneOf([follows, ...keysOf(failureTypes)], "Choose what kind of failure it is."),
});
