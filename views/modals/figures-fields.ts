import { z } from "zod";
import type { Arm, Figures } from "#src/domain/figures/figures.ts";
import { splits } from "#src/domain/figures/figures.ts";
import { parseAblation } from "#src/domain/figures/parse-ablation.ts";
import { parseArms } from "#src/domain/figures/parse-arms.ts";
import { parseCohorts } from "#src/domain/figures/parse-cohorts.ts";
import { parseSeries } from "#src/domain/figures/parse-series.ts";
import { parseStacks } from "#src/domain/figures/parse-stacks.ts";
import { lackOfAblation, lackOfSeries, lackOfStacks } from "#src/domain/figures/parse-whole.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { FieldErrors } from "#views/modal.ts";
import { textOf, type Values } from "#views/values.ts";
import {
  fieldLimits,
  fieldsOf,
  keysOf,
  optionalDateTime,
  optionalOneOf,
  optionalText,
  readFields,
  someOf,
} from "./fields.ts";
import { fileBytesAtMost } from "./figures-file.ts";
import { type CountField, countFieldsOf } from "./figures-inputs.ts";

/**
 * The figures of this kind: counts as people type them, CSV or JSON, each error at its field with its line.
 * `charactersAtMost`: of a count field; a file may hold more than a field takes. Fields of other kinds are
 * left alone.
 */
export function readFigureFields(
  kind: EvidenceKind,
  values: Values,
  charactersAtMost: number = fieldLimits.paragraph,
): Result<Figures, FieldErrors> {
  const counts = readCounts(kind, values, charactersAtMost);
  const more = readFields(moreFields, onlyOf(kind, values));
  if (!counts.ok || !more.ok) {
    return err({ ...(counts.ok ? {} : counts.error), ...(more.ok ? {} : more.error) });
  }
  const { split_by: splitBy, changed_at: changedAt, measure, input_count: inputCount } = more.value;
  if (counts.value.cohorts && splitBy === null) {
    return err({ split_by: "Choose what the groups differ in." });
  }
  return ok({
    ...counts.value,
    ...(splitBy === null || !counts.value.cohorts ? {} : { splitBy }),
    ...(measure === null ? {} : { measure }),
    ...(more.value.other_pins.length > 0 ? { areOtherPinsEqual: true } : {}),
    ...(more.value.same_build.length > 0 ? { isSameBuild: true } : {}),
    ...(inputCount === null ? {} : { inputCount }),
    ...(changedAt === null ? {} : { changedAt: changedAt.toISOString() }),
    ...(more.value.permission.length > 0 ? { isPermission: true } : {}),
    ...(more.value.other_failure.length > 0 ? { isOtherFailure: true } : {}),
  });
}

/** Arms that go to a replay which is recorded already: its baseline is there, so none is asked for. */
export function readAddedArms(
  values: Values,
  charactersAtMost: number = fieldLimits.paragraph,
): Result<Arm[], FieldErrors> {
  const typed = readFields(countField(charactersAtMost), { text: textOf(values, "arms") });
  if (!typed.ok) return err({ arms: typed.error["text"] ?? "" });
  if (typed.value.text === null) return err({ arms: "Write the arms to add, one a line." });
  const arms = parseArms(typed.value.text);
  const added = arms.ok ? arms : parseArms(typed.value.text, [standingBaseline]);
  return added.ok ? added : err({ arms: added.error });
}

/** Stands for the baseline that the recorded replay has; its name is nobody's. */
const standingBaseline: Arm = {
  name: "\u0000",
  role: "baseline",
  layers: [],
  isLkg: false,
  n: 1,
  fails: 0,
};

function readCounts(
  kind: EvidenceKind,
  values: Values,
  charactersAtMost: number,
): Result<Figures, FieldErrors> {
  const errors: FieldErrors = {};
  const figures: Figures = {};
  for (const field of countFieldsOf[kind] ?? []) {
    const typed = readFields(countField(charactersAtMost), { text: textOf(values, field) });
    if (!typed.ok) {
      errors[field] = typed.error["text"] ?? "";
      continue;
    }
    if (typed.value.text === null) continue;
    const parsed = parsers[field](typed.value.text);
    if (parsed.ok) Object.assign(figures, { [field]: parsed.value });
    else errors[field] = parsed.error;
  }
  return Object.keys(errors).length > 0 ? err(errors) : ok(figures);
}

const parsers: Record<CountField, (text: string) => Result<unknown, string>> = {
  // a function of two: what stands already is given to it elsewhere
  arms: (text) => parseArms(text),
  cohorts: parseCohorts,
  series: (text) => whole(parseSeries(text), lackOfSeries),
  ablation: (text) => whole(parseAblation(text), lackOfAblation),
  stacks: (text) => whole(parseStacks(text), lackOfStacks),
};

/** Rows that are right each, and together lack what they would be compared with. */
function whole<Rows>(
  parsed: Result<Rows, string>,
  lackOf: (rows: Rows) => string | undefined,
): Result<Rows, string> {
  const lack = parsed.ok ? lackOf(parsed.value) : undefined;
  return lack === undefined ? parsed : err(lack);
}

/** What each kind asks for besides its counts. */
const moreOf: Partial<Record<EvidenceKind, readonly string[]>> = {
  E1: ["changed_at", "permission"],
  E2: ["changed_at", "permission"],
  E5: ["split_by", "other_pins", "measure", "input_count"],
  E6: ["same_build", "measure", "input_count"],
  E10: ["other_failure"],
};

function onlyOf(kind: EvidenceKind, values: Values): Values {
  const asked = moreOf[kind] ?? [];
  return Object.fromEntries(Object.entries(values).filter(([id]) => asked.includes(id)));
}

const typedFields = fieldsOf({ text: optionalText(fieldLimits.paragraph) });
const filedFields = fieldsOf({ text: optionalText(fileBytesAtMost) });
function countField(charactersAtMost: number): typeof typedFields {
  return charactersAtMost > fieldLimits.paragraph ? filedFields : typedFields;
}

const inputsAtMost = 1_000_000;
const wholeNumber = "Give a whole number, such as 12.";

// built once: a form is parsed while Slack waits
const moreFields = fieldsOf({
  split_by: optionalOneOf(keysOf(splits)),
  measure: optionalText(fieldLimits.sentence),
  other_pins: someOf(["equal"]),
  same_build: someOf(["same"]),
  changed_at: optionalDateTime(),
  permission: someOf(["permission"]),
  other_failure: someOf(["other"]),
  input_count: z.preprocess(
    (value) => (typeof value === "string" && value.trim() !== "" ? value.trim() : null),
    z
      .string()
      .regex(/^\d{1,9}$/, wholeNumber)
      .transform(Number)
      .refine((count) => count >= 1 && count <= inputsAtMost, "Give a number from 1 to 1,000,000.")
      .nullable(),
  ),
});
