import { z } from "zod";
import { parseSeries } from "#src/domain/figures/parse-series.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { FieldErrors } from "#views/modal.ts";
import { listOf, textOf, type Values } from "#views/values.ts";
import { type CountField, countFieldsOf } from "./figures-inputs.ts";

/** How much a file may hold, in bytes. */
export const fileBytesAtMost = 1_000_000;

/** A file that was put into a form, as Slack names it; it is read later. */
export interface GivenFile {
  id: string;
  name: string;
}

/**
 * The file in the form, null where there is none; one that is too large is refused at once, in these words
 * behind its name.
 */
export function readFileField(
  values: Values,
  tooLarge = "is larger than 1 MB. Give the counts alone, one line a group.",
  bytesAtMost = fileBytesAtMost,
): Result<GivenFile | null, FieldErrors> {
  const [text] = listOf(values, "file");
  if (text === undefined) return ok(null);
  const file = uploaded.safeParse(text);
  if (!file.success) return err({ file: "Choose the file again." });
  const { id, name, size } = file.data;
  if (size > bytesAtMost) {
    return err({ file: `${name} ${tooLarge}` });
  }
  return ok({ id, name });
}

/**
 * The field that stands beside the file with counts of its own: both at once would leave open which are
 * meant. Cohort rates take a file for what is not typed, so only both fields are too many.
 */
export function typedBesideFile(kind: EvidenceKind, values: Values): CountField | undefined {
  const typed = (countFieldsOf[kind] ?? []).filter(
    (field) => (textOf(values, field) ?? "").trim() !== "",
  );
  return typed.length === (countFieldsOf[kind] ?? []).length ? typed[0] : undefined;
}

/** Rates by cohort and over time come in the same form; windows have a beginning and an end. */
export function fieldOfFile(kind: EvidenceKind, text: string): CountField {
  const [first = "cohorts", second] = countFieldsOf[kind] ?? [];
  if (second === undefined) return first;
  const isOverTime = /change_present|"window"/i.test(text) || parseSeries(text).ok;
  return isOverTime ? second : first;
}

/** More rows than 50 are refused anyway, and a line is a name and two numbers. */
const fileLinesAtMost = 60;
const fileLineAtMost = 1_000;

/**
 * What a file holds as text of few short lines, as parsing takes it: its patterns are made for what people
 * type, and one line of a million characters would hold up everybody. JSON gets lines of its own.
 */
export function linesOfFile(text: string): Result<string, string> {
  const list = parsedJson(text);
  if (list !== undefined) {
    // what is no list is refused where its kind is known, with an example
    if (Array.isArray(list) && list.length > fileLinesAtMost) return err(tooMany(list.length));
    return ok(JSON.stringify(list, null, 1));
  }
  const lines = text.split(/\r?\n/);
  const filled = lines.filter((line) => line.trim() !== "").length;
  if (filled > fileLinesAtMost) return err(tooMany(filled));
  const long = lines.findIndex((line) => line.length > fileLineAtMost);
  if (long >= 0) return err(`Line ${long + 1}: it is longer than 1,000 characters.`);
  return ok(lines.join("\n"));
}

function tooMany(count: number): string {
  return `That are ${count} lines. Give at most 50: counts by group, not every single run.`;
}

/** Undefined where the text is no list or object of JSON's. */
function parsedJson(text: string): unknown {
  const plain = text.replace(/^\uFEFF/, "").trim();
  if (!/^[[{]/.test(plain)) return undefined;
  try {
    return JSON.parse(plain);
  } catch {
    // square brackets may also open the name of a group
    return undefined;
  }
}

const uploaded = z
  .string()
  .transform((text, check): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      // whoever sent it did not use the form
      check.addIssue({ code: "custom", message: "not JSON" });
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      id: z.string().regex(/^[A-Z0-9]{1,30}$/),
      name: z
        .string()
        .nullish()
        .transform((name) => name?.slice(0, 100) ?? "The file"),
      size: z
        .number()
        .nullish()
        .transform((size) => size ?? 0),
    }),
  );
