import type { LayerId } from "#src/domain/layers/index.ts";
import type { PinId } from "./ledger.ts";
import { knownPin } from "./pins.ts";

/** One thing whose version has to be seen, so that "did this layer change?" can be answered (4.14, domain B2 and C2b). */
export interface Need {
  layer: LayerId;
  /** "the index version", to follow "Not seen: ". */
  words: string;
  /** What closes it, to follow "Next: ". */
  send: string;
  /** Whether this pin, which is one of the layer's, stands for it. */
  isMetBy(pin: PinId): boolean;
}

/** A pin of one of these names, or one that a team named itself with one of these words. */
function oneOf(pins: readonly PinId[], words: RegExp): (pin: PinId) => boolean {
  return (pin) => pins.includes(pin) || (knownPin(pin) === undefined && words.test(pin));
}

/** What each layer needs, in the order of the layers. The model that was asked for is none: an alias changes beneath it (2.15). */
export const needs: readonly Need[] = [
  {
    layer: "model",
    words: "the model that answers",
    send: "send the model that answered as gen_ai.response.model from the spans of model calls",
    isMetBy: oneOf(["model.served", "model.fingerprint"], /model|weights|adapter|lora|finetune/i),
  },
  {
    layer: "retrieval_data",
    words: "the index version",
    send: "send the index version as app.index.version from retrieval spans",
    isMetBy: oneOf(["index", "corpus"], /index|corpus|snapshot|knowledge|kb|vector/i),
  },
  {
    layer: "prompt_policy",
    words: "the prompt version",
    send: "send the prompt version as gen_ai.prompt.name and gen_ai.prompt.version from the spans of model calls",
    isMetBy: oneOf(["prompt"], /prompt|template|instruction/i),
  },
  {
    layer: "prompt_policy",
    words: "the policy or guardrail version",
    send: "send the policy version as app.policy.version from the spans of model calls",
    isMetBy: oneOf(["policy", "guardrail"], /polic|guardrail|moderation|safety|filter/i),
  },
  {
    layer: "orchestration_tools",
    words: "the version of tools or of the agent",
    send: "send the tools as gen_ai.tool.definitions (only their hash is kept) or their version as app.tool.version",
    isMetBy: (pin) => !pin.startsWith("param."),
  },
  {
    layer: "orchestration_tools",
    words: "the parameters of model calls",
    send: "send the parameters of model calls as gen_ai.request.temperature, gen_ai.request.max_tokens and gen_ai.request.reasoning.level",
    isMetBy: (pin) => pin.startsWith("param.") || /effort|temperature/i.test(pin),
  },
  {
    layer: "integration_ui",
    words: "the application build",
    send: "set service.version in the resource of the application",
    isMetBy: () => true,
  },
  {
    layer: "infrastructure",
    words: "the pool, the region or the deployment",
    send: "set cloud.region in the resource, and send the serving pool as app.serving.pool",
    // where a request is meant to run says nothing of what runs it
    isMetBy: (pin) => pin !== "environment" && pin !== "endpoint",
  },
];
