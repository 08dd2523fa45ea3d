import type { PinId } from "./ledger.ts";

/**
 * Which attributes hold which pin, the first non-empty one counts (domain C2b). Names of OpenTelemetry's
 * GenAI conventions come first, then their deprecated ones, OpenInference, Langfuse, LangSmith.
 */

/** Read from every span, and from its resource. */
export const anywhere: readonly (readonly [pin: PinId, keys: readonly string[]])[] = [
  [
    "app.build",
    ["service.version", "langfuse.release", "langfuse.version", "langsmith.metadata.revision_id"],
  ],
  // its name, which stays when the index behind it is rebuilt: a version of the index is a pin of its own
  ["data_source", ["gen_ai.data_source.id"]],
  ["workflow", ["gen_ai.workflow.version"]],
  ["region", ["cloud.region"]],
  ["zone", ["cloud.availability_zone"]],
  ["cluster", ["k8s.cluster.name"]],
  [
    "environment",
    ["deployment.environment.name", "deployment.environment", "langfuse.environment"],
  ],
  ["deployment", ["deployment.id", "deployment.name"]],
  ["hardware", ["host.type"]],
];

/** Read from calls of a model that answers. */
export const ofModelCalls: readonly (readonly [pin: PinId, keys: readonly string[]])[] = [
  [
    "model.served",
    [
      "gen_ai.response.model",
      "llm.response.model_name",
      "langfuse.observation.model.name",
      "langsmith.metadata.ls_model_name",
    ],
  ],
  [
    "model.fingerprint",
    ["openai.response.system_fingerprint", "gen_ai.openai.response.system_fingerprint"],
  ],
  ["model.requested", ["gen_ai.request.model", "llm.request.model_name"]],
  [
    "model.provider",
    [
      "gen_ai.provider.name",
      "gen_ai.system",
      "llm.provider",
      "llm.system",
      "langsmith.metadata.ls_provider",
    ],
  ],
  ["endpoint", ["server.address"]],
  ["param.temperature", ["gen_ai.request.temperature", "langsmith.metadata.ls_temperature"]],
  ["param.top_p", ["gen_ai.request.top_p"]],
  ["param.top_k", ["gen_ai.request.top_k"]],
  ["param.max_tokens", ["gen_ai.request.max_tokens", "langsmith.metadata.ls_max_tokens"]],
  ["param.seed", ["gen_ai.request.seed", "gen_ai.openai.request.seed"]],
  ["param.stop", ["gen_ai.request.stop_sequences", "langsmith.metadata.ls_stop"]],
  ["param.frequency_penalty", ["gen_ai.request.frequency_penalty"]],
  ["param.presence_penalty", ["gen_ai.request.presence_penalty"]],
  [
    "param.reasoning_level",
    [
      "gen_ai.request.reasoning.level",
      "gen_ai.request.reasoning.effort",
      "gen_ai.request.reasoning_effort",
    ],
  ],
  ["param.service_tier", ["openai.request.service_tier", "gen_ai.openai.request.service_tier"]],
  ["param.response_format", ["gen_ai.output.type", "gen_ai.openai.request.response_format"]],
];

/** Where one attribute holds all parameters as JSON: OpenInference, Langfuse. */
export const parameterObjects: readonly string[] = [
  "llm.invocation_parameters",
  "langfuse.observation.model.parameters",
];
/** What providers call them inside of it. */
export const parameterNames: Readonly<Record<string, PinId>> = {
  temperature: "param.temperature",
  top_p: "param.top_p",
  topP: "param.top_p",
  top_k: "param.top_k",
  topK: "param.top_k",
  max_tokens: "param.max_tokens",
  maxTokens: "param.max_tokens",
  max_output_tokens: "param.max_tokens",
  max_completion_tokens: "param.max_tokens",
  seed: "param.seed",
  stop: "param.stop",
  stop_sequences: "param.stop",
  frequency_penalty: "param.frequency_penalty",
  presence_penalty: "param.presence_penalty",
  reasoning_effort: "param.reasoning_level",
  effort: "param.reasoning_level",
  service_tier: "param.service_tier",
};

/** A name and a version, which are one value together: "assistant@sp-114". */
export const namedVersions: readonly (readonly [PinId, name: string, version: string])[] = [
  ["prompt", "gen_ai.prompt.name", "gen_ai.prompt.version"],
  ["prompt", "langfuse.observation.prompt.name", "langfuse.observation.prompt.version"],
  ["prompt", "prompt.id", "llm.prompt_template.version"],
  ["prompt", "langsmith.metadata.lc_hub_repo", "langsmith.metadata.lc_hub_commit_hash"],
  ["agent", "gen_ai.agent.name", "gen_ai.agent.version"],
];

/** Content that stands for a version where nobody gave one: hashed, and never kept. */
export const hashedContent: readonly (readonly [PinId, keys: readonly string[]])[] = [
  ["prompt", ["gen_ai.system_instructions", "llm.prompt_template.template"]],
  ["tool.schema", ["gen_ai.tool.definitions"]],
];
/** OpenInference lists the tools of a call one by one, and names the tool on the tool's own span. */
export const toolSchemaKeys = /^llm\.tools\.\d{1,4}\.tool\.json_schema$/;
export const toolSpanKeys = { name: "tool.name", schema: "tool.json_schema" } as const;

/** These say what kind of a span it is. */
export const kindKeys = ["gen_ai.operation.name", "openinference.span.kind"] as const;
/** The same model names on a span that embeds or ranks are another pin. */
export const modelNames: readonly string[] = [
  "gen_ai.response.model",
  "gen_ai.request.model",
  "llm.response.model_name",
  "llm.model_name",
  "embedding.model_name",
  "reranker.model_name",
];
