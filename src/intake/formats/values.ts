import type { RowValues } from "#src/domain/test-results/test-run.ts";

/** What may be people's own words, or a document, is longer than that. */
const charactersAtMost = 200;
const keysAtMost = 200;
/** Names of what lets somebody in: the values can be compared, and are not read. */
const secretName =
  /^(?:key|token|headers?)$|api_?key|secret|passw|authorization|credential|private_?key|(?:access|auth|bearer)_?token/i;

/**
 * Values of a file as short text, by name. Text of several lines or over 200 characters, which may be what
 * people wrote, becomes its hash: it can still be compared, and not be read. Objects and lists become JSON
 * first. The value of what is named like a secret is a hash, too. Null and undefined are no value; more
 * than 200 names are left out.
 */
export function textValues(
  values: Readonly<Record<string, unknown>> | null | undefined,
  sha256: (text: string) => string,
): RowValues {
  return Object.fromEntries(
    Object.entries(values ?? {})
      .slice(0, keysAtMost)
      .flatMap(([key, value]) =>
        value === null || value === undefined
          ? []
          : [
              [
                shortText(key, sha256),
                secretName.test(key) ? hashed(value, sha256) : shortText(value, sha256),
              ],
            ],
      ),
  );
}

/** One line of at most 200 characters; what is longer, or has more lines, as "sha256:…". */
export function shortText(value: unknown, sha256: (text: string) => string): string {
  const plain = textOf(value).trim();
  const isShort = plain.length <= charactersAtMost && !/[\p{Cc}\u2028\u2029]/u.test(plain);
  // PostgreSQL takes no half of a character
  return isShort && plain.isWellFormed() ? plain : hashed(value, sha256);
}

function hashed(value: unknown, sha256: (text: string) => string): string {
  return `sha256:${sha256(textOf(value).toWellFormed()).slice(0, 16)}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** A time as a file has it; without a zone it is taken as UTC. Null where it is none. */
export function timeIn(value: unknown): Date | null {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value)) return null;
  const isZoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(value);
  const time = new Date(isZoned ? value : `${value}Z`);
  return Number.isNaN(time.getTime()) ? null : time;
}
