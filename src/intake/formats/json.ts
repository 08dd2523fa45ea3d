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

/** Results and traces of tools nest a dozen deep; a schema of a tool a few dozen. */
const nestingAtMost = 200;
export const nestedTooDeep = `It nests deeper than ${nestingAtMost}, which no tool writes. Give the file as it was exported.`;

/**
 * Whether lists and objects of a text of JSON, or of JSON a line, stand in each other deeper than 200. What
 * writes such a value as text again would run out of stack. Brackets inside of texts do not count; whether
 * it is JSON is not looked at.
 */
export function nestsTooDeep(json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === quote) at = endOfString(json, at);
    else if (code === openList || code === openObject) depth += 1;
    else if (code === closeList || code === closeObject) depth -= 1;
    if (depth > nestingAtMost) return true;
  }
  return false;
}

/** Where a text ends that begins at `from`: at its closing quote, or at the end. */
function endOfString(json: string, from: number): number {
  for (let at = json.indexOf('"', from + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let slashes = 0;
    while (json.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return json.length;
}

const quote = 0x22;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

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
