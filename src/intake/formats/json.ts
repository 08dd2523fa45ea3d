/** An object of JSON's; undefined for anything else. */
export function objectIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** A list; empty for anything else. */
export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text or a number as text; empty for anything else. */
export function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : "";
}

/** A field that is written `traceId` by one sender and `trace_id` by another. */
export function eitherOf(object: Readonly<Record<string, unknown>>, key: string): unknown {
  if (Object.hasOwn(object, key)) return object[key];
  const snake = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.hasOwn(object, snake) ? object[snake] : undefined;
}

/** Nested deeper than this is no attribute that anybody wrote. */
const depthAtMost = 20;

/**
 * What an object holds as text by dotted keys: `{a: {b: 1}}` is `a.b` → "1"; lists by their numbers.
 * Text stays as it is.
 */
export function flattened(value: unknown, start = ""): Map<string, string> {
  const all = new Map<string, string>();
  flattenInto(all, value, start, 0);
  return all;
}

function flattenInto(all: Map<string, string>, value: unknown, key: string, depth: number): void {
  if (value === null || value === undefined) return;
  if (typeof value !== "object") {
    if (key !== "") all.set(key, typeof value === "string" ? value : JSON.stringify(value));
    return;
  }
  if (depth >= depthAtMost) return;
  for (const [name, one] of Object.entries(value)) {
    flattenInto(all, one, key === "" ? name : `${key}.${name}`, depth + 1);
  }
}
