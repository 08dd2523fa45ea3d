// What the ledger may have of a service: nothing, all of it, or parts.
import type { ChangeSourceMark, GoldenRun } from "#src/domain/ledger/ledger.ts";
import { knownPins } from "#src/domain/ledger/pins.ts";
import type { ReadinessFacts, ReadinessPin } from "#src/domain/ledger/readiness.ts";
import { people } from "./factories.ts";

export const now = new Date("2026-03-09T10:20:00Z");
export const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

export const run: GoldenRun = {
  service: "assistant",
  digest: "d",
  ranAt: before(30),
  format: "promptfoo",
  total: 40,
  failed: 0,
  errors: 0,
  pins: [],
  cases: [],
  link: null,
};
export const nothing: ReadinessFacts = {
  service: "assistant",
  telemetry: null,
  pins: [],
  declared: [],
  marks: [],
  goldenRun: null,
  baseline: null,
};
export const live = { requests: 68_600, firstSeenAt: before(14 * 24), lastSeenAt: before(0.1) };

/** A known pin that was seen minutes ago in every second request. */
export function pin(name: string, facts: Partial<ReadinessPin> = {}): ReadinessPin {
  return {
    layer: knownPins[name]?.layer ?? "model",
    pin: name,
    lastSeenAt: before(0.1),
    requests: 34_300,
    value: `${name}-7`,
    isDerived: false,
    values: 2,
    overflow: 0,
    ...facts,
  };
}
const allPins = [
  "model.served",
  "index",
  "prompt",
  "policy",
  "tool.schema",
  "param.temperature",
  "app.build",
  "region",
].map((name) => pin(name));
export const whole: ReadinessFacts = {
  ...nothing,
  telemetry: live,
  pins: allPins,
  goldenRun: run,
  baseline: run,
};
export const mark: ChangeSourceMark = {
  service: "assistant",
  layer: "infrastructure",
  from: before(72),
  to: before(2),
  source: "the deploy log of the platform",
  markedBy: people.infrastructure,
  markedAt: before(2),
};

export function without(...names: string[]): ReadinessFacts {
  return { ...whole, pins: allPins.filter((one) => !names.includes(one.pin)) };
}

/** The search index, not seen for two days. */
export function stalePin(): ReadinessPin {
  return pin("index", { lastSeenAt: before(49) });
}
