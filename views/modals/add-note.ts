import type { AddNoteInput } from "#src/domain/add-note.ts";
import type { Incident } from "#src/domain/incident.ts";
import { lanes } from "#src/domain/vocabulary.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { choicesOf, dateTimeInput, modalView, selectInput, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import {
  fieldLimits,
  fieldsOf,
  hintOf,
  keysOf,
  oneOf,
  optionalDateTime,
  readFields,
  requiredText,
} from "./fields.ts";

export interface AddNoteProps {
  incident: Incident;
  /** What was typed already; empty where nothing was. */
  text: string;
}

/** Adds a line to the timeline, now or at the time when it happened. */
export const addNoteModal: Modal<AddNoteProps, AddNoteInput> = {
  callbackId: "add-note",

  render: ({ incident, text }) =>
    modalView("add-note", {
      title: "Add to the timeline",
      submit: "Add",
      hint: { incidentId: incident.id },
      blocks: [
        context(incidentLine(incident)),
        textInput("text", "What happened?", { initial: text, isMultiline: true, hasFocus: true }),
        selectInput("lane", "What is it about?", choicesOf(lanes), { initial: "diagnosis" }),
        dateTimeInput("happened_at", "When did it happen?", {
          isOptional: true,
          hint: "Leave it blank if it happened just now.",
        }),
      ],
    }),

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { text, lane, happened_at: happenedAt } = fields.value;
    return ok({ incidentId: hintOf(metadata).incidentId, text, lane, happenedAt });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  text: requiredText(fieldLimits.paragraph, "Say in a sentence what happened."),
  lane: oneOf(keysOf(lanes), "Choose what it is about."),
  happened_at: optionalDateTime(),
});
