import type { LayerId } from "#src/domain/layers/index.ts";
import type { ChangeKindId } from "./change-kinds.ts";
import type { PinId } from "./ledger.ts";

/** A pin that we know by name. */
export interface KnownPin {
  /** As people read it, in the middle of a sentence. */
  label: string;
  /** The layer of the artefact whose version it is (domain B1). */
  layer: LayerId;
  /** What a change of it is, where nobody declared it. */
  kind: ChangeKindId;
}

const pin = (label: string, layer: LayerId, kind: ChangeKindId): KnownPin => ({
  label,
  layer,
  kind,
});
const param = (label: string): KnownPin => pin(label, "orchestration_tools", "param_default");

/** The pins, in the order in which a layer's own are listed. Placed by which artefact changes, and who can revert it (domain B1, C2b). */
export const knownPins: Readonly<Record<PinId, KnownPin>> = {
  "model.served": pin("model that answers", "model", "model_rollout"),
  "model.fingerprint": pin("model's system fingerprint", "model", "model_rollout"),
  "model.requested": pin("model asked for", "model", "model_rollout"),
  "model.provider": pin("model provider", "model", "model_rollout"),
  index: pin("search index", "retrieval_data", "index_rebuild"),
  data_source: pin("data source", "retrieval_data", "config"),
  corpus: pin("documents", "retrieval_data", "corpus"),
  embedding: pin("embedding model", "retrieval_data", "index_rebuild"),
  reranker: pin("reranker", "retrieval_data", "config"),
  retriever: pin("retriever", "retrieval_data", "config"),
  memory: pin("long-term memory", "retrieval_data", "config"),
  prompt: pin("prompt", "prompt_policy", "prompt"),
  policy: pin("policy", "prompt_policy", "policy"),
  guardrail: pin("guardrail", "prompt_policy", "policy"),
  "tool.schema": pin("tool schema", "orchestration_tools", "tool_schema"),
  "tool.version": pin("tool version", "orchestration_tools", "deploy"),
  agent: pin("agent version", "orchestration_tools", "deploy"),
  workflow: pin("workflow version", "orchestration_tools", "deploy"),
  router: pin("router", "orchestration_tools", "routing"),
  fallback: pin("fallback", "orchestration_tools", "fallback"),
  "context.manager": pin("context manager", "orchestration_tools", "deploy"),
  "param.temperature": param("temperature"),
  "param.top_p": param("top p"),
  "param.top_k": param("top k"),
  "param.max_tokens": param("token limit of an answer"),
  "param.seed": param("seed"),
  "param.stop": param("stop sequences"),
  "param.frequency_penalty": param("frequency penalty"),
  "param.presence_penalty": param("presence penalty"),
  "param.reasoning_level": param("reasoning effort"),
  "param.service_tier": param("service tier"),
  "param.response_format": param("answer format"),
  "app.build": pin("application build", "integration_ui", "deploy"),
  "app.parser": pin("output parser", "integration_ui", "deploy"),
  "app.frontend": pin("user interface", "integration_ui", "deploy"),
  environment: pin("environment", "infrastructure", "config"),
  deployment: pin("deployment", "infrastructure", "deploy"),
  lb: pin("load balancer", "infrastructure", "load_balancing"),
  pool: pin("serving pool", "infrastructure", "routing"),
  region: pin("region", "infrastructure", "routing"),
  zone: pin("zone", "infrastructure", "routing"),
  cluster: pin("cluster", "infrastructure", "routing"),
  endpoint: pin("model endpoint", "infrastructure", "routing"),
  hardware: pin("hardware", "infrastructure", "runtime"),
  runtime: pin("serving runtime", "infrastructure", "runtime"),
  sampler: pin("sampler", "infrastructure", "runtime"),
  cache: pin("cache", "infrastructure", "cache"),
};

/** A pin as people read it; one that a team named itself stays as it is named. */
export function pinLabel(pin: PinId): string {
  return knownPin(pin)?.label ?? pin;
}

/** What we know of a pin by its name; undefined where a team named it itself. */
export function knownPin(pin: PinId): KnownPin | undefined {
  return Object.hasOwn(knownPins, pin) ? knownPins[pin] : undefined;
}

const kindByLayer: Record<LayerId, ChangeKindId> = {
  model: "model_rollout",
  retrieval_data: "index_rebuild",
  prompt_policy: "prompt",
  orchestration_tools: "config",
  integration_ui: "deploy",
  infrastructure: "config",
};

/** The change kind (domain B12) of a pin's change that nobody declared; of a pin that a team named itself, by its layer. */
export function kindOfPin(pin: PinId, layer: LayerId): ChangeKindId {
  return knownPin(pin)?.kind ?? kindByLayer[layer];
}
