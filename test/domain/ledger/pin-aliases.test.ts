// Goal: whatever convention a span follows, its versions are read, placed in the right layer, and content
// never comes out; what is not a version is left alone.
// Method: spans in the attribute names of OpenTelemetry, OpenInference, Langfuse, LangSmith and teams'
// own; properties over random content.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { LayerId } from "#src/domain/layers/index.ts";
import { createPinReader } from "#src/domain/ledger/pin-aliases.ts";
import { knownPins, pinLabel } from "#src/domain/ledger/pins.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

type Pairs = Record<string, string>;

function read(span: Pairs, resource: Pairs = {}, pinKeys: Record<string, LayerId> = {}) {
  const reader = createPinReader({ pinKeys }, sha256);
  return reader.read({
    resource: new Map(Object.entries(resource)),
    span: new Map(Object.entries(span)),
  });
}
const shown = (...input: Parameters<typeof read>) =>
  read(...input).map(
    ({ pin, value, layer, isDerived }) =>
      `${pin}=${value} (${layer}${isDerived ? ", derived" : ""})`,
  );

test("a call of a model by OpenTelemetry's names", () => {
  const span = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.response.model": "gpt-4o-2025-04-25",
    "openai.response.system_fingerprint": "fp_1",
    "gen_ai.prompt.name": "assistant",
    "gen_ai.prompt.version": "sp-114",
    "gen_ai.request.temperature": "0.2",
    "gen_ai.request.reasoning.level": "medium",
    "gen_ai.conversation.id": "c1",
    "server.address": "api.openai.com",
    "app.memory.version": "mem-9",
  };
  const resource = { "service.version": "2025.16", "cloud.region": "us-1", "host.name": "h1" };
  expect(shown(span, resource)).toEqual([
    "app.build=2025.16 (integration_ui)",
    "region=us-1 (infrastructure)",
    "prompt=assistant@sp-114 (prompt_policy)",
    "model.served=gpt-4o-2025-04-25 (model)",
    "model.fingerprint=fp_1 (model)",
    "model.requested=gpt-4o (model)",
    "model.provider=openai (model)",
    "endpoint=api.openai.com (infrastructure)",
    "param.temperature=0.2 (orchestration_tools)",
    "param.reasoning_level=medium (orchestration_tools)",
    "memory=mem-9 (retrieval_data)",
  ]);
});

test("the deprecated names, OpenInference, Langfuse and LangSmith mean the same pins", () => {
  expect(shown({ "gen_ai.system": "anthropic", "gen_ai.response.model": "m" })).toEqual([
    "model.served=m (model)",
    "model.provider=anthropic (model)",
  ]);
  expect(
    shown({
      "openinference.span.kind": "LLM",
      "llm.model_name": "m",
      "llm.prompt_template.version": "3",
      "prompt.id": "greet",
      "llm.invocation_parameters": '{"temperature":0.7,"model":"m","max_tokens":800}',
    }),
  ).toEqual([
    "prompt=greet@3 (prompt_policy)",
    "param.temperature=0.7 (orchestration_tools)",
    "param.max_tokens=800 (orchestration_tools)",
    "model.served=m (model)",
  ]);
  expect(
    shown({
      "langfuse.observation.model.name": "m",
      "langfuse.observation.prompt.name": "greet",
      "langfuse.observation.prompt.version": "7",
      "langfuse.release": "r1",
    }),
  ).toEqual([
    "app.build=r1 (integration_ui)",
    "prompt=greet@7 (prompt_policy)",
    "model.served=m (model)",
  ]);
  expect(
    shown({ "langsmith.metadata.ls_model_name": "m", "langsmith.metadata.revision_id": "r2" }),
  ).toEqual(["app.build=r2 (integration_ui)", "model.served=m (model)"]);
});

test("a model that was only asked for is not taken for the one that answered", () => {
  expect(shown({ "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o" })).toEqual([
    "model.requested=gpt-4o (model)",
  ]);
});

test("an embedding's model is the index's, not the one that answers, and its parameters are none of a model call", () => {
  expect(
    shown({
      "gen_ai.operation.name": "embeddings",
      "gen_ai.request.model": "embed-3",
      "gen_ai.request.temperature": "1",
    }),
  ).toEqual(["embedding=embed-3 (retrieval_data)"]);
});

test("what a team configured counts first, under its own name and in the layer that it says", () => {
  const pinKeys = { "app.lb.version": "infrastructure", "my.index": "retrieval_data" } as const;
  expect(
    shown(
      { "my.index": "i1", "gen_ai.data_source.id": "ds" },
      { "app.lb.version": "lb-2" },
      pinKeys,
    ),
  ).toEqual([
    "app.lb.version=lb-2 (infrastructure)",
    "my.index=i1 (retrieval_data)",
    "data_source=ds (retrieval_data)",
  ]);
});

test("names that teams give are placed by their words; of one request, person or machine there is no pin", () => {
  const span = {
    "app.index.version": "idx-1",
    "app.router.version": "r-7",
    "app.context_manager.version": "12",
    "app.guardrail.version": "g1",
    "app.serving.pool": "pool-1m",
    "app.runtime.version": "rt",
    "app.sampler.version": "s",
    "app.cache.config": "c1",
    "app.tool.lookup.version": "2",
    // these say nothing of a version
    "app.user.id": "u1",
    "app.tool.call.id": "t1",
    "app.cache.hit": "true",
    "app.session.name": "s1",
    "app.wibble.version": "9",
    "service.instance.id": "i-1",
    "k8s.pod.name": "p-1",
  };
  expect(shown(span)).toEqual([
    "index=idx-1 (retrieval_data)",
    "router=r-7 (orchestration_tools)",
    "context.manager=12 (orchestration_tools)",
    "guardrail=g1 (prompt_policy)",
    "pool=pool-1m (infrastructure)",
    "runtime=rt (infrastructure)",
    "sampler=s (infrastructure)",
    "cache=c1 (infrastructure)",
    "app.tool.lookup.version=2 (orchestration_tools)",
  ]);
  const { wants } = createPinReader({ pinKeys: {} }, sha256);
  expect(
    ["app.index.version", "gen_ai.tool.definitions", "llm.tools.3.tool.json_schema"].every(wants),
  ).toBe(true);
  expect(
    ["app.user.id", "gen_ai.input.messages", "http.url", "app.wibble.version"].some(wants),
  ).toBe(false);
});

test("where nobody gave a version the hash of the content stands for it, the same for any order of keys", () => {
  const tools = [{ name: "refund", parameters: { a: 1, b: [2] } }];
  const turned = [{ parameters: { b: [2], a: 1 }, name: "refund" }];
  const hashOf = (definitions: unknown) =>
    read({ "gen_ai.tool.definitions": JSON.stringify(definitions) })[0];
  expect(hashOf(tools)).toMatchObject({ pin: "tool.schema", isDerived: true });
  expect(hashOf(tools)?.value).toMatch(/^sha256:[0-9a-f]{16}$/);
  expect(hashOf(turned)?.value).toBe(hashOf(tools)?.value);
  expect(hashOf([{ name: "refund" }])?.value).not.toBe(hashOf(tools)?.value);
  const versioned = { "gen_ai.prompt.version": "4", "gen_ai.system_instructions": "Be kind." };
  expect(shown(versioned)).toEqual(["prompt=4 (prompt_policy)"]);
  expect(shown({ "tool.name": "refund", "tool.json_schema": "{}" })[0]).toMatch(
    /^tool\.schema=refund@sha256:[0-9a-f]{16} \(orchestration_tools, derived\)$/,
  );
});

test("a blank value is none, and one that is long or of several lines is kept as its hash", () => {
  expect(read({ "app.index.version": "  " })).toEqual([]);
  expect(read({ "app.index.version": " i1 " })[0]).toMatchObject({ value: "i1", isDerived: false });
  for (const value of ["a\nb", "x".repeat(100), "nul\u0000", "half \ud800"]) {
    const [pin] = read({ "app.index.version": value });
    expect(pin).toMatchObject({ isDerived: true });
    expect(pin?.value).toMatch(/^sha256:[0-9a-f]{16}$/);
  }
});

test("what people wrote is a hash in every attribute that is placed by the words of its name", () => {
  const texts = {
    "app.prompt.name": "My name is John Smith, born 1980, what is my balance?",
    "app.search.filter.name": "patient John Smith",
    "app.knowledge.tag": "john@example.com",
    "app.memory.id": "likes cats, John",
    "app.index.version": "https://user@intranet/x",
    "app.policy.name": "我叫约翰我的余额是多少",
    "app.router.name": "...",
  };
  const pins = read(texts);
  expect(pins).toHaveLength(Object.keys(texts).length);
  for (const { value, isDerived } of pins) {
    expect(value).toMatch(/^sha256:[0-9a-f]{16}$/);
    expect(isDerived).toBe(true);
  }
});

test("versions and ids stay as they are, whoever writes them", () => {
  const versions = [
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "2026.11.22+build.7",
    "registry.example.com:5000/team/index:v1.2-rc",
    "image@sha256:9f86d081",
    "support@v42",
    "0.2",
    "-1",
    "true",
    "abc=",
  ];
  const values = versions.map((version) => read({ "app.index.version": version })[0]?.value);
  expect(values).toEqual(versions);
  const models = [
    "claude-sonnet-4@20250514",
    "text-bison@latest",
    "ft:gpt-4o-mini-2024-07-18:acme::abc123",
    `arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/${"a".repeat(60)}`,
  ];
  expect(models.map((model) => read({ "gen_ai.response.model": model })[0]?.value)).toEqual(models);
});

test("a name of a prompt that is a text is a hash, and its version can be read; stop sequences are a hash", () => {
  const called = (name: string) =>
    shown({ "gen_ai.prompt.name": name, "gen_ai.prompt.version": "7" })[0];
  expect(called("greet")).toBe("prompt=greet@7 (prompt_policy)");
  expect(called("Greets John Smith")).toMatch(
    /^prompt=sha256:[0-9a-f]{16}@7 \(prompt_policy, derived\)$/,
  );
  for (const call of [
    { "gen_ai.request.model": "m", "gen_ai.request.stop_sequences": '["John Smith:"]' },
    { "gen_ai.request.model": "m", "llm.invocation_parameters": '{"stop":"John:"}' },
  ]) {
    expect(read(call).find(({ pin }) => pin === "param.stop")?.value).toMatch(
      /^sha256:[0-9a-f]{16}$/,
    );
  }
});

test("names under a key that a team configured may have blanks; long texts and addresses of people do not stay", () => {
  const value = (text: string) =>
    read({ "my.index": text }, {}, { "my.index": "retrieval_data" })[0]?.value;
  expect(value("Index für März (2)")).toBe("Index für März (2)");
  for (const text of [
    "x".repeat(101),
    "john@example.com",
    "a\u0085b",
    "What is my balance, please?",
  ]) {
    expect(value(text)).toMatch(/^sha256:[0-9a-f]{16}$/);
  }
});

test("no value that stays has a blank, a line break or an address of a person, whatever an attribute holds", () => {
  const words = fc.array(
    fc.constantFrom("John", "Smith", "john@example.com", "born", "1980", "我叫约翰", "i-7", "?"),
    { minLength: 2, maxLength: 6 },
  );
  const text = fc.oneof(
    words.map((parts) => parts.join(" ")),
    words.map((parts) => parts.join(", ")),
    fc.string({ unit: "binary" }),
    fc.emailAddress({ size: "small" }),
    fc.string(),
  );
  const keys = fc.constantFrom(
    "app.prompt.name",
    "app.search.filter.name",
    "app.knowledge.tag",
    "app.serving.pool",
    "service.version",
    "gen_ai.response.model",
    "gen_ai.prompt.version",
    "gen_ai.request.stop_sequences",
    "gen_ai.request.temperature",
    "gen_ai.data_source.id",
  );
  fc.assert(
    fc.property(fc.dictionary(keys, text, { minKeys: 1 }), (span) => {
      const pins = read({ "gen_ai.operation.name": "chat", ...span }, span);
      return pins.every(
        ({ value }) => /^[!-~]{1,200}$/.test(value) && !/@\S+\.[a-z]{2,}$/i.test(value),
      );
    }),
    { numRuns: propertyRuns },
  );
});

test("content never comes out of the reader, whatever it is", () => {
  const secret = fc.string({ minLength: 12, unit: "binary" });
  const keys = [
    "gen_ai.system_instructions",
    "gen_ai.tool.definitions",
    "llm.prompt_template.template",
    "gen_ai.input.messages",
    "tool.json_schema",
    "llm.tools.0.tool.json_schema",
  ];
  fc.assert(
    fc.property(
      secret,
      fc.constantFrom(...keys),
      fc.constantFrom("chat", "execute_tool"),
      (text, key, operation) => {
        const out = JSON.stringify(read({ "gen_ai.operation.name": operation, [key]: text }));
        return text.trim().length < 6 || !out.includes(JSON.stringify(text.trim()).slice(1, -1));
      },
    ),
    { numRuns: Math.ceil(propertyRuns / 5) },
  );
});

test("every pin has words of its own for people, and a key that a team named stays as it is", () => {
  const labels = Object.values(knownPins).map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  expect(pinLabel("model.served")).toBe("model that answers");
  expect(pinLabel("app.tenant_router.version")).toBe("app.tenant_router.version");
  expect(pinLabel("toString")).toBe("toString");
});
