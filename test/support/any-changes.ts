// Changes and marks that an incident can hold, as much of it as our limits allow: for `any-incident.ts`.

import fc from "fast-check";
import { subHours } from "date-fns";
import { layerIds } from "#src/domain/layers/index.ts";
import type { IncidentChange, SourceMark } from "#src/domain/ledger/incident-change.ts";
import { anyText } from "./any-text.ts";
import { at, people } from "./factories.ts";

const anyLayer = fc.constantFrom(...layerIds);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const anyTime = fc.integer({ min: -1_000, max: 10 }).map((hours) => subHours(at("12:00"), -hours));

/** Up to eight changes, declared or seen, with any words, and marks of some layers. */
export const anyChanges: fc.Arbitrary<{
  ledgerChanges: IncidentChange[];
  sourceMarks: SourceMark[];
}> = fc
  .record({
    found: fc.array(
      fc.record({
        happenedAt: anyTime,
        untilAt: maybe(anyTime),
        kind: anyText(50),
        layer: anyLayer,
        summary: anyText(500),
        link: maybe(fc.webUrl()),
        isDeclared: fc.boolean(),
        source: fc.constantFrom("api", "github", "slack", "telemetry"),
        declaredBy: maybe(anyText(100)),
        pin: maybe(fc.constantFrom("model.served", "app.lb.version")),
        fromValues: fc.array(anyText(200), { maxLength: 3 }),
        toValue: maybe(anyText(200)),
        seenRequests: maybe(fc.nat()),
        ofRequests: maybe(fc.nat()),
        intervalId: fc.constant(null),
        foundAt: fc.constant(at("12:00")),
        withdrawnAt: fc.constantFrom(null, at("12:00")),
      }),
      { maxLength: 8 },
    ),
    marked: fc.subarray(layerIds),
    source: anyText(300),
  })
  .map(({ found, marked, source }) => ({
    ledgerChanges: found.map((one, index) => ({
      ...one,
      number: index + 1,
      key: one.isDeclared ? `change-${index}` : `pin:${index}`,
    })) as IncidentChange[],
    sourceMarks: marked.map((layer) => markOf(layer, source)),
  }));

/** As many changes as an incident keeps, all texts as long as can be, and a mark on each layer. */
export function fullestChanges(long: (max: number) => string): {
  ledgerChanges: IncidentChange[];
  sourceMarks: SourceMark[];
} {
  return {
    ledgerChanges: Array.from({ length: 300 }, (_, index) => ({
      number: index + 1,
      key: long(200),
      happenedAt: at("08:00"),
      untilAt: null,
      kind: long(50),
      layer: layerIds[index % layerIds.length] ?? "model",
      summary: long(500),
      link: null,
      isDeclared: index % 2 === 0,
      source: "api",
      declaredBy: long(200),
      pin: long(200),
      fromValues: [long(200), long(200)],
      toValue: long(200),
      seenRequests: Number.MAX_SAFE_INTEGER,
      ofRequests: Number.MAX_SAFE_INTEGER,
      intervalId: null,
      foundAt: at("12:00"),
      withdrawnAt: null,
    })),
    sourceMarks: layerIds.map((layer) => markOf(layer, long(300))),
  };
}

function markOf(layer: SourceMark["layer"], source: string): SourceMark {
  return {
    layer,
    fromAt: subHours(at("12:00"), 100),
    toAt: at("12:00"),
    source,
    markedBy: people.model,
    markedAt: at("12:00"),
  };
}
