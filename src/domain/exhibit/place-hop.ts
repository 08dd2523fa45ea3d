import type { Hop } from "./trace-exhibit.ts";
import type { RawSpan } from "./raw-span.ts";

/** What a hop does, and of which layer that is. */
export type Place = Pick<Hop, "layer" | "what" | "tool">;

const retrieval = { layer: "retrieval_data", what: "retrieval" } as const;
const prompt = { layer: "prompt_policy", what: "prompt" } as const;
const guardrail = { layer: "prompt_policy", what: "guardrail" } as const;
const model = { layer: "model", what: "model" } as const;
const tool = { layer: "orchestration_tools", what: "tool" } as const;
const orchestration = { layer: "orchestration_tools", what: "other" } as const;
const parsing = { layer: "integration_ui", what: "parsing" } as const;
const rendering = { layer: "integration_ui", what: "rendering" } as const;
const integration = { layer: "integration_ui", what: "other" } as const;
const infrastructure = { layer: "infrastructure", what: "other" } as const;
const unplaced = { layer: null, what: "other" } as const;

/** `gen_ai.operation.name` (OpenTelemetry, semantic conventions of generative AI). */
const operations: Readonly<Record<string, Place>> = {
  chat: model,
  text_completion: model,
  generate_content: model,
  embeddings: retrieval,
  retrieval,
  rerank: retrieval,
  execute_tool: tool,
  create_agent: orchestration,
  invoke_agent: orchestration,
  invoke_workflow: orchestration,
  plan: orchestration,
};

/** `openinference.span.kind`, Langfuse's type of an observation, `traceloop.span.kind`: in lower case. */
const kinds: Readonly<Record<string, Place>> = {
  llm: model,
  generation: model,
  embedding: retrieval,
  retriever: retrieval,
  reranker: retrieval,
  tool,
  agent: orchestration,
  workflow: orchestration,
  guardrail,
  prompt,
};

/** What words in a name tell, where no operation is said. The first that fits counts. */
const words: readonly [RegExp, Place][] = [
  [/^(guardrails?|guard|moderation|moderate|policy|policies|safety)$/, guardrail],
  [
    /^(retrieval|retrieve|retriever|rerank|reranker|reranking|embed|embedding|embeddings|vector|knowledge|rag)$/,
    retrieval,
  ],
  [/^(render|renderer|rendering|ui|frontend|browser)$/, rendering],
  [/^(parse|parser|parsing|deserialize)$/, parsing],
  [/^(gateway|lb|balancer|loadbalancer|cache|queue|proxy|ingress|mesh)$/, infrastructure],
  [/^(tool|tools|function|mcp)$/, tool],
  [
    /^(agent|agents|router|routing|orchestrator|orchestration|workflow|planner|plan)$/,
    orchestration,
  ],
  [/^(prompt|prompts|template|instructions)$/, prompt],
  [/^(chat|completion|completions|llm|inference)$/, model],
];

const vectorStores =
  /^(pinecone|qdrant|weaviate|milvus|chroma|chromadb|pgvector|elasticsearch|opensearch|redisvl|vespa)$/;

/**
 * The layer of a hop by its operation: what the conventions say of it first, then the words of its name,
 * then what it talks to. Nothing is guessed beyond that: what stays open is not placed.
 */
export function placeHop({
  name,
  isServer,
  attributes,
}: Pick<RawSpan, "name" | "isServer" | "attributes">): Place {
  const toolName = first(attributes, ["gen_ai.tool.name", "tool.name", "ai.toolCall.name"]);
  const withTool = (place: Place): Place =>
    place.what === "tool" && toolName !== undefined ? { ...place, tool: toolName } : place;

  const operation = attributes.get("gen_ai.operation.name")?.toLowerCase();
  const said = first(attributes, [
    "openinference.span.kind",
    "langfuse.observation.type",
    "traceloop.span.kind",
  ])?.toLowerCase();
  const known = lookUp(operations, operation) ?? lookUp(kinds, said);
  if (known) return withTool(known);
  if (toolName !== undefined) return withTool(tool);
  if (attributes.has("gen_ai.request.model")) return model;

  const parts = wordsOf(name);
  const named = words.find(([pattern]) => parts.some((word) => pattern.test(word)));
  if (named) return withTool(named[1]);
  const store = first(attributes, ["db.system.name", "db.system"])?.toLowerCase();
  if (store !== undefined && vectorStores.test(store)) return retrieval;
  const isHttp = attributes.has("http.request.method") || attributes.has("http.method");
  return isServer && isHttp ? integration : unplaced;
}

/** "searchFlights.v2" → search, flights, v2. Only the beginning: a name is no text. */
function wordsOf(name: string): string[] {
  return name
    .slice(0, 200)
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/);
}

function first(
  attributes: ReadonlyMap<string, string>,
  keys: readonly string[],
): string | undefined {
  for (const key of keys) {
    const value = attributes.get(key)?.trim();
    if (value) return value;
  }
  return undefined;
}

function lookUp(
  table: Readonly<Record<string, Place>>,
  key: string | undefined,
): Place | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
