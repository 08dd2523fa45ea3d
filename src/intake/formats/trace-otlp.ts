import type { RawSpan } from "#src/domain/exhibit/raw-span.ts";
import { eitherOf, listIn, objectIn, textIn } from "./json.ts";

/**
 * Spans of OTLP as JSON (opentelemetry-proto, trace/v1/trace.proto and the OTLP specification, "JSON
 * Protobuf Encoding"): `resourceSpans`, also what Tempo calls `batches`, and spans alone as Phoenix lists
 * them. Undefined where the value is nothing of that kind; what is no span in it is passed over.
 */
export function otlpSpans(value: unknown): RawSpan[] | undefined {
  const whole = objectIn(value);
  if (!whole) return undefined;
  // Tempo's second interface puts one object around it
  const inner = objectIn(whole["trace"]) ?? whole;
  const groups = eitherOf(inner, "resourceSpans") ?? inner["batches"];
  if (Array.isArray(groups)) return groups.flatMap(spansOfResource);
  const isAlone =
    eitherOf(whole, "spanId") !== undefined && eitherOf(whole, "startTimeUnixNano") !== undefined;
  return isAlone ? spanOf(whole, new Map()) : undefined;
}

function spansOfResource(value: unknown): RawSpan[] {
  const group = objectIn(value);
  if (!group) return [];
  const resource = attributesOf(objectIn(group["resource"])?.["attributes"]);
  const scopes = listIn(eitherOf(group, "scopeSpans") ?? group["instrumentationLibrarySpans"]);
  return scopes.flatMap((scope) =>
    listIn(objectIn(scope)?.["spans"]).flatMap((span) => spanOf(span, resource)),
  );
}

function spanOf(value: unknown, resource: ReadonlyMap<string, string>): RawSpan[] {
  const span = objectIn(value);
  const traceId = idIn(span && eitherOf(span, "traceId"), 16);
  if (!span || traceId === "") return [];
  const status = objectIn(span["status"]);
  const kind = textIn(span["kind"]);
  const message = textIn(status?.["message"]);
  return [
    {
      traceId,
      spanId: idIn(eitherOf(span, "spanId"), 8),
      parentId: idIn(eitherOf(span, "parentSpanId"), 8),
      name: textIn(span["name"]),
      isServer: kind === "2" || kind === "SPAN_KIND_SERVER",
      startMs: msOfNano(eitherOf(span, "startTimeUnixNano")),
      endMs: msOfNano(eitherOf(span, "endTimeUnixNano")),
      status: statusOf(textIn(status?.["code"])),
      resource,
      attributes: attributesOf(span["attributes"]),
      texts: [
        ...(message === "" ? [] : [{ field: "status.message", text: message }]),
        ...listIn(span["events"]).flatMap(textsOfEvent),
      ],
    },
  ];
}

/** What an event holds is taken for text: messages, completions, exceptions. */
function textsOfEvent(value: unknown): RawSpan["texts"] {
  return [...attributesOf(objectIn(value)?.["attributes"])].map(([field, text]) => ({
    field,
    text,
  }));
}

/** Trace and span ids are hex in OTLP; what was made by protobuf's own JSON has them in base64. */
function idIn(value: unknown, bytes: number): string {
  const text = textIn(value).trim();
  if (text.length === bytes * 2 && /^[\da-f]+$/i.test(text))
    return isZero(text) ? "" : text.toLowerCase();
  if (/^[\w+/-]+={0,2}$/.test(text)) {
    const decoded = Buffer.from(text, "base64");
    if (decoded.length === bytes)
      return isZero(decoded.toString("hex")) ? "" : decoded.toString("hex");
  }
  return "";
}

function isZero(hex: string): boolean {
  return /^0+$/.test(hex);
}

function msOfNano(value: unknown): number | null {
  const nano = Number(textIn(value) === "" ? Number.NaN : textIn(value));
  // as far as a Date reaches
  return nano > 0 && nano < 8.64e21 ? nano / 1e6 : null;
}

function statusOf(code: string): RawSpan["status"] {
  if (code === "2" || /error/i.test(code)) return "error";
  return code === "1" || /ok$/i.test(code) ? "ok" : "unset";
}

/** `[{key, value: {stringValue}}]` as text by key; the last one of a key counts. */
function attributesOf(value: unknown): Map<string, string> {
  const all = new Map<string, string>();
  for (const one of listIn(value)) {
    const { key, value: held } = objectIn(one) ?? {};
    if (typeof key !== "string" || key === "") continue;
    const plain = plainOf(held, 0);
    if (plain === undefined) continue;
    all.set(key, typeof plain === "string" ? plain : JSON.stringify(plain));
  }
  return all;
}

const depthAtMost = 20;

/** An AnyValue as plain JSON; undefined where there is nothing, or deeper than anybody nests. */
function plainOf(value: unknown, depth: number): unknown {
  const any = objectIn(value);
  if (!any || depth > depthAtMost) return undefined;
  const found = (key: string): unknown => eitherOf(any, key);
  const simple =
    found("stringValue") ?? found("boolValue") ?? found("doubleValue") ?? found("bytesValue");
  if (simple !== undefined) return simple;
  const whole = found("intValue");
  // 64 bits come as text and read as the number
  if (whole !== undefined) return textIn(whole);
  const array = objectIn(found("arrayValue"));
  if (array) return listIn(array["values"]).map((one) => plainOf(one, depth + 1) ?? null);
  const list = objectIn(found("kvlistValue"));
  if (!list) return undefined;
  return Object.fromEntries(
    listIn(list["values"]).flatMap((one) => {
      const { key, value: held } = objectIn(one) ?? {};
      return typeof key === "string" ? [[key, plainOf(held, depth + 1) ?? null]] : [];
    }),
  );
}
