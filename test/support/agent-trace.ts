// One request of an agent as a stock exporter would send it: OTLP as JSON, its content and its traps in it.

import {
  type Hop,
  type HopContent,
  hopsAtMost,
  type TraceExhibit,
} from "#src/domain/exhibit/trace-exhibit.ts";
import type { UserId } from "#src/domain/person.ts";

/** The words that users, documents, tools and the model said: none of them may be kept unasked. */
export const agentWords = {
  question: "May Ms Oduya of payroll 4471 rebook her Lisbon trip after the storm?",
  chunk: "Under the rule of 1 March, staff rebook free of charge within two days.",
  instructions: "You are the travel assistant. Quote the rule that is in force.",
  arguments: '{"employee":"Oduya","from":"LIS","note":"mother is ill"}',
  result: "TAP 1363 has two seats, fare class K, record locator QX7ZPL",
  answer: "Yes, Ms Oduya: rebook at the counter and quote rule seven.",
  rendered: "<p>Yes, Ms Oduya: rebook at the counter.</p>",
  failure: "schema mismatch near field fare_family of locator QX7ZPL",
};

export const agentTraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const start = Date.parse("2026-03-09T09:02:00Z");

interface SpanInput {
  id: number;
  parent?: number;
  name: string;
  at: number;
  ms: number;
  kind?: number;
  attributes?: Record<string, unknown>;
  status?: { code: number; message?: string };
  events?: unknown[];
}

/** OTLP's AnyValue. */
function any(value: unknown): unknown {
  if (Array.isArray(value)) return { arrayValue: { values: value.map(any) } };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number") {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if (typeof value === "object" && value !== null) {
    const values = Object.entries(value).map(([key, one]) => ({ key, value: any(one) }));
    return { kvlistValue: { values } };
  }
  return { stringValue: String(value) };
}

const attributes = (from: Record<string, unknown>) =>
  Object.entries(from).map(([key, value]) => ({ key, value: any(value) }));
const spanId = (id: number) => id.toString(16).padStart(16, "0");

/** One span, `at` milliseconds after the request began. */
export function otlpSpan(span: SpanInput, traceId = agentTraceId): Record<string, unknown> {
  return {
    traceId,
    spanId: spanId(span.id),
    ...(span.parent === undefined ? {} : { parentSpanId: spanId(span.parent) }),
    name: span.name,
    kind: span.kind ?? 1,
    startTimeUnixNano: `${start + span.at}000000`,
    endTimeUnixNano: `${start + span.at + span.ms}000000`,
    attributes: attributes(span.attributes ?? {}),
    status: span.status ?? {},
    events: span.events ?? [],
  };
}

/** Spans of one service as one request of an exporter. */
export function otlpRequest(spans: readonly unknown[], service = "assistant"): unknown {
  const resource = {
    attributes: attributes({ "service.name": service, "service.version": "2026.10.4" }),
  };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "app" }, spans }] }] };
}

const w = agentWords;

/** From what the user asked to what was shown: nine hops, the tool fails. */
export const agentSpans: SpanInput[] = [
  {
    id: 1,
    name: "POST /v1/ask",
    at: 0,
    ms: 4_200,
    kind: 2,
    attributes: { "http.request.method": "POST", "input.value": w.question },
  },
  {
    id: 2,
    parent: 1,
    name: "invoke_agent travel",
    at: 20,
    ms: 4_000,
    attributes: { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "travel" },
  },
  {
    id: 3,
    parent: 2,
    name: "retrieve policy",
    at: 40,
    ms: 180,
    attributes: {
      "gen_ai.operation.name": "retrieval",
      "gen_ai.data_source.id": "idx-2026-10-30",
      "gen_ai.retrieval.query.text": w.question,
      "gen_ai.retrieval.documents": [
        { id: "policy-17", score: 0.91, content: w.chunk },
        { id: "policy-4", score: 0.64 },
      ],
    },
  },
  {
    id: 4,
    parent: 2,
    name: "assemble_prompt",
    at: 230,
    ms: 5,
    attributes: {
      "gen_ai.system_instructions": w.instructions,
      "gen_ai.prompt.name": "travel",
      "gen_ai.prompt.version": "41",
    },
  },
  {
    id: 5,
    parent: 2,
    name: "guardrail.input",
    at: 240,
    ms: 30,
    attributes: { "openinference.span.kind": "GUARDRAIL", "input.value": w.question },
  },
  {
    id: 6,
    parent: 2,
    name: "chat gpt-4o",
    at: 280,
    ms: 1_500,
    kind: 3,
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "gpt-4o",
      "gen_ai.response.model": "gpt-4o-2024-08-06",
      "gen_ai.request.temperature": 0,
      "gen_ai.input.messages": JSON.stringify([{ role: "user", parts: [w.question, w.chunk] }]),
      "gen_ai.output.messages": JSON.stringify([{ role: "assistant", parts: [w.answer] }]),
    },
  },
  {
    id: 7,
    parent: 2,
    name: "execute_tool search_flights",
    at: 1_800,
    ms: 340,
    attributes: {
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": "search_flights",
      "gen_ai.tool.call.arguments": w.arguments,
      "gen_ai.tool.call.result": w.result,
    },
    status: { code: 2, message: w.failure },
    events: [
      {
        name: "exception",
        attributes: attributes({ "exception.type": "SchemaError", "exception.message": w.failure }),
      },
    ],
  },
  {
    id: 8,
    parent: 1,
    name: "parse_output",
    at: 4_030,
    ms: 4,
    attributes: { "output.value": w.answer },
  },
  {
    id: 9,
    parent: 1,
    name: "render answer",
    at: 4_040,
    ms: 12,
    attributes: { "app.ui.html": w.rendered },
  },
];

/** The whole run as a file. */
export function agentFile(): string {
  return JSON.stringify(otlpRequest(agentSpans.map((span) => otlpSpan(span))));
}

/** The request as an item of evidence holds it: four hops of four layers and one that is not placed. */
export function traceExhibit(overrides: Partial<TraceExhibit> = {}): TraceExhibit {
  const hop = (n: number, more: Partial<Hop>): Hop => ({
    n,
    depth: n === 1 ? 0 : 1,
    name: `step ${n}`,
    layer: null,
    what: "other",
    startOffsetMs: n * 40,
    durationMs: 30,
    status: "unset",
    pins: [],
    content: [],
    ...more,
  });
  const content = (field: string, part: HopContent["part"], characters: number): HopContent => ({
    field,
    part,
    characters,
    sha256: characters.toString(16).padStart(64, "ab12"),
  });
  const pin = (id: string, value: string, isDerived = false) => ({ pin: id, value, isDerived });
  return {
    traceId: agentTraceId,
    service: "assistant",
    startedAt: "2026-03-09T09:02:00.000Z",
    hops: [
      hop(1, {
        name: "POST /v1/ask",
        layer: "integration_ui",
        startOffsetMs: 0,
        durationMs: 4200,
        pins: [pin("app.build", "2026.10.4")],
        content: [content("input.value", "input", 68)],
      }),
      hop(2, {
        name: "retrieve policy",
        layer: "retrieval_data",
        what: "retrieval",
        pins: [pin("index", "idx-2026-10-30")],
        documents: [
          { id: "policy-17", score: 0.91 },
          { id: "policy-4", score: null },
        ],
        content: [content("gen_ai.retrieval.query.text", "query", 68)],
      }),
      hop(3, {
        name: "chat gpt-4o",
        layer: "model",
        what: "model",
        durationMs: 1500,
        pins: [
          pin("model.served", "gpt-4o-2024-08-06"),
          pin("prompt", "sha256:0f1e2d3c4b5a6978", true),
        ],
        content: [
          content("gen_ai.input.messages", "input", 1204),
          content("gen_ai.output.messages", "output", 93),
        ],
      }),
      hop(4, {
        depth: 2,
        name: "execute_tool search_flights",
        layer: "orchestration_tools",
        what: "tool",
        tool: "search_flights",
        status: "error",
        content: [content("gen_ai.tool.call.arguments", "arguments", 56)],
      }),
      hop(5, { name: "audit log", startOffsetMs: null, durationMs: null }),
    ],
    dropped: 0,
    otherTraces: 0,
    text: "left_out",
    maskedSecrets: 0,
    ...overrides,
  };
}

/** As many hops as are kept, each with as much as it can hold, all of it this text. */
export function fullestTrace(text: string): TraceExhibit {
  const value = text.padEnd(200, text).slice(0, 200).toWellFormed();
  const [first] = traceExhibit().hops;
  const hops = Array.from({ length: hopsAtMost }, (_, index): Hop => ({
    ...first!,
    n: index + 1,
    depth: index % 31,
    name: value.slice(0, 120).toWellFormed(),
    what: "tool",
    tool: value,
    pins: Array.from({ length: 20 }, () => ({ pin: value, value, isDerived: true })),
    documents: Array.from({ length: 20 }, () => ({ id: value, score: 0.123456789 })),
    moreDocuments: 980,
    content: Array.from({ length: 20 }, () => ({
      field: value,
      part: "arguments" as const,
      characters: 1_234_567,
      sha256: "f".repeat(64),
      text: text.padEnd(2_000, text).slice(0, 2_000).toWellFormed(),
    })),
  }));
  return traceExhibit({
    service: value,
    traceId: value.slice(0, 64).toWellFormed(),
    hops,
    dropped: 19_500,
    otherTraces: 12,
    isBiggest: true,
    maskedSecrets: 40,
    text: "kept",
    firstWrongHop: { n: 400, author: "U0MODEL" as UserId, at: "2026-03-09T10:00:00.000Z" },
  });
}
