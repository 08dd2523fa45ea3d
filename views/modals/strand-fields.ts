import type { KnownBlock } from "@slack/types";
import type { StrandInput } from "#src/domain/edit-strands.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { sliceText } from "#src/domain/slice.ts";
import type { Strand } from "#src/domain/strand.ts";
import { ok, type Result } from "#src/lib/result.ts";
import { dateTimeInput, multiSelectInput, textInput } from "#views/inputs.ts";
import type { FieldErrors } from "#views/modal.ts";
import type { Values } from "#views/values.ts";
import { evidenceChoices } from "./choices.ts";
import {
  fieldLimits,
  fieldsOf,
  optionalDateTime,
  optionalText,
  readFields,
  requiredText,
  slice,
  someNumbers,
} from "./fields.ts";

/** What is asked of a strand, filled in with what stands. */
export function strandInputs(
  strand: Partial<Strand>,
  evidence: readonly EvidenceItem[],
): KnownBlock[] {
  const others = evidence.filter(
    (item) => strand.number === undefined || !item.strandNumbers.includes(strand.number),
  );
  return [
    textInput("name", "What is it called?", {
      initial: strand.name ?? null,
      placeholder: "Refusals in region eu-1",
      hasFocus: true,
    }),
    textInput("symptom", "What do users see of it?", {
      isOptional: true,
      isMultiline: true,
      initial: strand.symptom ?? null,
    }),
    dateTimeInput("window_from", "Since when, as far as you know?", {
      isOptional: true,
      initial: strand.windowFrom ?? null,
    }),
    dateTimeInput("window_to", "Until when?", {
      isOptional: true,
      initial: strand.windowTo ?? null,
      hint: "Leave it blank while it goes on.",
    }),
    textInput("slice", "Only for a part of it?", {
      isOptional: true,
      isMultiline: true,
      initial: strand.slice ? sliceText(strand.slice) : null,
      placeholder: "region: eu-1, eu-2",
      hint: "One line for each dimension, its values with commas between. Leave it blank if it is everywhere.",
    }),
    ...(others.length > 0
      ? [
          multiSelectInput(
            "evidence",
            "Which evidence speaks of it, too?",
            evidenceChoices(others, []),
            {
              isOptional: true,
              hint: "Items of other strands that show this one as well.",
            },
          ),
        ]
      : []),
  ];
}

/** What was filled in of a strand, or an error for each field. */
export function readStrand(values: Values): Result<StrandFields, FieldErrors> {
  const fields = readFields(formFields, values);
  if (!fields.ok) return fields;
  const {
    window_from: windowFrom,
    window_to: windowTo,
    evidence: evidenceNumbers,
    ...said
  } = fields.value;
  return ok({ ...said, windowFrom, windowTo, evidenceNumbers });
}

type StrandFields = Omit<StrandInput, "incidentId">;

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  name: requiredText(fieldLimits.title, "Give it a name that tells it from the others."),
  symptom: optionalText(fieldLimits.sentence),
  window_from: optionalDateTime(),
  window_to: optionalDateTime(),
  slice: slice(),
  evidence: someNumbers(),
});
