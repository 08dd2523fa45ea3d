import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { KeyValueJson, SpanJson, TraceRequestJson } from "#test/support/otlp-request.ts";

const words =
  "the invoice of march was refunded to the customer because delivery came late and policy seven allows it ".split(
    " ",
  );

/**
 * Calls of a model as an instrumented service sends them (OpenTelemetry's GenAI conventions), with the
 * messages in them: about 5 kB a span, none of it to be kept.
 */
export function genAiTraces(spans: number, startMs: number): TraceRequestJson {
  return {
    resourceSpans: [
      {
        resource: {
          attributes: attributes({
            "service.name": "assistant",
            "service.version": "2026.11.3",
            "deployment.environment.name": "production",
            "cloud.region": "eu-west-1",
            "host.name": "assistant-7f9c5d-x2x",
            "telemetry.sdk.language": "python",
            "telemetry.sdk.name": "opentelemetry",
            "telemetry.sdk.version": "1.39.0",
          }),
        },
        scopeSpans: [
          {
            scope: { name: "opentelemetry.instrumentation.openai_v2" },
            spans: Array.from({ length: spans }, (_, at) => modelCall(startMs + at)),
          },
        ],
      },
    ],
  };
}

/**
 * A packed piece that stands before a packed body and makes it another one that says the same: gzip may be of
 * several members, and nobody knows field 1 000 of the request.
 */
export function member(n: number): Buffer {
  const field = Buffer.from([0xc5, 0x3e, 0, 0, 0, 0]);
  field.writeUInt32LE(n, 2);
  return gzipSync(field);
}

function modelCall(startMs: number): SpanJson {
  return {
    traceId: randomBytes(16).toString("hex"),
    spanId: randomBytes(8).toString("hex"),
    name: "chat gpt-5.2",
    kind: 3,
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: `${startMs + 1_800}000000`,
    attributes: attributes({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "gpt-5.2",
      "gen_ai.response.model": "gpt-5.2-2026-10-14",
      "gen_ai.response.id": `chatcmpl-${randomBytes(12).toString("hex")}`,
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.request.temperature": 0.2,
      "gen_ai.request.top_p": 0.95,
      "gen_ai.request.max_tokens": 1024,
      "gen_ai.usage.input_tokens": 1_612,
      "gen_ai.usage.output_tokens": 240,
      "gen_ai.conversation.id": randomBytes(8).toString("hex"),
      "gen_ai.system_instructions": JSON.stringify([
        { type: "text", content: "You answer questions about orders. ".repeat(20) },
      ]),
      "gen_ai.input.messages": JSON.stringify([{ role: "user", parts: [text(2_000)] }]),
      "gen_ai.output.messages": JSON.stringify([{ role: "assistant", parts: [text(800)] }]),
      "openai.response.service_tier": "default",
      "openai.response.system_fingerprint": "fp_9b0abffe81",
      "app.prompt.version": "support-42",
      "server.address": "api.openai.com",
      "server.port": 443,
    }),
  };
}

function text(length: number): { type: string; content: string } {
  let content = "";
  while (content.length < length) {
    content += `${words[Math.floor(Math.random() * words.length)] ?? ""} `;
  }
  return { type: "text", content: content.slice(0, length) };
}

function attributes(values: Record<string, string | number | string[]>): KeyValueJson[] {
  return Object.entries(values).map(([key, value]) => {
    if (Array.isArray(value)) {
      return {
        key,
        value: { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } },
      };
    }
    if (typeof value === "string") return { key, value: { stringValue: value } };
    return Number.isInteger(value)
      ? { key, value: { intValue: String(value) } }
      : { key, value: { doubleValue: value } };
  });
}
