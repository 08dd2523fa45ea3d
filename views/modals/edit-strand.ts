import type { EditStrandInput } from "#src/domain/edit-strands.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { AppError } from "#src/lib/errors.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { strandOf } from "#views/find.ts";
import { modalView } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { hintOf } from "./fields.ts";
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
      hint: { incidentId: state.incident.id, strandNumber },
      blocks: [
        context(incidentLine(state.incident)),
        context("What it was before stays in the timeline."),
        ...strandInputs(strandOf(state, strandNumber), state.evidence),
      ],
    }),

  parse(values, metadata) {
    const fields = readStrand(values);
    if (!fields.ok) return fields;
    const { incidentId, strandNumber } = hintOf(metadata);
    if (strandNumber === undefined) {
      throw new AppError("bad_hint", "An edit-strand form names no strand.");
    }
    return ok({ ...fields.value, incidentId, strandNumber });
  },
};
