import protobuf from "protobufjs/minimal.js";
import {
  emptyMap,
  nestingAtMost,
  type Plain,
  textOf,
  valueBytesAtMost,
  wholeNumber,
} from "./any-value.ts";
import { ShortTexts } from "./short-texts.ts";
import { MalformedError, type SpanSink } from "./span-sink.ts";

type Reader = protobuf.Reader;

interface Wire {
  body: Buffer;
  reader: Reader;
  texts: ShortTexts;
  sink: SpanSink;
}

// A field on the wire is its number times 8 plus its wire type: 0 varint, 1 eight bytes, 2 with a length
// (protobuf.dev, "Encoding"). The numbers are those of opentelemetry-proto: collector/trace/v1/trace_service.proto,
// trace/v1/trace.proto, resource/v1/resource.proto, common/v1/common.proto. All other fields are skipped unread.
const withLength = (field: number) => field * 8 + 2;
const resourceSpans = withLength(1); // of ExportTraceServiceRequest
const resource = withLength(1); // of ResourceSpans
const scopeSpans = withLength(2);
const resourceAttributes = withLength(1); // of Resource
const spans = withLength(2); // of ScopeSpans
const traceId = withLength(1); // of Span
const startTimeUnixNano = 7 * 8 + 1;
const spanAttributes = withLength(9);
const key = withLength(1); // of KeyValue
const value = withLength(2);
const stringValue = withLength(1); // of AnyValue
const boolValue = 2 * 8;
const intValue = 3 * 8;
const doubleValue = 4 * 8 + 1;
const arrayValue = withLength(5);
const kvlistValue = withLength(6);
const bytesValue = withLength(7);
const listed = withLength(1); // of ArrayValue and KeyValueList

/**
 * Reads an ExportTraceServiceRequest straight from the wire: only what the sink wants is decoded, events,
 * links and the text of other attributes are passed over. Throws MalformedError where it is no protobuf, is
 * cut, lies about a length or nests too deep.
 */
export function readProtobufSpans(body: Buffer, sink: SpanSink): void {
  const reader = protobuf.Reader.create(body);
  const wire: Wire = { body, reader, texts: new ShortTexts(), sink };
  try {
    fields(reader, reader.len, (tag) => {
      if (tag !== resourceSpans) return false;
      readResourceSpans(wire);
      return true;
    });
  } catch (cause) {
    // the reader throws bare errors of its own, and every one of them means that the bytes are wrong
    throw new MalformedError(
      `The body is no valid protobuf of OTLP traces; it goes wrong near byte ${reader.pos} of ${body.length}.`,
      { cause },
    );
  }
}

function readResourceSpans(wire: Wire): void {
  const { reader, sink } = wire;
  const end = endOfMessage(reader);
  // on the wire the resource may stand behind its spans: it is looked for first
  const start = reader.pos;
  const attributes: string[] = [];
  fields(reader, end, (tag) => {
    if (tag !== resource) return false;
    fields(reader, endOfMessage(reader), (inner) => {
      if (inner !== resourceAttributes) return false;
      readAttribute(wire, attributes);
      return true;
    });
    return true;
  });
  sink.beginResource(attributes);
  reader.pos = start;
  fields(reader, end, (tag) => {
    if (tag !== scopeSpans) return false;
    fields(reader, endOfMessage(reader), (inner) => {
      if (inner !== spans) return false;
      readSpan(wire);
      return true;
    });
    return true;
  });
}

function readSpan(wire: Wire): void {
  const { body, reader, sink } = wire;
  const attributes: string[] = [];
  let trace = "";
  let startMs = 0;
  fields(reader, endOfMessage(reader), (tag) => {
    if (tag === spanAttributes) readAttribute(wire, attributes);
    else if (tag === traceId) {
      const length = reader.size();
      reader.skip(length);
      trace = body.toString("hex", reader.pos - length, reader.pos);
    } else if (tag === startTimeUnixNano) startMs = readMilliseconds(reader);
    else return false;
    return true;
  });
  sink.addSpan(trace, startMs, attributes);
}

function readMilliseconds(reader: Reader): number {
  const low = reader.fixed32();
  return Math.floor((reader.fixed32() * 2 ** 32 + low) / 1e6);
}

/** Appends key and value where the key is wanted. The key stands before the value, as every encoder writes it; else it is read again. */
function readAttribute(wire: Wire, into: string[]): void {
  const { reader, sink } = wire;
  const end = endOfMessage(reader);
  const start = reader.pos;
  let name: string | undefined;
  let text: string | undefined;
  let isValueFirst = false;
  const read = (tag: number): boolean => {
    if (tag === key) name = readName(wire);
    else if (tag === value && name === undefined) {
      isValueFirst = true;
      return false;
    } else if (tag === value && sink.wants(name ?? "")) {
      // the length stands before: it is looked at, and read again with the value
      const before = reader.pos;
      const isSmall = reader.size() <= valueBytesAtMost;
      reader.pos = before;
      if (!isSmall) return false;
      text = textOf(readAnyValue(reader, 1));
    } else return false;
    return true;
  };
  fields(reader, end, read);
  if (isValueFirst) {
    reader.pos = start;
    fields(reader, end, read);
  }
  if (name !== undefined && text !== undefined) into.push(name, text);
}

function readName({ body, reader, texts }: Wire): string {
  const length = reader.size();
  // throws where it is too long
  reader.skip(length);
  return texts.read(body, reader.pos - length, reader.pos);
}

function readAnyValue(reader: Reader, depth: number): Plain {
  if (depth > nestingAtMost) throw new RangeError("nested too deep");
  let plain: Plain = null;
  fields(reader, endOfMessage(reader), (tag) => {
    if (tag === stringValue) plain = reader.string();
    else if (tag === boolValue) plain = reader.bool();
    else if (tag === intValue) plain = readWholeNumber(reader);
    else if (tag === doubleValue) plain = reader.double();
    else if (tag === arrayValue) plain = readList(reader, depth);
    else if (tag === kvlistValue) plain = readMap(reader, depth);
    else if (tag === bytesValue) plain = Buffer.from(reader.bytes()).toString("base64");
    else return false;
    return true;
  });
  return plain;
}

function readWholeNumber(reader: Reader): Plain {
  const whole: { toString(): string } = reader.int64();
  return wholeNumber(whole.toString());
}

function readList(reader: Reader, depth: number): Plain[] {
  const list: Plain[] = [];
  fields(reader, endOfMessage(reader), (tag) => {
    if (tag !== listed) return false;
    list.push(readAnyValue(reader, depth + 1));
    return true;
  });
  return list;
}

function readMap(reader: Reader, depth: number): Plain {
  const map = emptyMap();
  fields(reader, endOfMessage(reader), (tag) => {
    if (tag !== listed) return false;
    let name = "";
    let plain: Plain = null;
    fields(reader, endOfMessage(reader), (inner) => {
      if (inner === key) name = reader.string();
      else if (inner === value) plain = readAnyValue(reader, depth + 1);
      else return false;
      return true;
    });
    map[name] = plain;
    return true;
  });
  return map;
}

/** Where the message that begins here ends. */
function endOfMessage(reader: Reader): number {
  const length = reader.size();
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError("a length goes past the end");
  return end;
}

/**
 * Hands each field up to `end` to `read`, which reads it or returns false to have it skipped. Within, the
 * reader ends at `end`: nothing inside a message can reach past it.
 */
function fields(reader: Reader, end: number, read: (tag: number) => boolean): void {
  const outer = reader.len;
  reader.len = end;
  while (reader.pos < end) {
    const tag = reader.tag();
    if (!read(tag)) reader.skipType(tag & 7, 0, tag >>> 3);
  }
  reader.len = outer;
}
