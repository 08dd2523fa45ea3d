import type { LayerId } from "#src/domain/layers/index.ts";
import type { PinId } from "./ledger.ts";
import { knownPins } from "./pins.ts";

/**
 * Attributes that teams name themselves ("app.index.version"), placed by a word in the key where no
 * convention has a name for the thing: OpenTelemetry has none for an index, a policy, a pool (domain C1).
 */

/** The last words of a key that holds a version, not a measure and not a text. */
const versionWords = new Set(
  "version id hash sha sha256 digest name revision rev tag build snapshot commit release config".split(
    " ",
  ),
);

/** What a key may be about instead of a version: one value a request, a person or a machine. */
const perRequestWords = new Set(
  `user session request response conversation thread message chat turn trace span query question answer call
  run job task event tenant account customer organization org team person document doc chunk file
  item order ticket host pod instance container process node worker device client ip email`.split(
    /\s+/,
  ),
);

/** By the words of a name: the first row that has one of them counts; docs/collector.md lists them. */
export const places: readonly (readonly [words: string, pin: PinId])[] = [
  ["guardrail guardrails moderation safety filter filters", "guardrail"],
  ["policy policies", "policy"],
  ["prompt prompts template templates instructions", "prompt"],
  ["embedding embeddings embedder", "embedding"],
  ["reranker rerank ranker", "reranker"],
  ["memory memories", "memory"],
  ["index indexes vectorstore vectordb", "index"],
  ["corpus knowledge kb dataset snapshot", "corpus"],
  ["retriever retrieval search", "retriever"],
  ["fallback fallbacks", "fallback"],
  ["router routing", "router"],
  ["context_manager context history compaction", "context.manager"],
  ["tool_schema toolset", "tool.schema"],
  ["tool tools mcp", "tool.version"],
  ["agent agents", "agent"],
  ["workflow workflows graph", "workflow"],
  ["lb load_balancer loadbalancer balancer", "lb"],
  ["sampler sampling", "sampler"],
  ["runtime kernel compiler engine quantization", "runtime"],
  ["pool", "pool"],
  ["cache caching", "cache"],
  ["hardware gpu tpu accelerator", "hardware"],
  ["region", "region"],
  ["zone", "zone"],
  ["cluster", "cluster"],
  ["parser parsing", "app.parser"],
  ["frontend ui renderer", "app.frontend"],
  ["build release", "app.build"],
  ["model weights adapter lora finetune", "model.served"],
];
const pinByWord = new Map(
  places.flatMap(([words, pin]) => words.split(" ").map((word) => [word, pin] as const)),
);

/** These words are the value's own name: "app.serving.pool". */
const bareWords = new Set(["pool", "region", "zone", "cluster", "hardware"]);
/** Words that say nothing of what it is. */
const fillers = new Set(["serving", "active", "current", "app", "service"]);

/**
 * Where an attribute of a team's own belongs: `app.<words>.version|id|hash|name…`, or a bare
 * `app.serving.pool`. A key of several words keeps its own name as the pin and only takes the layer of its
 * first placed word. Undefined where no word places it, or where it names one request, person or machine.
 */
export function placeNamedKey(key: string): { pin: PinId; layer: LayerId } | undefined {
  if (!/^app\.[a-z0-9._-]{1,100}$/.test(key)) return undefined;
  const words = key.slice("app.".length).split(/[.-]/);
  const last = words.at(-1) ?? "";
  const isBare = bareWords.has(last);
  const about = isBare ? words : words.slice(0, -1);
  if (!isBare && !versionWords.has(last)) return undefined;
  const parts = about.flatMap((word) => [word, ...word.split("_")]);
  if (about.length === 0 || parts.some((part) => perRequestWords.has(part))) return undefined;
  const pin = placeOf(about, parts);
  if (pin === undefined) return undefined;
  const telling = about.filter((word) => !fillers.has(word));
  const isThatAlone = telling.length === 1 && pinByWord.get(telling[0]!) === pin;
  // a name of its own never stands for the model that answers: that is what a provider says it is
  const isKnown = isThatAlone && pin !== "model.served";
  const layer = knownPins[pin]?.layer;
  return layer === undefined ? undefined : { pin: isKnown ? pin : key, layer };
}

/** The pin of the first row of the table that has a word of the key. */
function placeOf(about: readonly string[], parts: readonly string[]): PinId | undefined {
  const found = new Set([...about, ...parts].map((word) => pinByWord.get(word)));
  return places.find(([, pin]) => found.has(pin))?.[1];
}
