// Goal: both encodings of OTLP mean the same, and no bytes can do more than be refused. Method: properties
// over random requests, encoded as protobuf by a library from the published field numbers, and as JSON;
// over requests that are spoiled; and over plain random bytes.

import fc from "fast-check";
import { expect, test } from "vitest";
import { createPinReader } from "#src/domain/ledger/pin-aliases.ts";
import type { SpanSink } from "#src/intake/otlp/span-sink.ts";
import { readJsonSpans } from "#src/intake/otlp/json-spans.ts";
import { readProtobufSpans } from "#src/intake/otlp/protobuf-spans.ts";
import { deliveryCaps, SightingFold } from "#src/intake/otlp/sightings.ts";
import { readTraces } from "#src/intake/traces.ts";
import { sha256 } from "#src/lib/sha256.ts";
import {
  type AnyValueJson,
  encodeTraces,
  type KeyValueJson,
  type SpanJson,
  type TraceRequestJson,
} from "#test/support/otlp-request.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

const nowMs = Date.parse("2026-11-22T12:00:00Z");
const reader = createPinReader({ pinKeys: { "app.index.version": "retrieval_data" } }, sha256);

const text = fc.string({ unit: "binary", maxLength: 12 });
const { value: anyValue } = fc.letrec<{ value: AnyValueJson; pair: KeyValueJson }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.record({ stringValue: text }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) }),
    fc.record({ intValue: fc.maxSafeInteger() }),
    fc.record({ doubleValue: fc.double({ noDefaultInfinity: true, noNaN: true }) }),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie("value"), { maxLength: 3 }) }) }),
    fc.record({ kvlistValue: fc.record({ values: fc.array(tie("pair"), { maxLength: 3 }) }) }),
  ),
  pair: fc.record({ key: fc.oneof(text, fc.constant("__proto__")), value: tie("value") }),
}));

const key = fc.constantFrom(
  "gen_ai.operation.name",
  "gen_ai.request.model",
  "gen_ai.response.model",
  "gen_ai.request.temperature",
  "gen_ai.request.seed",
  "gen_ai.tool.definitions",
  "gen_ai.system_instructions",
  "app.index.version",
  "app.router.version",
  "http.route",
  "service.name",
);
const keyValues = fc.array(fc.record({ key, value: anyValue }), { maxLength: 6 });
const span: fc.Arbitrary<SpanJson> = fc.record({
  traceId: fc.constantFrom(
    "1".repeat(32),
    "2".repeat(32),
    "0".repeat(32),
    "abcdef0123456789".repeat(2),
    "",
  ),
  spanId: fc.constant("1".repeat(16)),
  name: text,
  startTimeUnixNano: fc.oneof(
    fc.constant("0"),
    fc.integer({ min: nowMs - 1_000_000, max: nowMs + 1_000_000 }).map((ms) => `${ms}123456`),
  ),
  attributes: keyValues,
});
const request: fc.Arbitrary<TraceRequestJson> = fc.record({
  resourceSpans: fc.array(
    fc.record({
      resource: fc.record({ attributes: keyValues }),
      scopeSpans: fc.array(fc.record({ spans: fc.array(span, { maxLength: 4 }) }), {
        maxLength: 2,
      }),
    }),
    { maxLength: 3 },
  ),
});

test("protobuf and JSON of the same request give the same sightings", () => {
  let taken = 0;
  fc.assert(
    fc.property(request, (made) => {
      const inProtobuf = read("application/x-protobuf", encodeTraces(made));
      const inJson = read("application/json", Buffer.from(JSON.stringify(made)));
      expect(inProtobuf.ok && inJson.ok).toBe(true);
      expect(inProtobuf).toEqual(inJson);
      if (inJson.ok) taken += inJson.value.taken;
    }),
    { numRuns: propertyRuns },
  );
  // else nothing was compared
  expect(taken).toBeGreaterThan(propertyRuns / 10);
});

test("both decoders hand on the same attributes, also those that are no versions", () => {
  fc.assert(
    fc.property(request, (made) => {
      const [fromProtobuf, fromJson] = [listing(), listing()];
      readProtobufSpans(encodeTraces(made), fromProtobuf.sink);
      readJsonSpans(Buffer.from(JSON.stringify(made)), fromJson.sink);
      expect(fromProtobuf.seen).toEqual(fromJson.seen);
    }),
    { numRuns: propertyRuns },
  );
});

test("bytes of any kind are read or refused with a sentence, and never do anything else", () => {
  const spoiled = fc
    .tuple(request, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }), fc.nat())
    .map(([made, changes, cut]) => {
      const body = encodeTraces(made);
      for (const [at, byte] of changes) if (body.length > 0) body[at % body.length] = byte;
      return body.subarray(0, body.length - (cut % 3));
    });
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
  fc.assert(
    fc.property(fc.oneof(spoiled, bytes), (body) => {
      const result = read("application/x-protobuf", body);
      if (!result.ok) expect(result.error).toMatch(/^The body is no valid protobuf/);
      const asJson = read("application/json", body);
      if (!asJson.ok) expect(asJson.error).toMatch(/^(?:The body|This is no OTLP)/);
    }),
    { numRuns: propertyRuns },
  );
});

test("JSON of any shape is read or refused with a sentence", () => {
  const place = fc.constantFrom(
    "resourceSpans",
    "resource",
    "scopeSpans",
    "spans",
    "attributes",
    "key",
    "value",
    "stringValue",
    "intValue",
    "doubleValue",
    "boolValue",
    "arrayValue",
    "kvlistValue",
    "values",
    "traceId",
    "startTimeUnixNano",
  );
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 10, withCrossShrink: true },
      fc.constantFrom(null, true, 0, -1, 1.5, 1e300, "", "x", "service.name"),
      fc.array(tie("json"), { maxLength: 3 }),
      fc.dictionary(place, tie("json"), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(json, (made) => {
      const result = read("application/json", Buffer.from(JSON.stringify(made)));
      if (!result.ok) expect(result.error).toMatch(/^This is no OTLP: .+ must be /);
    }),
    { numRuns: propertyRuns },
  );
});

test("a value that comes before its key, and a resource behind its spans, are read all the same", () => {
  const withLength = (field: number, ...inner: Buffer[]): Buffer => {
    const body = Buffer.concat(inner);
    return Buffer.concat([Buffer.from([field * 8 + 2, body.length]), body]);
  };
  const pair = (name: string, value: string): Buffer =>
    Buffer.concat([
      withLength(2, withLength(1, Buffer.from(value))),
      withLength(1, Buffer.from(name)),
    ]);
  const start = Buffer.alloc(9, 7 * 8 + 1);
  start.writeBigUInt64LE(BigInt(nowMs) * 1_000_000n, 1);
  const spans = withLength(
    2,
    withLength(
      2,
      withLength(1, Buffer.alloc(16, 7)),
      start,
      withLength(9, pair("app.index.version", "i-7")),
    ),
  );
  const resource = withLength(1, withLength(1, pair("service.name", "late")));
  const result = read("application/x-protobuf", withLength(1, spans, resource));
  expect(result).toMatchObject({
    ok: true,
    value: { services: [{ service: "late", requests: 1, pins: [{ value: "i-7" }] }] },
  });
});

test("spans over the cap of one request are counted as not taken", () => {
  const fold = new SightingFold(reader, nowMs);
  fold.beginResource(["service.name", "many"]);
  for (let n = 1; n <= deliveryCaps.spans + 3; n += 1) {
    fold.addSpan(n.toString(16).padStart(32, "0"), nowMs, ["app.router.version", `v${n}`]);
  }
  const { services, taken, rejected, overflow } = fold.finish();
  expect([taken, rejected.tooManySpans]).toEqual([deliveryCaps.spans, 3]);
  expect(services[0]).toMatchObject({ service: "many", requests: deliveryCaps.spans });
  expect(services[0]?.pins.length).toBe(deliveryCaps.valuesOfPin);
  expect(overflow).toMatchObject([{ requests: deliveryCaps.spans - deliveryCaps.valuesOfPin }]);
});

function read(contentType: string, body: Buffer) {
  return readTraces({ contentType, body }, reader, nowMs);
}

function listing() {
  const seen: unknown[] = [];
  const sink: SpanSink = {
    wants: () => true,
    beginResource: (attributes) => void seen.push([...attributes]),
    addSpan: (traceId, startMs, attributes) => void seen.push([traceId, startMs, [...attributes]]),
  };
  return { sink, seen };
}

test("a long value on a resource is not read anew for each of its spans", () => {
  const long = "x".repeat(1_000_000);
  const spans = Array.from({ length: 2_000 }, (_, index) => ({
    traceId: (index + 1).toString(16).padStart(32, "0"),
    startTimeUnixNano: `${nowMs}000000`,
    attributes: [
      { key: "gen_ai.operation.name", value: { stringValue: "chat" } },
      { key: "gen_ai.request.seed", value: { intValue: String(index) } },
    ],
  }));
  const resource = {
    attributes: [
      { key: "service.name", value: { stringValue: "assistant" } },
      { key: "gen_ai.system_instructions", value: { stringValue: long } },
    ],
  };
  const body = Buffer.from(
    JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }),
  );
  const hashed: number[] = [];
  const counting = createPinReader({ pinKeys: {} }, (text) => {
    hashed.push(text.length);
    return sha256(text);
  });
  const read = readTraces({ body, contentType: "application/json" }, counting, nowMs);
  expect(read).toMatchObject({ ok: true, value: { taken: 2_000 } });
  expect(hashed.filter((length) => length > 1_000)).toEqual([]);
});

test("a version that changed is kept however many values other pins have", () => {
  const spanOf = (index: number, attributes: [string, string][]) => ({
    traceId: (index + 1).toString(16).padStart(32, "0"),
    startTimeUnixNano: `${nowMs}000000`,
    attributes: attributes.map(([name, value]) => ({ key: name, value: { stringValue: value } })),
  });
  const noise = Array.from({ length: 1_200 }, (_, index) =>
    spanOf(index, [[`app.router.shard${index % 6}.version`, `v${index}`]]),
  );
  const real = spanOf(9_000, [
    ["gen_ai.operation.name", "chat"],
    ["gen_ai.response.model", "m2"],
  ]);
  const resource = { attributes: [{ key: "service.name", value: { stringValue: "assistant" } }] };
  const body = Buffer.from(
    JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [...noise, real] }] }] }),
  );
  const read = readTraces({ body, contentType: "application/json" }, reader, nowMs);
  if (!read.ok) throw new Error(read.error);
  const [service] = read.value.services;
  expect(service?.pins.find(({ pin }) => pin === "model.served")).toMatchObject({ value: "m2" });
  expect(service?.pins.length).toBeLessThanOrEqual(deliveryCaps.values + 10);
});
