import {
  areIntendedLines,
  type IntendedLine,
  parseIntendedLines,
} from "#src/domain/test-results/intended-lines.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { FieldErrors } from "#views/modal.ts";
import { textOf, type Values } from "#views/values.ts";
import { fieldLimits } from "./fields.ts";
import { type CountField, countFieldsOf } from "./figures-inputs.ts";

/** The kinds whose counts may come from a file of test results. */
export function takesTestResults(kind: unknown): kind is "E4" | "E6" | "E7" {
  return kind === "E4" || kind === "E6" || kind === "E7";
}

/**
 * What the arms in a file were meant to run with, as it is typed in place of counts: null where the field is
 * blank or holds counts. Refused at the field: a line that is wrong, and such lines without a file.
 */
export function readIntended(
  kind: EvidenceKind | undefined,
  values: Values,
  hasFile: boolean,
): Result<IntendedLine[] | null, FieldErrors> {
  const field = fieldOf(kind);
  const text = field === undefined ? "" : (textOf(values, field) ?? "");
  // a field takes no more; what is read from a file has counts
  if (field === undefined || text.length > fieldLimits.paragraph || !areIntendedLines(text)) {
    return ok(null);
  }
  if (!hasFile) {
    return err({
      [field]:
        "These lines say what ran, and not how often it failed. Choose the file with the results below, or end each line with its counts, such as “: 2 of 20”.",
    });
  }
  const lines = parseIntendedLines(text);
  return lines.ok ? lines : err({ [field]: lines.error });
}

/** The form without these lines: the counts of the file come in their place. */
export function withoutIntended(values: Values): Values {
  const field = fieldOf(values["kind"]);
  return field === undefined ? values : { ...values, [field]: null };
}

/** What an item says with how its file says it ran; unchanged where both are more than an item holds. */
export function withSaid(values: Values, said: string): Values {
  const what = (textOf(values, "what") ?? "").trim();
  const both = `${what}\n${said}`;
  return what === "" || both.length > fieldLimits.paragraph ? values : { ...values, what: both };
}

function fieldOf(kind: unknown): CountField | undefined {
  return takesTestResults(kind) ? countFieldsOf[kind]?.[0] : undefined;
}
