import type { KnownBlock, ModalView } from "@slack/types";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { AnswerSplitInput, NewStrandInput, StayingStrandInput } from "#src/domain/inputs.ts";
import { sliceText } from "#src/domain/slice.ts";
import { splitSuggestion } from "#src/domain/split.ts";
import type { Strand } from "#src/domain/strand.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { AppError } from "#src/lib/errors.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { context, divider, oneLine, section } from "#views/block-kit.ts";
import {
  dateTimeInput,
  modalView,
  multiSelectInput,
  radioInput,
  choicesOf,
  textInput,
} from "#views/inputs.ts";
import type { FieldErrors, Modal } from "#views/modal.ts";
import { textOf, type Values } from "#views/values.ts";
import { countOf, incidentLine } from "#views/words.ts";
import { evidenceChoices, strandLines } from "./choices.ts";
import {
  fieldLimits,
  fieldsOf,
  hintOf,
  keysOf,
  oneOf,
  optionalDateTime,
  optionalText,
  readFields,
  slice,
  someNumbers,
} from "./fields.ts";

export interface AnswerSplitProps {
  state: IncidentState;
  /** A strand with a suggestion that nobody has answered. */
  strandNumber: number;
}

/** As many strands as one form can name; what is left differs on, and is asked in the next one. */
const groupsAtMost = 4;

const answers = {
  one: "It is one failure",
  split: "Split it: what differs is a failure of its own",
} as const;

/** R10: whether reports or cohorts that differ are failures of their own; with the strands to add where they are. */
export const answerSplitModal: Modal<AnswerSplitProps, AnswerSplitInput> = {
  callbackId: "answer-split",

  render({ state, strandNumber }) {
    const suggestion = splitSuggestion(state, strandNumber);
    if (!suggestion) return nothingDiffers(state);
    const { items } = suggestion;
    const asked = items.slice(0, groupsAtMost);
    const left = items.length - asked.length;
    const ofStrand = state.evidence.filter((item) => item.strandNumbers.includes(strandNumber));
    return modalView("answer-split", {
      title: "One failure or more?",
      submit: "Save",
      hint: {
        incidentId: state.incident.id,
        strandNumber,
        evidenceNumbers: items.map(({ number }) => number),
      },
      blocks: [
        section(
          `This may be more than one failure: ${suggestion.sentence} Until somebody says, no verdict can be set here.`,
        ),
        context(incidentLine(state.incident)),
        ...strandLines(state, strandNumber),
        ...asked.map(quoted),
        radioInput("answer", "Is it one failure?", choicesOf(answers)),
        textInput("why", "If it is one: why?", {
          isOptional: true,
          hint: "One sentence. What differs then stays here, and is not asked again.",
        }),
        context(
          `If you split it: give each failure of its own a name. What has no name stays in this strand.${left > 0 ? ` ${countOf(left, "more item")} can go along with one of these.` : ""}`,
        ),
        ...asked.flatMap((item, index) => groupBlocks(item, ofStrand, index + 1)),
        ...stayingBlocks(state.strands.find(({ number }) => number === strandNumber)),
      ],
    });
  },

  parse(values, metadata) {
    const { incidentId, strandNumber, evidenceNumbers = [] } = hintOf(metadata);
    if (strandNumber === undefined) {
      throw new AppError("bad_hint", "An answer-split form names no strand.");
    }
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { answer, why } = fields.value;
    const isAccepted = answer === "split";
    const strands: NewStrandInput[] = [];
    const errors: FieldErrors = {};
    for (let place = 1; isAccepted && place <= groupsAtMost; place += 1) {
      const group = readGroup(values, place);
      if (!group.ok) Object.assign(errors, group.error);
      else if (group.value) strands.push(group.value);
    }
    const stays = isAccepted ? readStaying(values) : ok(null);
    if (!stays.ok) Object.assign(errors, stays.error);
    if (isAccepted && strands.length === 0 && Object.keys(errors).length === 0) {
      errors["name:1"] = "Name at least one failure of its own, or choose that it is one.";
    }
    if (!isAccepted && why === null) errors["why"] = "Say in one sentence why it is one failure.";
    if (Object.keys(errors).length > 0 || !stays.ok) return err(errors);
    return ok({
      incidentId,
      strandNumber,
      evidenceNumbers,
      isAccepted,
      why,
      strands,
      stays: stays.value,
    });
  },
};

/** For whoever presses a button that is out of date. */
function nothingDiffers({ incident }: IncidentState): ModalView {
  return modalView("answer-split", {
    title: "One failure or more?",
    hint: { incidentId: incident.id },
    blocks: [
      section("Nothing here differs any more: somebody has answered it. Open the checklist again."),
      context(incidentLine(incident)),
    ],
  });
}

/** What differs, in the words of who recorded it. */
function quoted({ number, kind, what }: EvidenceItem): KnownBlock {
  return section(
    `Evidence ${number}, ${evidenceKinds[kind].toLowerCase()}: “${oneLine(what, 500)}”`,
  );
}

/** What is asked of one failure of its own, filled in with what the item says. */
function groupBlocks(
  item: EvidenceItem,
  ofStrand: readonly EvidenceItem[],
  place: number,
): KnownBlock[] {
  const isReport = item.kind === "E10";
  const about = `evidence ${item.number}`;
  return [
    divider(),
    textInput(`name:${place}`, `What is the failure of ${about} called?`, {
      isOptional: true,
      placeholder: "Refusals in region eu-1",
      hint: "Leave it blank, and it stays in this strand.",
    }),
    textInput(`symptom:${place}`, `What do users see of it? (${about})`, {
      isOptional: true,
      isMultiline: true,
      initial: isReport ? item.what.slice(0, fieldLimits.sentence) : null,
    }),
    dateTimeInput(`window_from:${place}`, `Since when, as far as you know? (${about})`, {
      isOptional: true,
    }),
    textInput(`slice:${place}`, `Only for a part of it? (${about})`, {
      isOptional: true,
      isMultiline: true,
      initial: sliceText(item.slice),
      placeholder: "region: eu-1, eu-2",
      hint: "One line for each dimension, its values with commas between.",
    }),
    multiSelectInput(
      `evidence:${place}`,
      `Which evidence goes over to it? (${about})`,
      evidenceChoices(ofStrand, [item.number]),
      { isOptional: true, initial: [String(item.number)] },
    ),
  ];
}

/** What is asked of the failure that stays: once others are apart, it needs a name and bounds of its own. */
function stayingBlocks(strand: Strand | undefined): KnownBlock[] {
  if (!strand) return [];
  return [
    divider(),
    textInput("name:0", "What is the failure called that stays?", {
      isOptional: true,
      initial: strand.name,
      hint: "It had the name of the whole. Name the one failure that is left in it.",
    }),
    textInput("symptom:0", "What do users see of the one that stays?", {
      isOptional: true,
      isMultiline: true,
      initial: strand.symptom?.slice(0, fieldLimits.sentence) ?? null,
    }),
    dateTimeInput("window_from:0", "Since when does the one that stays fail?", {
      isOptional: true,
      initial: strand.windowFrom,
    }),
    textInput("slice:0", "Only for a part of it? (the one that stays)", {
      isOptional: true,
      isMultiline: true,
      initial: sliceText(strand.slice),
      placeholder: "region: eu-1, eu-2",
    }),
  ];
}

/** The failure that stays as the form says; null where its name was taken out, so that it is left as it is. */
function readStaying(values: Values): Result<StayingStrandInput | null, FieldErrors> {
  const staying = readFields(stayingFields, values, ":0");
  if (!staying.ok) return staying;
  const { name, symptom, window_from: windowFrom, slice: part } = staying.value;
  return ok(name === null ? null : { name, symptom, windowFrom, slice: part });
}

/** One failure of its own; undefined where it has no name. */
function readGroup(values: Values, place: number) {
  const suffix = `:${place}`;
  if (textOf(values, `name${suffix}`) === null) return ok(undefined);
  const group = readFields(groupFields, values, suffix);
  if (!group.ok) return group;
  const { name, symptom, window_from: windowFrom, slice: part, evidence } = group.value;
  if (name === null) return ok(undefined);
  return ok({ name, symptom, windowFrom, slice: part, evidenceNumbers: evidence, place });
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  answer: oneOf(keysOf(answers), "Say whether it is one failure."),
  why: optionalText(fieldLimits.sentence),
});
const stayingFields = fieldsOf({
  name: optionalText(fieldLimits.title),
  symptom: optionalText(fieldLimits.sentence),
  window_from: optionalDateTime(),
  slice: slice(),
});
const groupFields = fieldsOf({
  name: optionalText(fieldLimits.title),
  symptom: optionalText(fieldLimits.sentence),
  window_from: optionalDateTime(),
  slice: slice(),
  evidence: someNumbers(),
});
