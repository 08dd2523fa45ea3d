import { type FieldFault, parseChange } from "#src/domain/ledger/declared-change.ts";
import { parseMark } from "#src/domain/ledger/declared-mark.ts";
import { listInWords } from "#src/domain/words.ts";
import type { Result } from "#src/lib/result.ts";
import { recordChanges } from "#src/usecases/record-changes.ts";
import { findUnknownServices, type UnknownService } from "#src/usecases/unknown-services.ts";
import { answerJson, type IntakeAnswer, type Route } from "./route.ts";

const itemsAtMost = 1_000;
/** A sender that is wrong in every line is wrong in one way mostly. */
const faultsShown = 100;
const servicesNamed = 3;

/**
 * `POST /v1/changes`: declared changes as one object, an array, `{"changes": […], "complete": […]}`, or one
 * object a line. All or nothing: any fault is a 400 that lists each. Answers 201 where something is new,
 * else 200, with how many were new, had other content than was known, or were known, and which services
 * nobody knows.
 */
export const changes: Route = {
  path: "/v1/changes",
  contentTypes: ["application/json", "application/x-ndjson", "application/jsonl"],
  bytesAtMost: 1_000_000,
  async answer(ctx, { body }) {
    const read = readItems(body);
    if (typeof read === "string") return answerJson(400, { error: read });
    const count = read.changes.length + read.complete.length;
    if (count > itemsAtMost) {
      return answerJson(413, {
        error: `Send at most ${itemsAtMost} changes and marks in one request; these are ${count}. Nothing was recorded.`,
      });
    }
    const parsed = read.changes.map((raw) => parseChange(raw, ctx.now));
    const marks = read.complete.map((raw) => parseMark(raw, ctx.now));
    const faults = [...faultsOf(parsed, ""), ...faultsOf(marks, "complete")];
    if (faults.length > 0) return refuse(faults);
    const sent = { changes: parsed.flatMap(valueOf), marks: marks.flatMap(valueOf) };
    const done = await recordChanges(ctx, sent.changes, { source: "api", marks: sent.marks });
    const { recorded, updated, known, keys, marked } = done;
    const services = [...sent.changes, ...sent.marks].flatMap(({ service }) => service ?? []);
    const unknown = await findUnknownServices(ctx, { services, keys });
    return answerJson(recorded > 0 || marked > 0 ? 201 : 200, {
      recorded,
      updated,
      known,
      keys,
      ...(read.complete.length > 0 ? { marked } : {}),
      ...(unknown.length > 0
        ? { unknown_services: unknown.map(({ service }) => service), note: noteOf(unknown) }
        : {}),
    });
  },
};

/** For whoever mistyped a name: nothing of that service would ever be seen, and nothing would say so. */
function noteOf(unknown: readonly UnknownService[]): string {
  const quoted = unknown.slice(0, servicesNamed).map(({ service }) => `“${service}”`);
  const more = unknown.length - quoted.length;
  const names = `${listInWords(quoted)}${more > 0 ? ` and ${more} more` : ""}`;
  const meant = [...new Set(unknown.flatMap((one) => one.meant ?? []))].slice(0, servicesNamed);
  const isOne = unknown.length === 1;
  return [
    `No other change, no telemetry and no service in Slack has the ${isOne ? "name" : "names"} ${names}.`,
    ...(meant.length > 0 ? [`Did you mean ${listInWords(meant)}?`] : []),
    isOne ? "It was recorded as it is." : "They were recorded as they are.",
    "Where a name is wrong, send the change again with its key and the right name; where it is new, nothing is to be done.",
  ].join(" ");
}

interface Items {
  changes: unknown[];
  complete: unknown[];
}
interface Fault {
  /** Which one, counted from 0. */
  index: number;
  field: string;
  message: string;
}

/** What the body holds, not looked at yet; or a sentence why it holds nothing. */
function readItems(body: Buffer): Items | string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return "The body is not UTF-8. Nothing was recorded; send it as UTF-8.";
  }
  const whole = parseJson(text);
  // one object a line is no JSON as a whole, under whatever content type it comes
  return whole.ok ? itemsOf(whole.value) : readLines(text);
}

function itemsOf(value: unknown): Items | string {
  if (Array.isArray(value)) return { changes: value, complete: [] };
  if (typeof value !== "object" || value === null) {
    return 'The body must be a change, a list of changes, or {"changes": […]}. Nothing was recorded.';
  }
  if (!("changes" in value || "complete" in value)) return { changes: [value], complete: [] };
  const { changes: given = [], complete = [], ...rest } = value as Partial<Items>;
  const other = Object.keys(rest);
  if (other.length > 0) {
    return `Beside changes and complete nothing is known here: ${other.slice(0, 5).join(", ")}. Nothing was recorded.`;
  }
  return Array.isArray(given) && Array.isArray(complete)
    ? { changes: given, complete }
    : "changes and complete must be lists. Nothing was recorded.";
}

function readLines(text: string): Items | string {
  const items: unknown[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const parsed = parseJson(line);
    if (!parsed.ok) {
      return `Line ${index + 1} of the body is no JSON: ${parsed.error} Nothing was recorded.`;
    }
    items.push(parsed.value);
  }
  return { changes: items, complete: [] };
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { ok: false, error: `${(error as Error).message}.` };
  }
}

function valueOf<Value>(result: Result<Value, unknown>): Value[] {
  return result.ok ? [result.value] : [];
}

function faultsOf(results: readonly Result<unknown, FieldFault[]>[], list: string): Fault[] {
  return results.flatMap((result, index) =>
    result.ok
      ? []
      : result.error.map(({ path, message }) => ({
          index,
          field: [list, path].filter((part) => part !== "").join("."),
          message,
        })),
  );
}

function refuse(faults: readonly Fault[]): IntakeAnswer {
  const count = faults.length === 1 ? "one fault" : `${faults.length} faults`;
  const [first] = faults;
  return answerJson(400, {
    error: `Nothing was recorded, because of ${count}. The first one: ${first?.field || "the change"} ${first?.message}.`,
    faults: faults.slice(0, faultsShown),
    ...(faults.length > faultsShown ? { not_shown: faults.length - faultsShown } : {}),
  });
}
