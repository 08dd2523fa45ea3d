import type { LayerId } from "./layers/index.ts";

/** One stabilization lever (B6): what people call it, its layer, what using it gives up. */
export interface Lever {
  label: string;
  /** The layer whose artefact it changes; undefined where the recorder names it. */
  layer: LayerId | undefined;
  /** What the form asks when this lever is chosen; the answer is the recorded tradeoff. */
  tradeoffQuestion: string;
  /** Evidence that using the lever may destroy: save it first. */
  saveFirst: string | undefined;
}

export const levers = {
  pin_model: {
    label: "Freeze routing or pin a model snapshot",
    layer: "orchestration_tools",
    tradeoffQuestion: "What newer fixes or capacity are lost, and what does it cost?",
    saveFirst: "current response ids",
  },
  model_rollback: {
    label: "Full model rollback",
    layer: "model",
    tradeoffQuestion: "How many hours does it take, and what may become unstable?",
    saveFirst: "outputs of the bad version",
  },
  emergency_prompt_patch: {
    label: "Emergency prompt patch",
    layer: "prompt_policy",
    tradeoffQuestion: "Which side effects are untested? (It can mask the cause.)",
    saveFirst: "the old prompt's hash",
  },
  restore_prompt_bundle: {
    label: "Restore the prompt and policy bundle",
    layer: "prompt_policy",
    tradeoffQuestion: "Which intended improvement is lost?",
    saveFirst: "rendered prompts",
  },
  conservative_prompt: {
    label: "Conservative prompt or smaller output budget",
    layer: "prompt_policy",
    tradeoffQuestion: "How much shorter or less useful do answers become?",
    saveFirst: undefined,
  },
  restrict_tool: {
    label: "Disable a tool, make it read-only, or require approval",
    layer: "orchestration_tools",
    tradeoffQuestion: "Which capability is lost, and are answers ungrounded now?",
    saveFirst: "tool payloads",
  },
  revoke_write_permission: {
    label: "Revoke an agent's write permission",
    layer: "orchestration_tools",
    tradeoffQuestion: "Which automation stops?",
    saveFirst: "the action log",
  },
  stricter_retrieval: {
    label: "Raise retrieval strictness or require citations",
    layer: "retrieval_data",
    tradeoffQuestion: "How many more questions get no answer?",
    saveFirst: "top-k logs",
  },
  quarantine_source: {
    label: "Quarantine a source or roll back the corpus",
    layer: "retrieval_data",
    tradeoffQuestion: "Which coverage is missing now?",
    saveFirst: "an index snapshot",
  },
  restrict_triggering: {
    label: "Restrict triggering for a topic or cohort",
    layer: "integration_ui",
    tradeoffQuestion: "For whom does the feature disappear?",
    saveFirst: "a sample of requests",
  },
  limit_rate_or_cost: {
    label: "Rate limit, cost cap, or stop retries",
    layer: "orchestration_tools",
    tradeoffQuestion: "Which users are turned away?",
    saveFirst: "spans",
  },
  reroute: {
    label: "Reroute a pool or region, drain hardware",
    layer: "infrastructure",
    tradeoffQuestion: "What does it cost in latency and capacity?",
    saveFirst: "metrics by slice",
  },
  human_review: {
    label: "Human review queue or handoff",
    layer: "integration_ui",
    tradeoffQuestion: "What does it cost in latency and staffing?",
    saveFirst: undefined,
  },
  disable_feature: {
    label: "Disable the feature",
    layer: "integration_ui",
    tradeoffQuestion: "The promise is fully broken, visibly: for whom?",
    saveFirst: "everything",
  },
  reset_memory: {
    label: "Reset memory or session",
    layer: "retrieval_data",
    tradeoffQuestion: "Which user history is lost?",
    saveFirst: "a copy of the memory store",
  },
  restore_param_default: {
    label: "Restore a parameter default",
    layer: "orchestration_tools",
    tradeoffQuestion: "Which intended gain in latency or cost is lost?",
    saveFirst: "request parameters",
  },
  other: {
    label: "Other, in your own words",
    layer: undefined,
    tradeoffQuestion: "What do we give up?",
    saveFirst: "whatever it changes",
  },
} as const satisfies Record<string, Lever>;

export type LeverId = keyof typeof levers;

export const leverIds = Object.keys(levers) as LeverId[];
