import type { KnownBlock } from "@slack/types";
import { type EditStrandInput, strandFields } from "#src/domain/edit-strands.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { printsOf } from "#src/domain/meanwhile.ts";
import type { Strand } from "#src/domain/strand.ts";
import { AppError } from "#src/lib/errors.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { strandOf } from "#views/find.ts";
import { dateInput, modalView, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { fieldLimits, fieldsOf, hintOf, optionalDay, optionalText, readFields } from "./fields.ts";
import { readStrand, strandInputs } from "./strand-fields.ts";

export interface EditStrandProps {
  state: IncidentState;
  strandNumber: number;
}

/** Names a strand anew, or corrects its symptom, window or slice. */
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
        ...parkingInputs(strandOf(state, strandNumber)),
      ],
    }),

  parse(values, metadata) {
    const fields = readStrand(values);
    if (!fields.ok) return fields;
    const parking = readFields(parkingFields, values);
    if (!parking.ok) return parking;
    const { parked_why: parkedWhy, parked_until: parkedUntil } = parking.value;
    const { incidentId, strandNumber, shown } = hintOf(metadata);
    if (strandNumber === undefined) {
      throw new AppError("bad_hint", "An edit-strand form names no strand.");
    }
    const corrected = { ...fields.value, parkedWhy, parkedUntil };
    return ok({ ...corrected, incidentId, strandNumber, ...(shown ? { shown } : {}) });
  },
};

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
const parkingFields = fieldsOf({
  parked_why: optionalText(fieldLimits.sentence),
  parked_until: optionalDay(),
});
