import { z } from "zod";
import type { UserId } from "#src/domain/person.ts";
import { parseSlice } from "#src/domain/slice.ts";
import { AppError } from "#src/lib/errors.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { parseHint, type Hint } from "#views/hint.ts";
import type { FieldErrors } from "#views/modal.ts";
import type { Values } from "#views/values.ts";

/** How much a field takes, in characters as Slack counts them (UTF-16); the error names it. */
export const fieldLimits = {
  link: 2000,
  login: 39,
  paragraph: 3000,
  sentence: 1000,
  title: 150,
} as const;

/** The fields of a form: block_id → field. Build it once, at the top level of a file: that is what costs. */
export function fieldsOf<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape> {
  return z.object(shape);
}

/**
 * Reads the fields of a form, those that it does not have as blank. On failure the first error of
 * each field, by block_id. `suffix` is what a part of the form adds to
 * its block_ids: with ":model" the field `change` is read from `change:model`.
 */
export function readFields<Shape extends z.ZodRawShape>(
  fields: z.ZodObject<Shape>,
  values: Values,
  suffix = "",
): Result<z.output<z.ZodObject<Shape>>, FieldErrors> {
  const filled = Object.keys(fields.shape).map((name) => [name, values[name + suffix] ?? null]);
  const parsed = fields.safeParse(Object.fromEntries(filled));
  if (parsed.success) return ok(parsed.data);
  const errors: FieldErrors = {};
  for (const { path, message } of parsed.error.issues) errors[String(path[0]) + suffix] ??= message;
  return err(errors);
}

/** A text that has to be there: blank is refused with `whenBlank`, too long with the limit by name. */
export function requiredText(max: number, whenBlank: string) {
  return z.preprocess(trimmed, storable(max, whenBlank));
}

/** A text or, where it is blank, null. */
export function optionalText(max: number) {
  return z.preprocess(trimmed, storable(max).nullable());
}

/** The ids of a closed list of words, for `oneOf` and its like. */
export function keysOf<Table extends object>(table: Table): (keyof Table & string)[] {
  return Object.keys(table) as (keyof Table & string)[];
}

/** One of these ids; blank is refused with `whenBlank`. */
export function oneOf<const Id extends string>(ids: readonly Id[], whenBlank: string) {
  return z.preprocess(
    blankToNull,
    z.enum(ids, { error: (issue) => (issue.input === null ? whenBlank : notOnList) }),
  );
}

/** One of these ids or, where nothing is chosen, null. */
export function optionalOneOf<const Id extends string>(ids: readonly Id[]) {
  return z.preprocess(blankToNull, z.enum(ids, { error: notOnList }).nullable());
}

/** Any of these ids, in the order chosen. */
export function someOf<const Id extends string>(ids: readonly Id[]) {
  return z.preprocess(blankToNone, z.array(z.enum(ids, { error: notOnList })));
}

/** Numbers of evidence items, from a menu; empty where nothing is chosen. */
export function someNumbers() {
  const number = z
    .string()
    .regex(/^[1-9]\d{0,8}$/, notOnList)
    .transform(Number);
  return z.preprocess(blankToNone, z.array(number));
}

/** Ids of things of the incident (`S1`, `G2`, a layer), from a menu; where none is chosen, refused with `whenNone` or empty. */
export function someIds(isId: (id: string) => boolean, whenNone?: string) {
  const ids = z.array(z.string().refine(isId, notOnList));
  return z.preprocess(blankToNone, whenNone === undefined ? ids : ids.min(1, whenNone));
}

/** Strands, from a menu; null where none is chosen, which stands for all. */
export function strandsOrAll() {
  return someNumbers().transform((numbers) => (numbers.length > 0 ? numbers : null));
}

/** A slice, one line a dimension (`models: a, b`); empty where it is blank. */
export function slice() {
  const typed = z.string().transform((text, check) => {
    const parsed = parseSlice(text);
    if (parsed.ok) return parsed.value;
    check.addIssue({ code: "custom", message: parsed.error });
    return z.NEVER;
  });
  return z.preprocess(
    trimmed,
    storable(fieldLimits.paragraph)
      .nullable()
      .transform((text) => text ?? "")
      .pipe(typed),
  );
}

/** A person; blank is refused with `whenBlank`. */
export function requiredUser(whenBlank: string) {
  return z.preprocess(
    blankToNull,
    z.string(whenBlank).transform((id) => id as UserId),
  );
}

/** A person or, where nobody is chosen, null. */
export function optionalUser() {
  return z.preprocess(
    blankToNull,
    z
      .string()
      .transform((id) => id as UserId)
      .nullable(),
  );
}

/** A date and time (seconds since 1970, as Slack sends it); blank is refused with `whenBlank`. */
export function requiredDateTime(whenBlank: string) {
  const seconds = z.string(whenBlank).regex(/^\d{1,11}$/, "Choose a date and a time.");
  return z.preprocess(
    blankToNull,
    seconds.transform((text) => new Date(Number(text) * 1000)),
  );
}

/** A date and time (seconds since 1970, as Slack sends it) or null. */
export function optionalDateTime() {
  const seconds = z.string().regex(/^\d{1,11}$/, "Choose a date and a time.");
  return z.preprocess(
    blankToNull,
    seconds.transform((text) => new Date(Number(text) * 1000)).nullable(),
  );
}

/** A day that exists, `yyyy-MM-dd`; blank is refused with `whenBlank`. */
export function requiredDay(whenBlank: string) {
  const error = (issue: { input?: unknown }) =>
    issue.input === null ? whenBlank : "Choose a day from the calendar.";
  return z.preprocess(blankToNull, z.iso.date({ error }));
}

/** A day that exists, `yyyy-MM-dd`, or null. */
export function optionalDay() {
  return z.preprocess(
    blankToNull,
    z.iso.date({ error: "Choose a day from the calendar." }).nullable(),
  );
}

/** An address that opens in a browser, or null. */
export function optionalLink() {
  const web = z.url({
    protocol: /^https?$/,
    error: "Give a web address that begins with https:// or http://.",
  });
  return z.preprocess(
    trimmed,
    web.max(fieldLimits.link, { error: tooLong(fieldLimits.link) }).nullable(),
  );
}

/** A GitHub login, with or without an "@" before it, or null. */
export function optionalLogin() {
  const login = z
    .string()
    .transform((text) => text.replace(/^@/, ""))
    .refine(
      (text) => /^[a-z\d][a-z\d_-]*$/i.test(text) && text.length <= fieldLimits.login,
      `Give the login as GitHub shows it after the @: letters, digits and hyphens, at most ${fieldLimits.login} characters.`,
    );
  return z.preprocess(trimmed, login.nullable());
}

/**
 * What the form was about. Slack hands back what we sent, so a hint that cannot be read is a fault
 * of ours, never of the person's.
 */
export function hintOf(metadata: string): Hint {
  const hint = parseHint(metadata);
  if (!hint)
    throw new AppError("bad_hint", "A form came back without the hint that we sent with it.");
  return hint;
}

const notOnList = "Choose from the list; it may have changed since the form was opened.";

function storable(max: number, whenBlank?: string) {
  return (
    z
      .string(whenBlank)
      .max(max, { error: tooLong(max) })
      // PostgreSQL keeps every character but this one.
      .refine((text) => !text.includes("\0"), "Take out the null character; it cannot be stored.")
  );
}

/** "At most 3,000 characters; this has 3,214." */
function tooLong(max: number) {
  return (issue: { input?: unknown }) => {
    const length = typeof issue.input === "string" ? issue.input.length : 0;
    return `At most ${count(max)} characters; this has ${count(length)}.`;
  };
}

function count(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Without the blanks at its ends, and without half characters, which cannot be stored; null where nothing is left that can be seen. */
function trimmed(value: unknown): unknown {
  if (typeof value !== "string") return null;
  return /^[\s\p{Cc}\p{Cf}]*$/u.test(value) ? null : value.toWellFormed().trim();
}

function blankToNull(value: unknown): unknown {
  return typeof value === "string" && value !== "" ? value : null;
}

function blankToNone(value: unknown): unknown {
  if (Array.isArray(value)) return value;
  return typeof value === "string" && value !== "" ? [value] : [];
}
