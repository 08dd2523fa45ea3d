import type { LayerId } from "#src/domain/layers/index.ts";

/** One kind of change (domain B12). */
export interface ChangeKind {
  /** As people read it. */
  label: string;
  /** The layer that such a change is in by what it changes (domain B1); null: it may be in any. */
  layer: LayerId | null;
}

/** The kinds of B12, in the order in which people choose among them. Any other word may be given with a layer. */
export const changeKinds = {
  deploy: { label: "Deploy", layer: null },
  code_merge: { label: "Code merged", layer: null },
  config: { label: "Configuration", layer: null },
  flag: { label: "Feature flag", layer: null },
  prompt: { label: "Prompt", layer: "prompt_policy" },
  policy: { label: "Policy or guardrail", layer: "prompt_policy" },
  index_rebuild: { label: "Index rebuilt", layer: "retrieval_data" },
  corpus: { label: "Documents (corpus)", layer: "retrieval_data" },
  model_release: { label: "Model released", layer: "model" },
  model_rollout: { label: "Model rolled out", layer: "model" },
  model_rollback: { label: "Model rolled back", layer: "model" },
  param_default: { label: "Default of a parameter", layer: "orchestration_tools" },
  tool_schema: { label: "Tool schema", layer: "orchestration_tools" },
  permission: { label: "Permission", layer: "orchestration_tools" },
  fallback: { label: "Fallback", layer: "orchestration_tools" },
  budget: { label: "Budget", layer: null },
  // of a router rule it is orchestration, of a load balancer infrastructure
  routing: { label: "Routing", layer: null },
  load_balancing: { label: "Load balancing", layer: "infrastructure" },
  cache: { label: "Cache", layer: "infrastructure" },
  quota: { label: "Quota", layer: "infrastructure" },
  rate_limit: { label: "Rate limit", layer: "infrastructure" },
  runtime: { label: "Runtime or compiler", layer: "infrastructure" },
} as const satisfies Record<string, ChangeKind>;

export type ChangeKindId = keyof typeof changeKinds;

/** A kind as people read it; a word that is none of ours stays as it was given. */
export function changeKindLabel(kind: string): string {
  return findKind(kind)?.label ?? kind;
}

/** The layer that a change of this kind is usually in; null where it may be in any. */
export function layerOfKind(kind: string): LayerId | null {
  return findKind(kind)?.layer ?? null;
}

function findKind(kind: string): ChangeKind | undefined {
  return Object.hasOwn(changeKinds, kind) ? changeKinds[kind as ChangeKindId] : undefined;
}
