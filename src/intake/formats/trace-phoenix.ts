import type { RawSpan } from "#src/domain/exhibit/raw-span.ts";
import { flattened, listIn, objectIn, textIn } from "./json.ts";

/**
 * A span as Phoenix exports it: name, context {trace_id, span_id}, span_kind, parent_id, start_time,
 * end_time, status_code, status_message, attributes (dotted or nested), events. Undefined where it is none.
 */
export function phoenixSpan(value: unknown): RawSpan | undefined {
  const span = objectIn(value);
  const context = objectIn(span?.["context"]);
  const traceId = textIn(context?.["trace_id"]).trim().slice(0, 64);
  if (!span || traceId === "") return undefined;
  const attributes = flattened(span["attributes"]);
  const kind = textIn(span["span_kind"]);
  if (kind !== "" && !attributes.has("openinference.span.kind")) {
    attributes.set("openinference.span.kind", kind);
  }
  const message = textIn(span["status_message"]);
  const code = textIn(span["status_code"]);
  return {
    traceId,
    spanId: textIn(context?.["span_id"]),
    parentId: textIn(span["parent_id"]),
    name: textIn(span["name"]),
    isServer: false,
    startMs: msOf(span["start_time"]),
    endMs: msOf(span["end_time"]),
    status: code === "ERROR" ? "error" : code === "OK" ? "ok" : "unset",
    resource: noResource,
    attributes,
    texts: [
      ...(message === "" ? [] : [{ field: "status.message", text: message }]),
      ...listIn(span["events"]).flatMap((event) =>
        [...flattened(objectIn(event)?.["attributes"])].map(([field, text]) => ({ field, text })),
      ),
    ],
  };
}

/** Exports of spans alone do not say of which service they are. */
const noResource: ReadonlyMap<string, string> = new Map();

/** Milliseconds since 1970 of an ISO time; null where it is none. */
export function msOf(value: unknown): number | null {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}
