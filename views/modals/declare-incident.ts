import type { KnownBlock } from "@slack/types";
import type { IncidentId } from "#src/domain/incident.ts";
import type { DeclareInput, MessageSource } from "#src/domain/inputs.ts";
import { severities, severityIds, unsureSeverity } from "#src/domain/severity.ts";
import { detectionSources, incidentClasses } from "#src/domain/vocabulary.ts";
import { ok } from "#src/lib/result.ts";
import { context, limits } from "#views/block-kit.ts";
import {
  type Choice,
  choicesOf,
  dateTimeInput,
  modalView,
  multiSelectInput,
  selectInput,
  textInput,
} from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import {
  fieldLimits,
  hintOf,
  keysOf,
  oneOf,
  optionalDateTime,
  optionalOneOf,
  optionalText,
  fieldsOf,
  readFields,
  requiredText,
  someOf,
} from "./fields.ts";

export interface DeclareIncidentProps {
  /** What was typed after the command; empty where nothing was. */
  title: string;
  /** Services to choose from; none: the form does not ask. */
  services: readonly { name: string; isDefault: boolean }[];
  isDrill: boolean;
  /** What users see, from the message that it is declared from. */
  userImpact?: string;
  source?: MessageSource;
}

/** Declares an incident: a title and a severity; everything else may follow later (B4). */
export const declareIncidentModal: Modal<DeclareIncidentProps, DeclareInput> = {
  callbackId: "declare-incident",

  render: ({ title, services, isDrill, userImpact = "", source }) =>
    modalView("declare-incident", {
      title: isDrill ? "Declare a drill" : "Declare an incident",
      submit: "Declare",
      hint: {
        incidentId: noIncidentYet,
        isDrill,
        ...(source ? { word: encodeSource(source) } : {}),
      },
      blocks: [
        textInput("title", "What is wrong?", {
          initial: title,
          placeholder: "Answers follow the travel rule that was replaced",
          hasFocus: true,
        }),
        selectInput("severity", "How bad is it?", severityChoices, {
          placeholder: "Choose a severity",
          hint: `SEV1 in full: ${severities.SEV1.toLowerCase()}.`,
        }),
        context(
          "That is enough. Declaring opens a public channel and asks the owners of each part of the product what changed. The rest can be filled in later.",
        ),
        ...serviceInput(services),
        textInput("user_impact", "What do users see?", {
          isOptional: true,
          isMultiline: true,
          initial: userImpact,
        }),
        selectInput("incident_class", "What kind of incident is it?", choicesOf(incidentClasses), {
          isOptional: true,
        }),
        dateTimeInput("onset_at", "When did it begin, as far as you know?", { isOptional: true }),
        dateTimeInput("noticed_at", "When was it noticed?", { isOptional: true }),
        multiSelectInput("noticed_how", "What noticed it?", choicesOf(detectionSources), {
          isOptional: true,
          hint: "Where several did, choose the earliest one first.",
        }),
      ],
    }),

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { severity } = fields.value;
    const hint = hintOf(metadata);
    const source = parseSource(hint.word);
    const [noticedHow, ...alsoNoticedHow] = fields.value.noticed_how;
    return ok({
      title: fields.value.title,
      severity: severity === unsure ? unsureSeverity : severity,
      isSeverityUnsure: severity === unsure,
      serviceName: fields.value.service,
      userImpact: fields.value.user_impact,
      incidentClass: fields.value.incident_class,
      onsetAt: fields.value.onset_at,
      noticedAt: fields.value.noticed_at,
      noticedHow: noticedHow ?? null,
      ...(alsoNoticedHow.length > 0 ? { alsoNoticedHow } : {}),
      isDrill: hint.isDrill === true,
      ...(source ? { source } : {}),
    });
  },
};

/** `C1 1700000000.000100 https://…`: ids and an address, none of which holds a blank. At most 200 characters, or without the address. */
function encodeSource({ channelId, ts, link }: MessageSource): string {
  const ids = `${channelId} ${ts}`;
  const whole = link === null ? ids : `${ids} ${link}`;
  return whole.length <= 200 ? whole : ids;
}

function parseSource(word: string | undefined): MessageSource | undefined {
  const [channelId, ts, link] = (word ?? "").split(" ");
  return channelId && ts ? { channelId, ts, link: link ?? null } : undefined;
}

const unsure = "unsure" as const;
const noIncidentYet = 0 as IncidentId;

const severityChoices: Choice[] = [
  { value: unsure, text: `Not sure yet (counts as ${unsureSeverity})` },
  ...severityIds.map((id) => ({ value: id, text: `${id}: ${severities[id]}` })),
];

function serviceInput(services: DeclareIncidentProps["services"]): KnownBlock[] {
  if (services.length === 0) return [];
  const choices = services
    // a longer name does not fit into Slack's menu; the default applies, and it can be set later
    .filter(({ name }) => name.length <= limits.optionValue)
    .map(({ name }) => ({ value: name, text: name }));
  if (choices.length === 0) return [];
  const initial = services.find((service) => service.isDefault)?.name ?? null;
  return [
    selectInput("service", "Which AI product or feature?", choices, { isOptional: true, initial }),
  ];
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  title: requiredText(fieldLimits.title, "Say in a few words what is wrong."),
  severity: oneOf([unsure, ...severityIds], "Choose a severity; “not sure yet” is fine."),
  service: optionalText(limits.optionValue),
  user_impact: optionalText(fieldLimits.paragraph),
  incident_class: optionalOneOf(keysOf(incidentClasses)),
  onset_at: optionalDateTime(),
  noticed_at: optionalDateTime(),
  noticed_how: someOf(keysOf(detectionSources)),
});
