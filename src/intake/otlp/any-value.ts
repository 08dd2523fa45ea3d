/** An attribute's value, decoded: what OpenTelemetry calls AnyValue. Whole numbers that a number cannot hold are text. */
export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** Values nest in lists and maps; deeper than this they are an attack, not a version. */
export const nestingAtMost = 32;

/** What is longer, encoded, is no version, and its hash is not worth what reading it takes. */
export const valueBytesAtMost = 1024 * 1024;

/**
 * A value as text: text as it is, numbers in decimal, booleans as true and false, lists and maps as JSON.
 * Undefined where there is none.
 */
export function textOf(value: Plain): string | undefined {
  if (typeof value === "string") return value;
  if (value === null) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A whole number of 64 bits, given in decimal, as a number where that is exact. */
export function wholeNumber(decimal: string): Plain {
  const number = Number(decimal);
  return Number.isSafeInteger(number) ? number : BigInt(decimal).toString();
}

/** An empty map that has no names of its own, whatever names come in ("__proto__"). */
export function emptyMap(): { [key: string]: Plain } {
  return Object.create(null) as { [key: string]: Plain };
}
