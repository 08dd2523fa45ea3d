import {
  emptyMap,
  nestingAtMost,
  type Plain,
  textOf,
  valueBytesAtMost,
  wholeNumber,
} from "./any-value.ts";
import { JsonCursor } from "./json-cursor.ts";
import { MalformedError, type SpanSink } from "./span-sink.ts";

/**
 * Reads OTLP/JSON (OTLP specification, "JSON Protobuf Encoding": lowerCamelCase, ids in hex, unknown fields
 * ignored), and what stands in people's files: several requests one after the other, and Tempo's `batches`
 * for `resourceSpans`, whose ids are in base64. Throws MalformedError with the place where it is wrong.
 */
export function readJsonSpans(body: Buffer, sink: SpanSink): void {
  const cursor = new JsonCursor(body);
  // each line of the Collector's file exporter is a request
  do readRequest(cursor, sink);
  while (cursor.peek() !== -1);
}

/** Where in the body we are; put into words only when something is wrong. */
type Place = () => string;

function readRequest(cursor: JsonCursor, sink: SpanSink): void {
  fieldsOf(
    cursor,
    () => "the body",
    (name) => {
      if (name !== "resourceSpans" && name !== "batches") return cursor.skip();
      itemsOf(
        cursor,
        () => name,
        (r) => readGroup(cursor, sink, () => `${name}[${r}]`),
      );
    },
  );
}

function readGroup(cursor: JsonCursor, sink: SpanSink, at: Place): void {
  const attributes: string[] = [];
  let isKnown = false;
  /** Where spans stand that come before their resource: they are read after it. */
  const early: number[] = [];
  const readScopes = (): void =>
    itemsOf(
      cursor,
      () => `${at()}.scopeSpans`,
      (s) => readScope(cursor, sink, () => `${at()}.scopeSpans[${s}]`),
    );
  fieldsOf(cursor, at, (name) => {
    if (name === "resource" && !isKnown) {
      readResource(cursor, sink, attributes, () => `${at()}.resource`);
      sink.beginResource(attributes);
      isKnown = true;
    } else if (name === "scopeSpans" && isKnown) readScopes();
    else {
      if (name === "scopeSpans") early.push((cursor.peek(), cursor.at));
      cursor.skip();
    }
  });
  if (!isKnown) sink.beginResource(attributes);
  const end = cursor.at;
  for (const start of early) {
    cursor.at = start;
    readScopes();
  }
  cursor.at = end;
}

function readResource(cursor: JsonCursor, sink: SpanSink, into: string[], at: Place): void {
  if (cursor.skipNull()) return;
  fieldsOf(cursor, at, (name) => {
    if (name === "attributes") readAttributes(cursor, sink, into, at);
    else cursor.skip();
  });
}

function readScope(cursor: JsonCursor, sink: SpanSink, at: Place): void {
  fieldsOf(cursor, at, (name) => {
    if (name !== "spans") return cursor.skip();
    itemsOf(
      cursor,
      () => `${at()}.spans`,
      (n) => readSpan(cursor, sink, () => `${at()}.spans[${n}]`),
    );
  });
}

function readSpan(cursor: JsonCursor, sink: SpanSink, at: Place): void {
  const attributes: string[] = [];
  let traceId = "";
  let startMs = 0;
  fieldsOf(cursor, at, (name) => {
    if (name === "attributes") readAttributes(cursor, sink, attributes, at);
    else if (name === "traceId") traceId = traceIdOf(cursor, at);
    else if (name === "startTimeUnixNano") startMs = millisecondsOf(cursor.value(), at);
    else cursor.skip();
  });
  sink.addSpan(traceId, startMs, attributes);
}

function traceIdOf(cursor: JsonCursor, at: Place): string {
  if (cursor.skipNull()) return "";
  if (!cursor.isText()) throw wrong(() => `${at()}.traceId`, "text of 32 hex digits");
  const text = cursor.text();
  // 16 bytes in base64, as Tempo writes them
  if (text.length === 24 && text.endsWith("==")) return Buffer.from(text, "base64").toString("hex");
  return text.toLowerCase();
}

/** 64-bit numbers are text in OTLP/JSON, and numbers are accepted too. */
function millisecondsOf(json: unknown, at: Place): number {
  if (json === null) return 0;
  const isNumber = typeof json === "number" ? json >= 0 : isDecimal(json) && !json.startsWith("-");
  if (!isNumber) throw wrong(() => `${at()}.startTimeUnixNano`, "a number of nanoseconds");
  return Math.floor(Number(json) / 1e6);
}

function readAttributes(cursor: JsonCursor, sink: SpanSink, into: string[], at: Place): void {
  itemsOf(
    cursor,
    () => `${at()}.attributes`,
    (n) => {
      const here: Place = () => `${at()}.attributes[${n}]`;
      const start = cursor.at;
      if (cursor.takes(beforeKey)) {
        // as every exporter writes a text, without a blank: read without looking at names
        const name = cursor.restOfText();
        if (cursor.takes(beforeText)) {
          const valueStart = cursor.at;
          const isWanted = sink.wants(name);
          const value = isWanted ? cursor.restOfText() : cursor.skipRestOfText();
          if (cursor.takes(afterText)) {
            const isSmall = cursor.at - valueStart <= valueBytesAtMost;
            if (typeof value === "string" && isSmall) into.push(name, value);
            return;
          }
        }
        cursor.at = start;
      }
      let key: string | undefined;
      let text: string | undefined;
      let early = -1;
      fieldsOf(cursor, here, (name) => {
        if (name === "key" && !cursor.skipNull()) {
          if (!cursor.isText()) throw wrong(() => `${here()}.key`, "text");
          key = cursor.text();
        } else if (name === "value" && key !== undefined && sink.wants(key)) {
          text = readValue(cursor, here);
        } else {
          // a value may stand before its key
          if (name === "value" && key === undefined) early = (cursor.peek(), cursor.at);
          cursor.skip();
        }
      });
      if (early >= 0 && key !== undefined && sink.wants(key)) {
        const end = cursor.at;
        cursor.at = early;
        text = readValue(cursor, here);
        cursor.at = end;
      }
      if (key !== undefined && text !== undefined) into.push(key, text);
    },
  );
}

const beforeKey = Buffer.from('{"key":"');
const beforeText = Buffer.from(',"value":{"stringValue":"');
const afterText = Buffer.from("}}");

function readValue(cursor: JsonCursor, at: Place): string | undefined {
  if (cursor.skipNull()) return undefined;
  const start = (cursor.peek(), cursor.at);
  let text: string | undefined;
  let isText = true;
  fieldsOf(
    cursor,
    () => `${at()}.value`,
    (name) => {
      if (name === "stringValue" && text === undefined && cursor.isText()) text = cursor.text();
      else {
        isText = false;
        cursor.skip();
      }
    },
  );
  const isSmall = cursor.at - start <= valueBytesAtMost;
  if (isText) return isSmall ? text : undefined;
  if (!isSmall) return undefined;
  cursor.at = start;
  return textOf(plainOf(cursor.value(), 1, at));
}

function plainOf(json: unknown, depth: number, at: Place): Plain {
  if (depth > nestingAtMost) throw wrong(at, `values nested at most ${nestingAtMost} deep`);
  const any = recordOf(json, () => `${at()}.value`);
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } =
    any;
  const kind: Place = () => `${at()}.value.${Object.keys(any).join(" or ")}`;
  if (stringValue != null) return textValue(stringValue, kind);
  if (intValue != null) return wholeValue(intValue, kind);
  if (doubleValue != null) return realValue(doubleValue, kind);
  if (boolValue != null) {
    if (typeof boolValue !== "boolean") throw wrong(kind, "true or false");
    return boolValue;
  }
  if (arrayValue != null) {
    return listOf(recordOf(arrayValue, kind)["values"], kind).map((one) =>
      // an empty one is null
      one == null ? null : plainOf(one, depth + 1, at),
    );
  }
  if (kvlistValue != null) {
    const map = emptyMap();
    for (const entry of listOf(recordOf(kvlistValue, kind)["values"], kind)) {
      const { key, value } = recordOf(entry, kind);
      map[textValue(key ?? "", kind)] = value == null ? null : plainOf(value, depth + 1, at);
    }
    return map;
  }
  return bytesValue == null ? null : textValue(bytesValue, kind);
}

function textValue(json: unknown, at: Place): string {
  if (typeof json !== "string") throw wrong(at, "text");
  return json;
}

function wholeValue(json: unknown, at: Place): Plain {
  if (isDecimal(json)) return wholeNumber(json);
  if (typeof json !== "number" || !Number.isInteger(json)) throw wrong(at, "a whole number");
  return wholeNumber(BigInt(json).toString());
}

/** NaN, Infinity and -Infinity are text in JSON. */
function realValue(json: unknown, at: Place): number {
  const number = typeof json === "string" && json.trim() !== "" ? Number(json) : json;
  const isNumber = typeof number === "number" && (!Number.isNaN(number) || json === "NaN");
  if (!isNumber) throw wrong(at, "a number");
  return number;
}

function isDecimal(json: unknown): json is string {
  return typeof json === "string" && /^-?\d{1,20}$/.test(json);
}

/** Reads an object field by field. */
function fieldsOf(cursor: JsonCursor, at: Place, read: (name: string) => void): void {
  if (!cursor.isObject()) throw cursor.peek() === -1 ? cursor.ended() : wrong(at, "an object");
  cursor.fields(read);
}

/** Reads a list item by item; null is an empty one. */
function itemsOf(cursor: JsonCursor, at: Place, read: (index: number) => void): void {
  if (cursor.skipNull()) return;
  if (!cursor.isList()) throw cursor.peek() === -1 ? cursor.ended() : wrong(at, "a list");
  cursor.items(read);
}

function recordOf(json: unknown, at: Place): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw wrong(at, "an object");
  return json as Record<string, unknown>;
}

function listOf(json: unknown, at: Place): readonly unknown[] {
  if (json == null) return [];
  if (!Array.isArray(json)) throw wrong(at, "a list");
  return json;
}

function wrong(at: Place, wanted: string): MalformedError {
  return new MalformedError(`This is no OTLP: ${at()} must be ${wanted}.`);
}
