// Goal: what teams already run points at the bot and works, with no adapter. Method: OpenTelemetry's own
// SDK and its two HTTP exporters from npm, set by the variables that docs/collector.md names, send to a
// real server on a real database.

import { context, SpanKind, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { expect, test, vi } from "vitest";
import { testDatabase } from "#test/support/database.ts";
import { token } from "./open-door.ts";
import { keptOf, openTraces, requestsOf } from "./traces-door.ts";

const { db } = await testDatabase();

test.each([
  { encoding: "protobuf", compression: "gzip" },
  { encoding: "protobuf", compression: "none" },
  { encoding: "JSON", compression: "gzip" },
  { encoding: "JSON", compression: "none" },
])("the SDK's exporter in $encoding with $compression", async ({ encoding, compression }) => {
  const service = `sdk-${encoding}-${compression}`;
  setExporter({ url: await openTraces(db), token, compression });
  const exporter = encoding === "protobuf" ? new ProtobufExporter() : new JsonExporter();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": service, "cloud.region": "eu-west-1" }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer("assistant");
  const before = Date.now();
  for (const model of ["gpt-5-0807", "gpt-5-0807", "gpt-5-1001"]) {
    const request = tracer.startSpan("POST /ask", { kind: SpanKind.SERVER });
    const within = trace.setSpan(context.active(), request);
    const attributes = {
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "gpt-5",
      "gen_ai.response.model": model,
      "gen_ai.request.temperature": 0.2,
      "gen_ai.request.max_tokens": 1_024,
      "gen_ai.request.stop_sequences": ["END", "STOP"],
    };
    const call = tracer.startSpan("chat gpt-5", { kind: SpanKind.CLIENT, attributes }, within);
    call.addEvent("gen_ai.choice", { finish_reason: "stop" });
    call.end();
    request.end();
  }
  await provider.shutdown();

  expect(await requestsOf(db, service)).toBe(3);
  const kept = await keptOf(db, service);
  expect(kept.map(({ pin, value, requests }) => [pin, value, requests])).toEqual([
    ["model.requested", "gpt-5", 3],
    ["model.served", "gpt-5-0807", 2],
    ["model.served", "gpt-5-1001", 1],
    ["param.max_tokens", "1024", 3],
    // words of a conversation: their hash alone
    ["param.stop", "sha256:cbbc4833b4d4bae8", 3],
    ["param.temperature", "0.2", 3],
    ["region", "eu-west-1", 3],
  ]);
  expect(kept[0]?.firstSeenAt.getTime()).toBeGreaterThanOrEqual(before - 1);
});

test("the SDK's exporter is told that its token is wrong", async () => {
  setExporter({ url: await openTraces(db), token: "wrong", compression: "gzip" });
  const memory = new InMemorySpanExporter();
  const provider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter: memory })],
  });
  provider.getTracer("assistant").startSpan("chat").end();
  const exporter = new ProtobufExporter();
  const result = await new Promise<{ code: number; error?: Error }>((resolve) => {
    exporter.export(memory.getFinishedSpans(), resolve);
  });
  expect(result.code).toBe(1);
  expect(result.error?.message).toMatch(/Unauthorized|401/);
  await exporter.shutdown();
  await provider.shutdown();
});

/** As docs/collector.md says it; read by the exporter when it is made. */
function setExporter(to: { url: string; token: string; compression: string }): void {
  vi.unstubAllEnvs();
  vi.stubEnv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", to.url);
  vi.stubEnv("OTEL_EXPORTER_OTLP_TRACES_HEADERS", `Authorization=Bearer%20${to.token}`);
  vi.stubEnv("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", to.compression);
}
