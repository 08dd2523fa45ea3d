// Goal: the same request is read whichever tool wrote its file.
// Method: a run of an agent as one object a line, as Tempo's JSON, and with protobuf's own ids; spans of
// Phoenix and a trace of Langfuse in each of the ways in which they are exported.

import { expect, test } from "vitest";
import {
  agentFile,
  agentSpans,
  agentWords,
  otlpRequest,
  otlpSpan,
} from "#test/support/agent-trace.ts";
import { exhibitOf, hopsTold as told } from "#test/support/read-trace.ts";

test("one object a line, Tempo's batches and protobuf's base64 ids come to the same request", async () => {
  const whole = await exhibitOf(agentFile());
  const spans = agentSpans.map((span) => otlpSpan(span));
  const lines = spans.map((span) => JSON.stringify(otlpRequest([span]))).join("\n");
  expect((await exhibitOf(lines)).hops.map(({ name }) => name)).toEqual(
    whole.hops.map(({ name }) => name),
  );
  const base64 = (hex: unknown) => Buffer.from(String(hex), "hex").toString("base64");
  const { resourceSpans } = otlpRequest(
    spans.map((span) => ({
      ...span,
      traceId: base64(span["traceId"]),
      spanId: base64(span["spanId"]),
      ...("parentSpanId" in span ? { parentSpanId: base64(span["parentSpanId"]) } : {}),
    })),
  ) as { resourceSpans: unknown };
  expect(await exhibitOf(JSON.stringify({ batches: resourceSpans }))).toEqual(whole);
  expect(await exhibitOf(JSON.stringify({ trace: { resourceSpans } }))).toEqual(whole);
});

test("spans of Phoenix are read", async () => {
  const span = (id: string, parent: string | null, kind: string, attributes: object) => ({
    name: `${kind} step`,
    context: { trace_id: "abc123", span_id: id },
    parent_id: parent,
    span_kind: kind,
    start_time: `2026-03-09T09:02:0${id}.000Z`,
    end_time: `2026-03-09T09:02:0${id}.500Z`,
    status_code: "OK",
    attributes,
    events: [],
  });
  const spans = [
    span("1", null, "CHAIN", { "input.value": agentWords.question }),
    span("2", "1", "RETRIEVER", {
      retrieval: { documents: [{ document: { id: "d1", score: 0.5, content: agentWords.chunk } }] },
    }),
    span("3", "1", "LLM", {
      "llm.model_name": "gpt-4o",
      "llm.input_messages.0.message.content": agentWords.question,
      "llm.input_messages.1.message.content": agentWords.chunk,
    }),
  ];
  for (const file of [spans, { data: spans, next_cursor: null }]) {
    const exhibit = await exhibitOf(JSON.stringify(file));
    expect(told(exhibit)).toEqual(["1 other -", "2 retrieval retrieval_data", "3 model model"]);
    expect(exhibit.hops[1]!.documents).toEqual([{ id: "d1", score: 0.5 }]);
    expect(exhibit.hops[2]!.content.map(({ field }) => field)).toEqual([
      "llm.input_messages.*.message.content",
    ]);
    expect(JSON.stringify(exhibit)).not.toContain("Oduya");
  }
});

test("a trace of Langfuse is read", async () => {
  const observation = (id: string, type: string, more: object) => ({
    id,
    traceId: "lf-1",
    type,
    name: `${type.toLowerCase()} one`,
    startTime: `2026-03-09T09:02:0${id}.000Z`,
    endTime: `2026-03-09T09:02:0${id}.400Z`,
    parentObservationId: id === "1" ? null : "1",
    level: "DEFAULT",
    ...more,
  });
  const observations = [
    observation("1", "SPAN", { input: { question: agentWords.question } }),
    observation("2", "GENERATION", {
      model: "gpt-4o-2024-08-06",
      promptName: "travel",
      promptVersion: 41,
      modelParameters: { temperature: 0 },
      output: agentWords.answer,
    }),
    observation("3", "TOOL", { level: "ERROR", statusMessage: agentWords.failure }),
  ];
  const trace = { id: "lf-1", environment: "production", release: "2026.10.4" };
  for (const file of [
    { ...trace, observations },
    { trace, observations },
    { data: observations },
  ]) {
    const exhibit = await exhibitOf(JSON.stringify(file));
    expect(told(exhibit)).toEqual(["1 other -", "2 model model", "3 tool orchestration_tools"]);
    expect(exhibit.hops[1]!.pins).toContainEqual({
      pin: "model.served",
      value: "gpt-4o-2024-08-06",
      isDerived: false,
    });
    expect(exhibit.hops[2]).toMatchObject({ status: "error", tool: "tool one" });
    expect(JSON.stringify(exhibit)).not.toContain("Oduya");
  }
});
