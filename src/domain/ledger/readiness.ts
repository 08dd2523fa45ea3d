import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { baselineGap } from "#src/domain/test-results/baseline.ts";
import type { ChangeSourceMark, GoldenRun, PinId } from "./ledger.ts";
import { type Need, needs } from "./readiness-needs.ts";

/** What the ledger has of a service, under all names under which machines know it. */
export interface ReadinessFacts {
  service: string;
  /** Null: no telemetry of it ever came. Times are those of the spans. */
  telemetry: { requests: number; firstSeenAt: Date; lastSeenAt: Date } | null;
  pins: ReadinessPin[];
  /** Declared changes by layer, those of every service among them. */
  declared: { layer: LayerId; count: number; newestAt: Date }[];
  /** R4, the newest of each layer. */
  marks: ChangeSourceMark[];
  goldenRun: GoldenRun | null;
  /** The newest golden run in which nothing failed. */
  baseline: GoldenRun | null;
}
export interface ReadinessPin {
  layer: LayerId;
  pin: PinId;
  lastSeenAt: Date;
  requests: number;
  /** The newest value. */
  value: string;
  /** The newest value is a hash of our own. */
  isDerived: boolean;
  /** Different values that are kept, and requests whose value was over the cap. */
  values: number;
  overflow: number;
}

/** Whether "did it change?" could be answered today of each layer, from what, and what to wire up next. */
export interface Readiness {
  service: string;
  layers: LayerReadiness[];
  /** One for the whole service, what closes most, to follow "Next: "; null where nothing is missing. */
  next: string | null;
  telemetry: TelemetryState;
  /** Requests a day on average, as far as they were sent. */
  requestsADay: number;
  /** Rule of three: a version that fewer than one in so many requests carry may stay unseen for a day; null: too few to say. */
  unseenBelowOneIn: number | null;
  /** Pins with more different values than are kept: rather no versions. */
  overflowing: ReadinessPin[];
  goldenRun: GoldenRun | null;
  /** What is missing of the baseline (4.17); null: nothing. */
  baselineGap: string | null;
}
type TelemetryState =
  | { state: "never" }
  | { state: "stopped" | "live"; requests: number; lastSeenAt: Date };

export interface LayerReadiness {
  layer: LayerId;
  answer: "yes" | "part" | "no";
  /** Pins that are seen now, then those that were and are no more. */
  pins: ReadinessPin[];
  stopped: ReadinessPin[];
  declared: { count: number; newestAt: Date } | null;
  mark: ChangeSourceMark | null;
  /** All that is seen of it are hashes of our own: that it changed is seen, not to which version. */
  isDerivedOnly: boolean;
  /** What was never sent, and what was and is no more; the first one first. */
  missing: Need[];
  lapsed: Need[];
  /** The one thing to wire up for this layer; null where nothing is missing. */
  next: string | null;
}

const day = 86_400_000;

/** Telemetry that is silent for longer has stopped; a pin that is silent for so long beside telemetry, too. */
const silentAtMost = day;

/**
 * The readiness of a service at `now`: a layer's question can be answered where all that it needs is
 * seen in telemetry, or where somebody marked its changes as recorded whole until today (R4); in part
 * where some of it is seen, or changes are declared alone, since what nobody declares is missing then.
 */
export function readiness(facts: ReadinessFacts, now: Date): Readiness {
  const telemetry = telemetryState(facts, now);
  const layers = layerIds.map((layer) => layerReadiness(layer, facts, telemetry, now));
  const gap = baselineGap(facts.baseline, now) ?? null;
  const requestsADay = rateOf(facts);
  return {
    service: facts.service,
    layers,
    next: nextOf(layers, telemetry, gap),
    telemetry,
    requestsADay,
    // 95 %: what none of n requests showed is in fewer than 3 of n
    unseenBelowOneIn: requestsADay < 6 ? null : Math.floor(requestsADay / 3),
    overflowing: facts.pins.filter(({ overflow }) => overflow > 0),
    goldenRun: facts.goldenRun,
    baselineGap: gap,
  };
}

function telemetryState({ telemetry }: ReadinessFacts, now: Date): TelemetryState {
  if (!telemetry || telemetry.requests === 0) return { state: "never" };
  const { requests, lastSeenAt } = telemetry;
  const isLive = now.getTime() - lastSeenAt.getTime() <= silentAtMost;
  return { state: isLive ? "live" : "stopped", requests, lastSeenAt };
}

/** What came in a day on average; fewer than a day counts as one. */
function rateOf({ telemetry }: ReadinessFacts): number {
  if (!telemetry) return 0;
  const days = Math.max((Number(telemetry.lastSeenAt) - Number(telemetry.firstSeenAt)) / day, 1);
  return Math.floor(telemetry.requests / days);
}

function layerReadiness(
  layer: LayerId,
  facts: ReadinessFacts,
  telemetry: TelemetryState,
  now: Date,
): LayerReadiness {
  const own = facts.pins.filter((pin) => pin.layer === layer);
  const isLive = telemetry.state === "live";
  const isSeen = ({ lastSeenAt }: ReadinessPin) =>
    isLive && telemetry.lastSeenAt.getTime() - lastSeenAt.getTime() <= silentAtMost;
  const pins = own.filter(isSeen);
  const mark = facts.marks.find((one) => one.layer === layer) ?? null;
  const declared = facts.declared.find((one) => one.layer === layer) ?? null;
  const wanted = needs.filter((need) => need.layer === layer);
  const open = wanted.filter((need) => !isMetBy(need, pins));
  const missing = open.filter((need) => !isMetBy(need, own));
  const lapsed = open.filter((need) => !missing.includes(need));
  const isMarked = mark !== null && now.getTime() - mark.to.getTime() <= silentAtMost;
  const isWhole = open.length === 0 || isMarked;
  const isPartly = own.length > 0 || declared !== null || mark !== null;
  const met = pins.filter((pin) => wanted.some((need) => isMetBy(need, [pin])));
  return {
    layer,
    answer: isWhole ? "yes" : isPartly ? "part" : "no",
    pins,
    stopped: own.filter((pin) => !isSeen(pin)),
    declared: declared && { count: declared.count, newestAt: declared.newestAt },
    mark,
    isDerivedOnly: met.length > 0 && met.every(({ isDerived }) => isDerived),
    missing,
    lapsed,
    next: missing[0]?.send ?? (lapsed[0] && isLive ? lookWhy(lapsed[0]) : null),
  };
}

/** A pin of which more values came than are kept is hardly a version: it says nothing of a change. */
function isMetBy(need: Need, pins: readonly ReadinessPin[]): boolean {
  return pins.some(({ pin, overflow }) => overflow === 0 && need.isMetBy(pin));
}

function lookWhy({ words }: Need): string {
  return `look why ${words} came before and comes no more`;
}

/** How much it is worth that a need is met: a layer that can be answered counts most, and more where nothing was known. */
const worth = { no: 3, part: 2, yes: 0 } as const;

function nextOf(
  layers: readonly LayerReadiness[],
  telemetry: TelemetryState,
  gap: string | null,
): string | null {
  if (telemetry.state === "never") {
    return "point the OpenTelemetry exporter of the service at /v1/traces, which answers for every layer at once";
  }
  if (telemetry.state === "stopped") {
    return "look why its telemetry stopped: until it is back no change is seen in any layer";
  }
  const both = resourceAttributes(layers);
  if (both !== undefined) return both;
  const best = layers
    .filter(({ answer, next }) => answer !== "yes" && next !== null)
    .map((one) => ({ one, score: one.missing.length > 1 ? 1 : worth[one.answer] }))
    .toSorted((a, b) => b.score - a.score)[0];
  if (best) return best.one.next;
  return gap === null ? null : "run the golden suite and send its results to /v1/test-results";
}

/** One setting closes two layers at once, so that it comes first. */
function resourceAttributes(layers: readonly LayerReadiness[]): string | undefined {
  const isOpen = (layer: LayerId) =>
    layers.some((one) => one.layer === layer && one.answer !== "yes" && one.missing.length > 0);
  return isOpen("integration_ui") && isOpen("infrastructure")
    ? "set service.version and cloud.region in OTEL_RESOURCE_ATTRIBUTES, which answers for two layers at once"
    : undefined;
}
