import protobuf from "protobufjs";

/** An attribute's value as OTLP/JSON has it. */
export interface AnyValueJson {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string | number;
  doubleValue?: number;
  arrayValue?: { values: AnyValueJson[] };
  kvlistValue?: { values: KeyValueJson[] };
}
export interface KeyValueJson {
  key: string;
  value: AnyValueJson;
}
export interface SpanJson {
  traceId: string;
  spanId: string;
  name: string;
  kind?: number;
  startTimeUnixNano: string;
  endTimeUnixNano?: string;
  attributes: KeyValueJson[];
  events?: { timeUnixNano: string; name: string; attributes: KeyValueJson[] }[];
}
export interface TraceRequestJson {
  resourceSpans: {
    resource?: { attributes: KeyValueJson[] };
    scopeSpans: { scope?: { name: string }; spans: SpanJson[] }[];
  }[];
}

/** The messages of opentelemetry-proto that the tests send, with the field numbers of its .proto files. */
const root = protobuf.Root.fromJSON({
  nested: {
    ExportTraceServiceRequest: message({ resourceSpans: [1, "ResourceSpans", "repeated"] }),
    ResourceSpans: message({
      resource: [1, "Resource"],
      scopeSpans: [2, "ScopeSpans", "repeated"],
      schemaUrl: [3, "string"],
    }),
    Resource: message({ attributes: [1, "KeyValue", "repeated"] }),
    ScopeSpans: message({
      scope: [1, "Scope"],
      spans: [2, "Span", "repeated"],
      schemaUrl: [3, "string"],
    }),
    Scope: message({ name: [1, "string"], version: [2, "string"] }),
    Span: message({
      traceId: [1, "bytes"],
      spanId: [2, "bytes"],
      traceState: [3, "string"],
      parentSpanId: [4, "bytes"],
      name: [5, "string"],
      kind: [6, "int32"],
      startTimeUnixNano: [7, "fixed64"],
      endTimeUnixNano: [8, "fixed64"],
      attributes: [9, "KeyValue", "repeated"],
      events: [11, "Event", "repeated"],
      flags: [16, "fixed32"],
    }),
    Event: message({
      timeUnixNano: [1, "fixed64"],
      name: [2, "string"],
      attributes: [3, "KeyValue", "repeated"],
    }),
    KeyValue: message({ key: [1, "string"], value: [2, "AnyValue"] }),
    AnyValue: {
      oneofs: {
        value: {
          oneof: [
            "stringValue",
            "boolValue",
            "intValue",
            "doubleValue",
            "arrayValue",
            "kvlistValue",
          ],
        },
      },
      ...message({
        stringValue: [1, "string"],
        boolValue: [2, "bool"],
        intValue: [3, "int64"],
        doubleValue: [4, "double"],
        arrayValue: [5, "ArrayValue"],
        kvlistValue: [6, "KeyValueList"],
        bytesValue: [7, "bytes"],
      }),
    },
    ArrayValue: message({ values: [1, "AnyValue", "repeated"] }),
    KeyValueList: message({ values: [1, "KeyValue", "repeated"] }),
    ExportTraceServiceResponse: message({ partialSuccess: [1, "ExportTracePartialSuccess"] }),
    ExportTracePartialSuccess: message({
      rejectedSpans: [1, "int64"],
      errorMessage: [2, "string"],
    }),
    Status: message({ code: [1, "int32"], message: [2, "string"] }),
  },
});
type Field = readonly [id: number, type: string, rule?: "repeated"];

function message(fields: Record<string, Field>): protobuf.IType {
  return {
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, [id, type, rule]]) => [
        name,
        rule ? { id, type, rule } : { id, type },
      ]),
    ),
  };
}

const requestType = root.lookupType("ExportTraceServiceRequest");

/** The request as a protobuf exporter sends it. */
export function encodeTraces(request: TraceRequestJson): Buffer {
  const withBytes = {
    resourceSpans: request.resourceSpans.map((group) => ({
      ...group,
      scopeSpans: group.scopeSpans.map((scope) => ({
        ...scope,
        spans: scope.spans.map((span) => ({
          ...span,
          traceId: Buffer.from(span.traceId, "hex"),
          spanId: Buffer.from(span.spanId, "hex"),
        })),
      })),
    })),
  };
  return Buffer.from(requestType.encode(requestType.fromObject(withBytes)).finish());
}

/** The whole request as objects, by the library: what reading it costs where nothing is left out. */
export function decodeTraces(body: Uint8Array): unknown {
  return requestType.decode(body);
}

/** A message of an answer, as an object with 64-bit numbers as numbers. */
export function decodeAnswer(
  name: "ExportTraceServiceResponse" | "Status",
  body: Uint8Array,
): Record<string, unknown> {
  const type = root.lookupType(name);
  return type.toObject(type.decode(body), { longs: Number });
}
