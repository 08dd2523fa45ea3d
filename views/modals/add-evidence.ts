import { isWeak } from "#src/domain/evidence-weight.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { AddEvidenceInput } from "#src/domain/inputs.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";
import { type EvidenceKind, evidenceKinds } from "#src/domain/vocabulary.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import {
  type Choice,
  modalView,
  multiSelectInput,
  selectInput,
  textInput,
  userInput,
} from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { layerChoices, strandChoices } from "./choices.ts";
import {
  fieldLimits,
  hintOf,
  keysOf,
  oneOf,
  optionalLink,
  optionalText,
  fieldsOf,
  readFields,
  requiredText,
  requiredUser,
  slice,
  someOf,
  strandsOrAll,
} from "./fields.ts";

export interface AddEvidenceProps {
  state: IncidentState;
  presser: UserId;
  /** What was typed after the command, or a message that is attached. */
  what?: string;
  /** Prefilled where the form was opened for something: its kind, where it can be seen, where it comes from. */
  kind?: EvidenceKind;
  link?: string | null;
  source?: string | null;
}

/** The kinds in words; weak ones say so. */
const kindChoices: Choice[] = keysOf(evidenceKinds).map((kind) => ({
  value: kind,
  text: isWeak(kind) ? `${evidenceKinds[kind]} (weak)` : evidenceKinds[kind],
}));

/** Something that was seen: its kind in words, what it shows, which layers it speaks for or against (B3). */
export const addEvidenceModal: Modal<AddEvidenceProps, AddEvidenceInput> = {
  callbackId: "add-evidence",

  render: ({ state, presser, what = "", kind, link = null, source = null }) =>
    modalView("add-evidence", {
      title: "Add evidence",
      submit: "Save",
      hint: { incidentId: state.incident.id },
      blocks: [
        context(incidentLine(state.incident)),
        selectInput("kind", "What kind of evidence is it?", kindChoices, {
          hasFocus: true,
          initial: kind ?? null,
          hint: "Weak kinds can say where to look, and decide nothing by themselves. A report counts once somebody has verified it.",
        }),
        textInput("what", "What does it show?", {
          isMultiline: true,
          initial: what,
          placeholder:
            "Wrong answers by index version, the same 40 questions: 36 of 40 against 1 of 40",
        }),
        multiSelectInput("supports", "It speaks for these layers as the cause", layerChoices, {
          isOptional: true,
        }),
        multiSelectInput("contradicts", "It speaks against these layers", layerChoices, {
          isOptional: true,
        }),
        multiSelectInput("clears", "It rules these layers out", layerChoices, { isOptional: true }),
        textInput("link", "Where can others see it?", {
          isOptional: true,
          initial: link,
          placeholder: "https://",
        }),
        textInput("source", "Where does it come from?", {
          isOptional: true,
          initial: source,
          placeholder: "The dashboard of wrong answers, a log, a customer's message",
        }),
        textInput("slice", "Only for a part of it?", {
          isOptional: true,
          isMultiline: true,
          placeholder: "region: eu-1, eu-2",
          hint: "One line for each dimension, its values with commas between. Leave it blank if it speaks for everything.",
        }),
        ...(state.strands.length > 1
          ? [
              multiSelectInput("strands", "For which strands?", strandChoices(state.strands), {
                isOptional: true,
                hint: "Leave it blank for every strand there is.",
              }),
            ]
          : []),
        userInput("author", "Who says so?", { initial: presser }),
      ],
    }),

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { strands, ...item } = fields.value;
    return ok({ ...item, incidentId: hintOf(metadata).incidentId, strandNumbers: strands });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  kind: oneOf(keysOf(evidenceKinds), "Choose what kind of evidence it is."),
  what: requiredText(fieldLimits.paragraph, "Say what it shows."),
  supports: someOf(layerIds),
  contradicts: someOf(layerIds),
  clears: someOf(layerIds),
  link: optionalLink(),
  source: optionalText(fieldLimits.sentence),
  slice: slice(),
  strands: strandsOrAll(),
  author: requiredUser("Choose who says so."),
});
