// Goal: a file with a trace becomes the causal chain of one request, whatever tool wrote it, and holds no
// word that anybody said unless it was asked for.
// Method: a run of an agent as OTLP; files that are cut, circular, huge, none; fast-check over contents and
// over spans of any shape. What other tools write is in trace-formats.test.ts.

import fc from "fast-check";
import { expect, test } from "vitest";
import { causalSteps } from "#src/domain/exhibit/causal-steps.ts";
import { hopsAtMost } from "#src/domain/exhibit/trace-exhibit.ts";
import { sha256 } from "#src/lib/sha256.ts";
import {
  agentFile,
  agentSpans,
  agentTraceId,
  agentWords,
  otlpRequest,
  otlpSpan,
} from "#test/support/agent-trace.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { exhibitOf, hopsTold as told, readFile as read } from "#test/support/read-trace.ts";

test("a run of an agent is its hops in order, each of its layer, with its versions and what it retrieved", async () => {
  const exhibit = await exhibitOf(agentFile());
  expect(exhibit).toMatchObject({
    traceId: agentTraceId,
    service: "assistant",
    startedAt: "2026-03-09T09:02:00.000Z",
    dropped: 0,
    otherTraces: 0,
    text: "left_out",
  });
  expect(told(exhibit)).toEqual([
    "1 other integration_ui",
    "2 other orchestration_tools",
    "3 retrieval retrieval_data",
    "4 prompt prompt_policy",
    "5 guardrail prompt_policy",
    "6 model model",
    "7 tool orchestration_tools",
    "8 parsing integration_ui",
    "9 rendering integration_ui",
  ]);
  expect(exhibit.hops.map(({ depth }) => depth)).toEqual([0, 1, 2, 2, 2, 2, 2, 1, 1]);
  expect(exhibit.hops[2]).toMatchObject({
    startOffsetMs: 40,
    durationMs: 180,
    documents: [
      { id: "policy-17", score: 0.91 },
      { id: "policy-4", score: 0.64 },
    ],
  });
  expect(exhibit.hops[2]!.pins).toContainEqual({
    pin: "data_source",
    value: "idx-2026-10-30",
    isDerived: false,
  });
  expect(exhibit.hops[5]!.pins.map(({ pin }) => pin)).toEqual(
    expect.arrayContaining(["model.served", "model.requested", "param.temperature"]),
  );
  expect(exhibit.hops[6]).toMatchObject({ status: "error", tool: "search_flights" });
  // what the resource says stands once
  const builds = exhibit.hops.filter((hop) => hop.pins.some(({ pin }) => pin === "app.build"));
  expect(builds.map(({ n }) => n)).toEqual([1]);
});

test("of what was said name, length and hash are kept, and no word of it", async () => {
  const exhibit = await exhibitOf(agentFile());
  const kept = JSON.stringify(exhibit);
  for (const words of Object.values(agentWords)) {
    for (let at = 0; at + 10 <= words.length; at += 1) {
      expect(kept).not.toContain(JSON.stringify(words.slice(at, at + 10)).slice(1, -1));
    }
  }
  expect(exhibit.hops[0]!.content).toEqual([
    {
      field: "input.value",
      part: "input",
      characters: agentWords.question.length,
      sha256: sha256(agentWords.question),
    },
  ]);
  expect(exhibit.hops[6]!.content.map(({ part }) => part).toSorted()).toEqual([
    "arguments",
    "error",
    "error",
    "other",
    "result",
  ]);
});

test("asked for, the text is kept, cut, and its secrets are masked and counted", async () => {
  const secret = ["AKIA", "YVP4CIPPERUVIFXG"].join("");
  const long = `${"word ".repeat(390)}${secret} ${"more ".repeat(500)}`;
  const file = JSON.stringify(
    otlpRequest([
      otlpSpan({
        id: 1,
        name: `chat ${secret}`,
        at: 0,
        ms: 1,
        attributes: { "input.value": long, "gen_ai.prompt.version": secret },
      }),
    ]),
  );
  const exhibit = await exhibitOf(file, { keepsText: true });
  expect(exhibit.text).toBe("kept");
  expect(exhibit.maskedSecrets).toBe(3);
  expect(JSON.stringify(exhibit)).not.toContain(secret.slice(0, 12));
  const [content] = exhibit.hops[0]!.content;
  expect(content!.text).toHaveLength(2_000);
  expect(content!.text).toContain("[secret]");
  expect(content!.characters).toBe(long.length);
  // names and versions are looked through too where the text is left out
  const redacted = await exhibitOf(file);
  expect(redacted.maskedSecrets).toBe(2);
  expect(JSON.stringify(redacted)).not.toContain(secret.slice(0, 12));
});

test("of several traces the biggest is taken and said so, or the one that was asked for", async () => {
  const other = "a".repeat(32);
  const file = JSON.stringify(
    otlpRequest([
      otlpSpan({ id: 1, name: "chat", at: 0, ms: 1 }, other),
      ...agentSpans.map((span) => otlpSpan(span)),
    ]),
  );
  expect(await exhibitOf(file)).toMatchObject({
    traceId: agentTraceId,
    otherTraces: 1,
    isBiggest: true,
  });
  const asked = await exhibitOf(file, { traceId: "AAAAAAAA" });
  expect(asked).toMatchObject({ traceId: other, otherTraces: 1 });
  expect(asked.isBiggest).toBeUndefined();
  const wrong = await read(file, { traceId: "ffff" });
  expect(wrong).toMatchObject({ ok: false });
  expect(!wrong.ok && wrong.error).toContain(`It holds ${other}, ${agentTraceId}.`);
});

test("parents that go round in a circle, are missing or come later do no harm, and a span sent twice counts once", async () => {
  const spans = [
    otlpSpan({ id: 4, parent: 3, name: "later child", at: 5, ms: 1 }),
    otlpSpan({ id: 1, parent: 2, name: "circle a", at: 0, ms: 1 }),
    otlpSpan({ id: 2, parent: 1, name: "circle b", at: 1, ms: 1 }),
    otlpSpan({ id: 3, parent: 99, name: "orphan", at: 2, ms: 1 }),
    otlpSpan({ id: 3, parent: 99, name: "orphan", at: 2, ms: 1 }),
    otlpSpan({ id: 5, parent: 5, name: "its own parent", at: 9, ms: 1 }),
    { ...otlpSpan({ id: 6, name: "no time", at: 0, ms: 0 }), startTimeUnixNano: "0" },
  ];
  const { hops } = await exhibitOf(JSON.stringify(otlpRequest(spans)));
  expect(hops.map(({ name }) => name)).toEqual([
    "circle a",
    "circle b",
    "orphan",
    "later child",
    "its own parent",
    "no time",
  ]);
  expect(hops.find(({ name }) => name === "later child")!.depth).toBe(1);
  expect(hops.at(-1)).toMatchObject({ startOffsetMs: null });
});

test("of more than 500 hops those that say nothing are left out first, and counted", async () => {
  const many = Array.from({ length: 700 }, (_, index) =>
    otlpSpan({ id: index + 1, name: index % 7 === 0 ? "chat" : "SELECT", at: index, ms: 1 }),
  );
  const exhibit = await exhibitOf(JSON.stringify(otlpRequest(many)));
  expect(exhibit.hops).toHaveLength(hopsAtMost);
  expect(exhibit.dropped).toBe(200);
  expect(exhibit.hops.filter(({ what }) => what === "model")).toHaveLength(100);
  expect(exhibit.hops.map(({ n }) => n)).toEqual(exhibit.hops.map((_, index) => index + 1));
});

test.each([
  ["an empty file", "", /no trace in it that I can read/],
  ["prose", "the trace is in the other tab", /no trace in it that I can read/],
  ["a list of numbers", "[1, 2, 3]", /no trace in it that I can read/],
  ["an export without spans", '{"resourceSpans":[]}', /no trace in it that I can read/],
  ["runs of LangSmith", '[{"id":"1","run_type":"llm","trace_id":"2"}]', /no trace in it/],
  [
    "a file that was cut",
    `${JSON.stringify(otlpRequest([otlpSpan({ id: 1, name: "chat", at: 0, ms: 1 })]))}\n{"resourceSp`,
    /Line 2 is not whole JSON: the file may have been cut\. Export it anew\./,
  ],
])("%s is refused in words that say what to do", async (_, text, says) => {
  const made = await read(text);
  expect(made.ok).toBe(false);
  expect(!made.ok && made.error).toMatch(says);
});

/** A run of one span whose input is nested in lists. */
function nestedFile(deep: number): string {
  const value = `${'{"arrayValue":{"values":['.repeat(deep)}{"stringValue":"deep"}${"]}}".repeat(deep)}`;
  const attributes = { "input.value": "DEEP" };
  const span = otlpSpan({ id: 1, name: "chat", at: 0, ms: 1, attributes });
  return JSON.stringify(otlpRequest([span])).replace('{"stringValue":"DEEP"}', value);
}

test("attributes that are nested deep are passed over, a file that is nested absurdly deep is refused", async () => {
  expect((await exhibitOf(nestedFile(50))).hops).toHaveLength(1);
  expect(await read(nestedFile(50_000))).toEqual({ ok: false, error: tooDeep });
});

const tooDeep = "It nests deeper than 200, which no tool writes. Give the file as it was exported.";
const deepList = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;

test.each([
  [
    "Langfuse's input",
    `{"id":"t","observations":[{"id":"o","startTime":"2026-03-09T09:02:00Z","input":${deepList}}]}`,
  ],
  [
    "Langfuse's metadata",
    `{"id":"t","observations":[{"id":"o","startTime":"2026-03-09T09:02:00Z","metadata":{"a":${deepList}}}]}`,
  ],
  ["Phoenix's attributes", `{"context":{"trace_id":"t"},"attributes":{"a":${deepList}}}`],
  ["a text of OTLP that is none", nestedFile(1).replace('"deep"', deepList)],
  ["a line of several", `{"a":1}\n{"a":${deepList}}`],
])("%s that is nested 200,000 deep is refused in a sentence", async (_, text) => {
  expect(await read(text)).toEqual({ ok: false, error: tooDeep });
});

test("what a trace does not hold of the causal chain is known", async () => {
  const whole = causalSteps(await exhibitOf(agentFile()));
  expect(whole.filter(({ found }) => found.length === 0)).toEqual([]);
  const call = agentSpans.filter(({ id }) => id === 6).map((span) => otlpSpan(span));
  const alone = causalSteps(await exhibitOf(JSON.stringify(otlpRequest(call))));
  expect(alone.filter(({ found }) => found.length === 0).map(({ label }) => label)).toEqual([
    "Retrieved context",
    "Policy decision",
    "Tools",
    "Parsed output",
    "What the user was shown",
  ]);
});

/** Attributes under which the conventions carry content. */
const contentKeys = [
  "gen_ai.input.messages",
  "gen_ai.output.messages",
  "gen_ai.system_instructions",
  "gen_ai.tool.definitions",
  "gen_ai.tool.call.arguments",
  "gen_ai.tool.call.result",
  "gen_ai.retrieval.query.text",
  "gen_ai.retrieval.documents",
  "gen_ai.prompt.0.content",
  "gen_ai.completion.0.content",
  "input.value",
  "output.value",
  "llm.input_messages.0.message.content",
  "llm.prompt_template.variables",
  "retrieval.documents.0.document.content",
  "traceloop.entity.input",
  "langfuse.observation.output",
  "tool.parameters",
  "app.answer",
  "app.user.question",
  "exception.message",
  "some.other.attribute",
];

test("no part of what anybody said is in an exhibit that leaves the text out", async () => {
  // no word of ours has one of these letters in it
  const said = fc.string({
    unit: fc.constantFrom("Ω", "Ж", "語", "ñ", " ", "\n"),
    minLength: 6,
    maxLength: 300,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...contentKeys), said), { minLength: 1, maxLength: 12 }),
      said,
      async (contents, message) => {
        const spans = contents.map(([key, text], index) =>
          otlpSpan({
            id: index + 1,
            name: "chat gpt-4o",
            at: index,
            ms: 1,
            attributes: { "gen_ai.operation.name": "chat", [key]: text },
            status: { code: 2, message },
            events: [
              {
                name: "gen_ai.user.message",
                attributes: [{ key: "content", value: { stringValue: text } }],
              },
            ],
          }),
        );
        const exhibit = await exhibitOf(JSON.stringify(otlpRequest(spans)));
        expect(JSON.stringify(exhibit)).not.toMatch(/[ΩЖ語ñ]/);
      },
    ),
    { numRuns: Math.min(propertyRuns, 300) },
  );
});

test("whatever JSON a file holds, it is read or refused, and never more than it may hold", async () => {
  const key = fc.constantFrom(
    "traceId",
    "spanId",
    "parentSpanId",
    "name",
    "attributes",
    "events",
    "status",
    "kind",
    "startTimeUnixNano",
  );
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(agentTraceId, "0".repeat(16), "1".repeat(16)),
  );
  const span = fc.dictionary(key, value as fc.Arbitrary<unknown>);
  const file = fc.oneof(
    fc.jsonValue(),
    fc.array(span).map((spans) => otlpRequest(spans)),
    fc
      .array(span)
      .map((spans) => otlpRequest(spans.map((one) => ({ ...one, traceId: agentTraceId })))),
  );
  await fc.assert(
    fc.asyncProperty(file, async (content) => {
      const made = await read(JSON.stringify(content), { keepsText: true });
      if (made.ok) {
        expect(made.value.hops.length).toBeLessThanOrEqual(hopsAtMost);
        expect(JSON.parse(JSON.stringify(made.value))).toEqual(made.value);
      } else {
        expect(made.error).toMatch(/\.$/);
      }
    }),
    { numRuns: Math.min(propertyRuns, 300) },
  );
});
