import { detailsOf, type EditDetailsInput } from "#src/domain/edit-details.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { printsOf } from "#src/domain/meanwhile.ts";
import { detectionSources, incidentClasses } from "#src/domain/vocabulary.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import {
  choicesOf,
  dateTimeInput,
  modalView,
  multiSelectInput,
  selectInput,
  textInput,
} from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import {
  fieldLimits,
  fieldsOf,
  hintOf,
  keysOf,
  optionalDateTime,
  optionalOneOf,
  optionalText,
  readFields,
  requiredText,
  someOf,
} from "./fields.ts";

/** What users suffer, which promise is broken, since when: filled in or corrected after the declaration. */
export const editDetailsModal: Modal<{ state: IncidentState }, EditDetailsInput> = {
  callbackId: "edit-details",

  render: ({ state: { incident } }) =>
    modalView("edit-details", {
      title: "Details",
      submit: "Save",
      hint: { incidentId: incident.id, shown: printsOf(detailsOf(incident)) },
      blocks: [
        context(incidentLine(incident)),
        textInput("title", "What is wrong?", { initial: incident.title }),
        textInput("user_impact", "What do users see?", {
          isOptional: true,
          isMultiline: true,
          initial: incident.userImpact,
          hasFocus: incident.userImpact === null,
        }),
        textInput("promise_broken", "Which promise to users is broken?", {
          isOptional: true,
          initial: incident.promiseBroken,
          placeholder: "Answers follow the rules in force today",
        }),
        selectInput("incident_class", "What kind of incident is it?", choicesOf(incidentClasses), {
          isOptional: true,
          initial: incident.incidentClass,
        }),
        dateTimeInput("onset_at", "When did it begin, as far as you know?", {
          isOptional: true,
          initial: incident.onsetAt,
        }),
        dateTimeInput("noticed_at", "When was it noticed?", {
          isOptional: true,
          initial: incident.noticedAt,
        }),
        multiSelectInput("noticed_how", "What noticed it?", choicesOf(detectionSources), {
          isOptional: true,
          initial: [incident.noticedHow, ...incident.alsoNoticedHow].filter((one) => one !== null),
          hint: "Where several did, choose the earliest one first.",
        }),
      ],
    }),

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { title, user_impact, promise_broken, incident_class } = fields.value;
    const { incidentId, shown } = hintOf(metadata);
    return ok({
      incidentId,
      ...(shown ? { shown } : {}),
      title,
      userImpact: user_impact,
      promiseBroken: promise_broken,
      incidentClass: incident_class,
      onsetAt: fields.value.onset_at,
      noticedAt: fields.value.noticed_at,
      noticedBy: fields.value.noticed_how,
    });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  title: requiredText(fieldLimits.title, "Say in a few words what is wrong."),
  user_impact: optionalText(fieldLimits.paragraph),
  promise_broken: optionalText(fieldLimits.sentence),
  incident_class: optionalOneOf(keysOf(incidentClasses)),
  onset_at: optionalDateTime(),
  noticed_at: optionalDateTime(),
  noticed_how: someOf(keysOf(detectionSources)),
});
