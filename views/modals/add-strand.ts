import type { StrandInput } from "#src/domain/edit-strands.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { modalView } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { hintOf } from "./fields.ts";
import { readStrand, strandInputs } from "./strand-fields.ts";

export interface AddStrandProps {
  state: IncidentState;
  /** What was typed after the command. */
  name?: string;
}

/** One more failure mechanism with its own window and slice, found in the same incident (B3). */
export const addStrandModal: Modal<AddStrandProps, StrandInput> = {
  callbackId: "add-strand",

  render: ({ state, name = "" }) =>
    modalView("add-strand", {
      title: "Add a strand",
      submit: "Add",
      hint: { incidentId: state.incident.id },
      blocks: [
        context(incidentLine(state.incident)),
        context(
          "A strand is a failure with a window (from when to when) and a cause of its own. What broke first is decided for each strand. Answers that were given for all strands count for this one too.",
        ),
        ...strandInputs({ name }, state.evidence),
      ],
    }),

  parse(values, metadata) {
    const fields = readStrand(values);
    return fields.ok ? ok({ ...fields.value, incidentId: hintOf(metadata).incidentId }) : fields;
  },
};
