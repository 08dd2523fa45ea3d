import type { IncidentState } from "#src/domain/incident.ts";
import type { MarkSourceInput } from "#src/domain/inputs.ts";
import { isLayerId, layerIds } from "#src/domain/layers/index.ts";
import { marksLayer } from "#src/domain/layer-state.ts";
import { scanOf } from "#src/domain/ledger/scan-window.ts";
import { layersInWords } from "#src/domain/words.ts";
import { ok } from "#src/lib/result.ts";
import { context, dateTime, mrkdwn } from "#views/block-kit.ts";
import type { Hint } from "#views/hint.ts";
import { modalView, multiSelectInput, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { layerChoices } from "./choices.ts";
import { fieldLimits, fieldsOf, hintOf, readFields, requiredText, someIds } from "./fields.ts";
import { versionsBeneath } from "./versions-beneath.ts";

export interface MarkSourceProps {
  state: IncidentState;
  /** Which versions stand beneath the form. */
  from?: Hint;
}

/** Somebody knows that every change of these layers in the window is written down, and where (R4). */
export const markSourceModal: Modal<MarkSourceProps, MarkSourceInput> = {
  callbackId: "mark-source",

  render({ state, from }) {
    const { incident } = state;
    const { from: start, to } = scanOf(incident);
    const marked = layerIds.filter((layer) => marksLayer(incident, state.sourceMarks, layer));
    return modalView("mark-source", {
      title: "Mark a record complete",
      submit: "Mark as complete",
      hint: versionsBeneath(incident, from),
      blocks: [
        context(
          incidentLine(incident),
          mrkdwn`The window: ${dateTime(start)} to ${dateTime(to)}.`,
          "“No change recorded” rules a layer out only where all of its changes in the window would be on record. Mark it only where you know that. It is shown under your name.",
        ),
        ...(marked.length > 0 ? [context(`Marked already: ${layersInWords(marked)}.`)] : []),
        multiSelectInput("layers", "All changes of which layers are on record?", layerChoices, {
          hint: "It is a strong claim: from then on “no change” counts there as known for sure.",
        }),
        textInput("source", "Where are they recorded?", {
          placeholder: "Deploy log of the platform team; nothing reaches production around it",
        }),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { source } = fields.value;
    const layers = fields.value.layers.filter(isLayerId);
    return ok({ incidentId: hintOf(metadata).incidentId, layers, source });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  layers: someIds(isLayerId, "Choose at least one layer."),
  source: requiredText(fieldLimits.sentence, "Say where the changes are recorded."),
});
