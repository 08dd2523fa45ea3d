import { isWeak } from "#src/domain/evidence-weight.ts";
import type { KnownBlock } from "@slack/types";
import type { ReadFileInput } from "#src/domain/read-file.ts";
import type { IncidentId, IncidentState } from "#src/domain/incident.ts";
import type { AddArmsInput, AddEvidenceInput } from "#src/domain/inputs.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";
import { type EvidenceKind, evidenceKinds } from "#src/domain/vocabulary.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import {
  type Choice,
  modalView,
  multiSelectInput,
  selectInput,
  textInput,
  userInput,
} from "#views/inputs.ts";
import type { FieldErrors, Modal } from "#views/modal.ts";
import { listOf, textOf, type Values } from "#views/values.ts";
import { incidentLine } from "#views/words.ts";
import { ledgerHint } from "./answer-draft.ts";
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
import { readAddedArms, readFigureFields } from "./figures-fields.ts";
import {
  fieldOfFile,
  fileBytesAtMost,
  linesOfFile,
  readFileField,
  typedBesideFile,
} from "./figures-file.ts";
import {
  countFieldsOf,
  isAddingArms,
  leftOver,
  mainFigures,
  moreFigures,
} from "./figures-inputs.ts";
import { readIntended, withoutIntended } from "./figures-intended.ts";
import { readTraceFields, takesTrace, traceBytesAtMost, traceTooLarge } from "./trace-fields.ts";

export interface AddEvidenceProps {
  state: IncidentState;
  presser: UserId;
  /** What was typed after the command, or a message that is attached. */
  what?: string;
  /** Prefilled where the form was opened for something: its kind, where it can be seen, where it comes from. */
  kind?: EvidenceKind;
  link?: string | null;
  source?: string | null;
  /** What was filled in before the form was drawn again, in place of all of the above. */
  values?: Values;
}

/** What the form comes to: an item, arms for a replay that stands, or either with counts in a file. */
export type EvidenceFormInput = AddEvidenceInput | AddArmsInput | ReadFileInput;

/** The kinds in words; weak ones say so. */
const kindChoices: Choice[] = keysOf(evidenceKinds).map((kind) => ({
  value: kind,
  text: isWeak(kind) ? `${evidenceKinds[kind]} (weak)` : evidenceKinds[kind],
}));

/**
 * Something that was seen: its kind in words, its counts, what it shows, which layers it speaks for or
 * against (B3). It follows the kind that is chosen in it: a replay asks for arms, cohort rates for groups.
 */
export const addEvidenceModal: Modal<AddEvidenceProps, EvidenceFormInput> = {
  callbackId: "add-evidence",

  render({ state, presser, what = "", kind, link = null, source = null, values }) {
    const filled: Values = values ?? { kind: kind ?? null, what, link, source, author: presser };
    const chosen = keysOf(evidenceKinds).find((id) => id === filled["kind"]) ?? null;
    const kindInput = selectInput("kind", "What kind of evidence is it?", kindChoices, {
      hasFocus: chosen === null,
      initial: chosen,
      isDispatched: true,
      hint: "Weak kinds can say where to look, and decide nothing by themselves. A report counts once somebody has verified it.",
    });
    const asked = [
      kindInput,
      ...(chosen === "E1" || chosen === "E2" ? ledgerHint(state) : []),
      ...mainFigures(state, chosen, filled),
      ...(isAddingArms(chosen, filled) ? [] : itemInputs(state, chosen, filled)),
    ];
    return modalView("add-evidence", {
      title: "Add evidence",
      submit: "Save",
      hint: { incidentId: state.incident.id },
      blocks: [context(incidentLine(state.incident)), ...asked, ...leftOver(asked, filled)],
    });
  },

  parse: (values, metadata) => readEvidenceForm(values, hintOf(metadata).incidentId),
};

/**
 * What was filled in, or an error for each field. `charactersAtMost`: what a count field may hold, where a
 * file was put into it.
 */
function readEvidenceForm(
  filled: Values,
  incidentId: IncidentId,
  charactersAtMost: number = fieldLimits.paragraph,
): Result<EvidenceFormInput, FieldErrors> {
  const kind = keysOf(evidenceKinds).find((id) => id === filled["kind"]);
  const file = readFileOf(kind, filled);
  const intended = readIntended(kind, filled, file.ok && file.value !== null);
  if (!intended.ok) return intended;
  const values = intended.value ? withoutIntended(filled) : filled;
  if (kind && file.ok && file.value && typedBesideFile(kind, values)) {
    return err({ file: "Give the counts in the field or in a file, not in both." });
  }
  if (kind && isAddingArms(kind, values)) {
    const evidenceNumber = Number(textOf(values, "replay"));
    if (!file.ok) return file;
    const arms = file.value ? ok([]) : readAddedArms(values, charactersAtMost);
    if (!arms.ok) return arms;
    const added: AddArmsInput = { incidentId, evidenceNumber, arms: arms.value };
    return ok(file.value ? { incidentId, file: file.value, values: filled, draft: added } : added);
  }
  const fields = readFields(itemFields, values);
  const figures = kind ? readFigureFields(kind, values, charactersAtMost) : ok({});
  const trace = takesTrace(kind)
    ? readTraceFields(values, !file.ok || file.value !== null)
    : ok(null);
  if (!fields.ok || !figures.ok || !trace.ok || !file.ok) {
    return err({
      ...(fields.ok ? {} : fields.error),
      ...(figures.ok ? {} : figures.error),
      ...(trace.ok ? {} : trace.error),
      ...(file.ok ? {} : file.error),
    });
  }
  const { strands, ...said } = fields.value;
  const item: AddEvidenceInput = {
    ...said,
    incidentId,
    strandNumbers: strands,
    ...(Object.keys(figures.value).length > 0 ? { figures: figures.value } : {}),
  };
  return ok(file.value ? { incidentId, file: file.value, values: filled, draft: item } : item);
}

/** The file in the form, of the kinds that take one; a trace may be larger than counts. */
function readFileOf(kind: EvidenceKind | undefined, values: Values) {
  if (takesTrace(kind)) return readFileField(values, traceTooLarge, traceBytesAtMost);
  return kind && countFieldsOf[kind] ? readFileField(values) : ok(null);
}

/**
 * The same with what a file holds in place of what would be typed. The error is for somebody who has the
 * form before them no more: whole sentences.
 */
export function readFiledEvidence(
  values: Values,
  incidentId: IncidentId,
  text: string,
): Result<AddEvidenceInput | AddArmsInput, string> {
  const kind = keysOf(evidenceKinds).find((id) => id === values["kind"]) ?? "E4";
  const lines = linesOfFile(text);
  if (!lines.ok) return lines;
  const field = fieldOfFile(kind, lines.value);
  if ((textOf(values, field) ?? "").trim() !== "") {
    return err("The form has the same counts typed in. Take one of the two away.");
  }
  const whole = { ...values, [field]: lines.value };
  const read = readEvidenceForm(whole, incidentId, fileBytesAtMost);
  if (!read.ok) return err(Object.values(read.error).join(" "));
  // no file is left in it
  return "file" in read.value ? err("Choose the file again.") : ok(read.value);
}

/** What every kind asks for: what it shows, of which layers, where it is, of what it speaks, who says so. */
function itemInputs(state: IncidentState, kind: EvidenceKind | null, values: Values): KnownBlock[] {
  const layersInput = (id: string, label: string) =>
    multiSelectInput(id, label, layerChoices, { isOptional: true, initial: listOf(values, id) });
  return [
    textInput("what", "What does it show?", {
      // who adds to a replay in the same form leaves it blank
      isOptional: kind === "E4" && state.evidence.some((item) => item.kind === "E4"),
      isMultiline: true,
      initial: textOf(values, "what"),
      placeholder: examples[kind ?? "E3"] ?? anExample,
    }),
    layersInput("supports", "It speaks for these layers as the cause"),
    layersInput("contradicts", "It speaks against these layers"),
    layersInput("clears", "It rules these layers out"),
    ...moreFigures(kind, values),
    textInput("link", "Where can others see it?", {
      isOptional: true,
      initial: textOf(values, "link"),
      placeholder: "https://",
    }),
    textInput("source", "Where does it come from?", {
      isOptional: true,
      initial: textOf(values, "source"),
      placeholder: "The dashboard of wrong answers, a log, a customer's message",
    }),
    textInput("slice", "Only for a part of it?", {
      isOptional: true,
      isMultiline: true,
      initial: textOf(values, "slice"),
      placeholder: "region: eu-1, eu-2",
      hint: "One line for each dimension, its values with commas between. Leave it blank if it speaks for everything.",
    }),
    ...(state.strands.length > 1
      ? [
          multiSelectInput("strands", "For which strands?", strandChoices(state.strands), {
            isOptional: true,
            initial: listOf(values, "strands"),
            hint: "Leave it blank for every strand there is.",
          }),
        ]
      : []),
    userInput("author", "Who says so?", { initial: textOf(values, "author") }),
  ];
}

const anExample = "Wrong answers by index version, the same 40 questions: 36 of 40 against 1 of 40";
/** Of kinds that ask for the counts themselves. */
const examples: Partial<Record<EvidenceKind, string>> = {
  E4: "With effort high alone, the failing task succeeds again",
  E5: "Wrong answers come from one pool, and from when the change went in until it was out",
  E6: "Without one line of the prompt, the suite scores as before",
  E7: "The same request is right on CPU and wrong on TPU",
};

// built once: a form is parsed while Slack waits
const itemFields = fieldsOf({
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
