import type { IncidentId } from "#src/domain/incident.ts";
import type { SaveServiceInput } from "#src/domain/owners/edit-service.ts";
import { isRepository, isSafeFolder, type StoredService } from "#src/domain/owners/service.ts";
import { ok } from "#src/lib/result.ts";
import { context, limits, oneLine } from "#views/block-kit.ts";
import { channelInput, checkboxesInput, modalView, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import {
  fieldLimits,
  fieldsOf,
  hintOf,
  optionalText,
  readFields,
  requiredText,
  someOf,
} from "./fields.ts";

export interface EditServiceProps {
  /** Null: a new one. */
  service: StoredService | null;
  incidentId: IncidentId;
}

/** Adds a service, or changes what it promises and where its things go. Its name stays once it is given. */
export const editServiceModal: Modal<EditServiceProps, SaveServiceInput> = {
  callbackId: "edit-service",

  render: ({ service, incidentId }) =>
    modalView("edit-service", {
      title: service ? "Edit the service" : "Add a service",
      submit: "Save",
      hint: {
        incidentId,
        // a service has no timeline: the time of its last edit says what the form has seen
        ...(service ? { word: service.name, seenSequence: service.editedAt?.getTime() ?? 0 } : {}),
      },
      blocks: [
        service
          ? context(`${oneLine(service.name)}. The name stays: incidents refer to it.`)
          : textInput("name", "What is it called?", {
              placeholder: "Policy assistant",
              hasFocus: true,
            }),
        textInput("promise", "What does it promise its users?", {
          isOptional: true,
          isMultiline: true,
          initial: service?.promise ?? null,
          placeholder: "Answers follow the policy in force, with a link to it",
        }),
        textInput("latency_objective_ms", "Within how many milliseconds does it answer?", {
          isOptional: true,
          initial: service?.latencyObjectiveMs?.toString() ?? null,
          placeholder: "2500",
          hint: "What it should do, not what it does today.",
        }),
        checkboxesInput("default", "Where nobody chooses a service", defaultChoices, {
          isOptional: true,
          initial: service?.isDefault ? ["default"] : [],
        }),
        textInput("issues_repo", "GitHub repository for issues", {
          isOptional: true,
          initial: service?.issuesRepo ?? null,
          placeholder: "owner/name",
          hint: "Leave it blank to use what is set up for all services. The same goes for the three fields below.",
        }),
        textInput("postmortem_repo", "GitHub repository for postmortems", {
          isOptional: true,
          initial: service?.postmortemRepo ?? null,
          placeholder: "owner/name",
        }),
        textInput("postmortem_path", "Folder for postmortems in it", {
          isOptional: true,
          initial: service?.postmortemPath ?? null,
          placeholder: "docs/postmortems",
        }),
        channelInput("announce_channel", "Channel for announcements", {
          isOptional: true,
          initial: service?.announceChannel ?? null,
        }),
      ],
    }),

  parse(values, metadata) {
    const { word, seenSequence = 0 } = hintOf(metadata);
    // only a new service is asked its name
    const given = word === undefined ? values : { ...values, name: word };
    const fields = readFields(formFields, given);
    if (!fields.ok) return fields;
    return ok({
      isNew: word === undefined,
      seenEditedAt: seenSequence,
      service: {
        name: fields.value.name,
        promise: fields.value.promise,
        latencyObjectiveMs: fields.value.latency_objective_ms,
        isDefault: fields.value.default.length > 0,
        issuesRepo: fields.value.issues_repo,
        postmortemRepo: fields.value.postmortem_repo,
        postmortemPath: fields.value.postmortem_path,
        announceChannel: fields.value.announce_channel,
      },
    });
  },
};

const defaultChoices = [{ value: "default", text: "Take this one" }];

const notARepository = "Give it as owner/name, as it stands in its address on GitHub.";
const notAFolder =
  "Give a folder inside the repository, for example docs/postmortems: no slash at its start or end, no “..”, no blanks.";
const notAnId = "Choose a channel from the list.";
const notMilliseconds =
  "Give a whole number of milliseconds, from 1 to 86,400,000; or leave it blank.";

function repository() {
  return optionalText(140).refine((text) => text === null || isRepository(text), notARepository);
}

/** As people type it: "2500", "2,500" or "2500 ms"; null where it is blank. */
function milliseconds() {
  return optionalText(20)
    .refine((text) => text === null || toMilliseconds(text) !== undefined, notMilliseconds)
    .transform((text) => (text === null ? null : (toMilliseconds(text) ?? null)));
}

const dayMs = 86_400_000;

function toMilliseconds(text: string): number | undefined {
  const plain = text.replace(/\s*ms$/i, "").replaceAll(/,(?=\d{3}(?:\D|$))/g, "");
  const count = /^\d{1,8}$/.test(plain) ? Number(plain) : 0;
  return count >= 1 && count <= dayMs ? count : undefined;
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  name: requiredText(limits.optionValue, "Give it a name that people use for it."),
  promise: optionalText(fieldLimits.paragraph),
  latency_objective_ms: milliseconds(),
  default: someOf(["default"]),
  issues_repo: repository(),
  postmortem_repo: repository(),
  postmortem_path: optionalText(200).refine(
    (text) => text === null || isSafeFolder(text),
    notAFolder,
  ),
  announce_channel: optionalText(40).refine(
    (id) => id === null || /^[CG][A-Z0-9]+$/.test(id),
    notAnId,
  ),
});
