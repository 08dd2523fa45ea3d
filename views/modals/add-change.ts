import type { Incident } from "#src/domain/incident.ts";
import type { AddChangeInput } from "#src/domain/inputs.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { changeKinds, layerOfKind } from "#src/domain/ledger/change-kinds.ts";
import { scanOf } from "#src/domain/ledger/scan-window.ts";
import { err, ok } from "#src/lib/result.ts";
import { context, dateTime, mrkdwn } from "#views/block-kit.ts";
import type { Hint } from "#views/hint.ts";
import { dateTimeInput, modalView, selectInput, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { layerChoices } from "./choices.ts";
import {
  fieldsOf,
  hintOf,
  keysOf,
  oneOf,
  optionalLink,
  optionalOneOf,
  readFields,
  requiredDateTime,
  requiredText,
} from "./fields.ts";
import { versionsBeneath } from "./versions-beneath.ts";

export interface AddChangeProps {
  incident: Incident;
  /** Which versions stand beneath the form. */
  from?: Hint;
}

/** As long as a change may be that a machine declares. */
const summaryAtMost = 500;

/** A change that somebody knows of and nothing has declared, at the time when it happened. */
export const addChangeModal: Modal<AddChangeProps, AddChangeInput> = {
  callbackId: "add-change",

  render({ incident, from }) {
    const { from: start, to } = scanOf(incident);
    return modalView("add-change", {
      title: "Record a change",
      submit: "Record",
      hint: versionsBeneath(incident, from),
      blocks: [
        context(
          incidentLine(incident),
          mrkdwn`Changes are looked for from ${dateTime(start)} to ${dateTime(to)}. What happened at another time is kept too, and is not shown in this window.`,
        ),
        textInput("summary", "What changed?", {
          placeholder: "Top-k of retrieval lowered from 8 to 3",
          hasFocus: true,
        }),
        dateTimeInput("at", "When did it happen?", {
          hint: "When it reached production, as near as it is known.",
        }),
        selectInput(
          "kind",
          "What kind of change is it?",
          kinds.map((value) => ({ value, text: labelOf(value) })),
        ),
        selectInput("layer", "Which layer does it belong to?", layerChoices, {
          isOptional: true,
          hint: "Leave it blank where the kind says it: a prompt belongs to Prompt & policy.",
        }),
        textInput("link", "Link", {
          isOptional: true,
          placeholder: "https://github.com/example/assistant/pull/41",
        }),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { at, kind, summary, link } = fields.value;
    const layer = fields.value.layer ?? layerOfKind(kind);
    if (layer === null) {
      return err({ layer: `Choose the layer: “${labelOf(kind)}” can belong to any of them.` });
    }
    return ok({ incidentId: hintOf(metadata).incidentId, at, kind, layer, summary, link });
  },
};

const kinds = [...keysOf(changeKinds), "other"] as const;

function labelOf(kind: (typeof kinds)[number]): string {
  return kind === "other" ? "Something else" : changeKinds[kind].label;
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  summary: requiredText(summaryAtMost, "Say in a sentence what changed."),
  at: requiredDateTime("Choose when it happened."),
  kind: oneOf(kinds, "Choose what kind of change it is."),
  layer: optionalOneOf(layerIds),
  link: optionalLink(),
});
