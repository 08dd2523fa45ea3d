// Goal: deliveries of telemetry become intervals that are right in whatever order they come: a canary is one
// interval, a rollback makes a second one, nothing is lost, caps hold.
// Method: hand-made histories with their intervals written out; properties over random deliveries.

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  absenceAllowed,
  begunInAWeekAtMost,
  foldDelivery,
  type KeptInterval,
  type PinDelivery,
  type PinHistory,
} from "#src/domain/ledger/intervals.ts";
import type { PinSighting } from "#src/domain/ledger/ledger.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

const start = Date.parse("2026-03-01T00:00:00Z");
const minute = 60_000;
const at = (minutes: number) => new Date(start + minutes * minute);

/** A value that was seen from one minute to another by so many requests. */
function sighting(value: string, from: number, to = from, requests = 1): PinSighting {
  return {
    pin: "model.served",
    layer: "model",
    value,
    isDerived: false,
    source: "gen_ai.response.model",
    firstAt: at(from),
    lastAt: at(to),
    requests,
    traceIds: [`${value}${from}`],
  };
}

function fold(deliveries: readonly PinSighting[][]): PinHistory & { overflow: number } {
  let history: PinHistory | undefined;
  let overflow = 0;
  for (const sightings of deliveries) {
    const requests = sightings.reduce((sum, one) => sum + one.requests, 0);
    const result = foldDelivery(history, { sightings, requests } satisfies PinDelivery);
    history = result.history;
    overflow += result.overflow;
  }
  return { ...history!, overflow };
}

const shown = (intervals: readonly KeptInterval[]) =>
  intervals
    .toSorted((a, b) => a.firstSeenAt.getTime() - b.firstSeenAt.getTime())
    .map(
      (one) =>
        `${one.value} ${minutesOf(one.firstSeenAt)}–${minutesOf(one.lastSeenAt)} ${one.requests} of ${one.toCount - one.fromCount}${one.isFirst ? " first" : ""}`,
    );
const minutesOf = (time: Date) => (time.getTime() - start) / minute;

test("a value that goes on being seen is one interval, and what follows it is a change", () => {
  const { intervals, pin } = fold([
    [sighting("a", 0, 10, 100)],
    [sighting("a", 11, 20, 100)],
    [sighting("b", 21, 30, 100)],
  ]);
  expect(shown(intervals)).toEqual(["a 0–20 200 of 200 first", "b 21–30 100 of 100"]);
  expect(pin).toMatchObject({ requests: 300, values: 2, overflow: 0 });
});

test("a value that comes back after a rollback is a second interval", () => {
  const { intervals } = fold([
    [sighting("a", 0, 60, 200)],
    [sighting("b", 61, 400, 900)],
    [sighting("a", 401, 460, 200)],
  ]);
  expect(shown(intervals)).toEqual([
    "a 0–60 200 of 200 first",
    "b 61–400 900 of 900",
    "a 401–460 200 of 200",
  ]);
});

test("a canary of 0.8 % is one interval, however long it is not seen between two of its requests", () => {
  const deliveries: PinSighting[][] = [];
  for (let nth = 0; nth < 60; nth += 1) {
    const from = nth * 600;
    deliveries.push([sighting("std", from, from + 590, 124)]);
    deliveries.push([sighting("canary", from + 595)]);
  }
  const { intervals } = fold(deliveries);
  expect(shown(intervals)).toEqual([
    "std 0–35990 7440 of 7499 first",
    "canary 595–35995 60 of 7376",
  ]);
});

test("after a pause of all traffic, however long, what goes on is the same interval", () => {
  const { intervals } = fold([[sighting("a", 0, 10, 500)], [sighting("a", 90_000, 90_010, 500)]]);
  expect(shown(intervals)).toEqual(["a 0–90010 1000 of 1000 first"]);
});

test("what is sent in afterwards and is older takes over the beginning, and the change becomes one", () => {
  const { intervals } = fold([[sighting("b", 1_000, 1_100, 400)], [sighting("a", 0, 900, 400)]]);
  expect(shown(intervals)).toEqual(["a 0–900 400 of 400 first", "b 1000–1100 400 of 400"]);
});

test("what is sent in late and lies shortly before its value's interval is part of it", () => {
  const { intervals } = fold([[sighting("a", 100, 200, 100)], [sighting("a", 0, 30, 20)]]);
  expect(shown(intervals)).toEqual(["a 0–200 120 of 120 first"]);
});

test("what fills the gap between two intervals of a value makes one of them, under the earlier one's id", () => {
  const known = fold([
    [sighting("a", 0, 60, 200)],
    [sighting("b", 61, 400, 900)],
    [sighting("a", 401, 460, 200)],
  ]);
  const kept = known.intervals.map((one, index) => ({ ...one, id: index + 1 }));
  const filled = foldDelivery(
    { pin: known.pin, intervals: kept },
    { sightings: [sighting("a", 50, 410, 300)], requests: 300 },
  ).history;
  const a = filled.intervals.filter((one) => one.value === "a");
  expect(a).toHaveLength(1);
  expect(a[0]).toMatchObject({ id: 1, requests: 700, firstSeenAt: at(0), lastSeenAt: at(460) });
});

test("requests that are sent in late do not count as requests that a live value was absent for", () => {
  const { intervals } = fold([
    [sighting("std", 0, 1_000, 1_000)],
    [sighting("canary", 100, 950, 8)],
    // a day of older traffic, all at once
    [sighting("std", -2_000, -1_000, 50_000)],
    [sighting("std", 1_001, 1_100, 100)],
    [sighting("canary", 1_099)],
  ]);
  expect(shown(intervals).filter((line) => line.startsWith("canary"))).toHaveLength(1);
});

test("what a fold does not touch stays the same object", () => {
  const known = fold([[sighting("a", 0, 10, 100)], [sighting("b", 20, 30, 100)]]);
  const next = foldDelivery(known, { sightings: [sighting("b", 31)], requests: 1 }).history;
  const a = (history: PinHistory) => history.intervals.find(({ value }) => value === "a");
  expect(a(next)).toBe(a(known));
});

test("the absence that chance explains is 7 / share for a value that is known well, and never under 50", () => {
  expect(absenceAllowed({ requests: 1_000, fromCount: 0, toCount: 125_000 })).toBeCloseTo(866, 0);
  expect(absenceAllowed({ requests: 10_000, fromCount: 0, toCount: 10_000 })).toBe(50);
  expect(absenceAllowed({ requests: 1, fromCount: 0, toCount: 1 })).toBeCloseTo(999);
});

test("of 1,000 values that begin in a week 200 are kept, and the requests of the others are counted", () => {
  const values = Array.from({ length: 1_000 }, (_, nth) => sighting(`v${nth}`, nth));
  const { intervals, pin, overflow } = fold([values]);
  expect(intervals).toHaveLength(begunInAWeekAtMost);
  expect({ overflow, of: pin.overflow, values: pin.values }).toEqual({
    overflow: 800,
    of: 800,
    values: 200,
  });
  expect(pin.overflowAt).toEqual(at(999));
});

test("a release a day for two years is far from the cap", () => {
  const { overflow, intervals } = fold(
    Array.from({ length: 730 }, (_, day) => [
      sighting(`v${day}`, day * 1_440, day * 1_440 + 1_400, 90),
    ]),
  );
  expect({ overflow, intervals: intervals.length }).toEqual({ overflow: 0, intervals: 730 });
});

const anySighting = fc
  .record({
    value: fc.constantFrom("a", "b", "c", "d"),
    from: fc.integer({ min: 0, max: 20_000 }),
    length: fc.integer({ min: 0, max: 500 }),
    requests: fc.integer({ min: 1, max: 500 }),
  })
  .map(({ value, from, length, requests }) => sighting(value, from, from + length, requests));
const anyDelivery = fc.uniqueArray(anySighting, {
  minLength: 1,
  maxLength: 4,
  selector: ({ value }) => value,
});
const anyDeliveries = fc.array(anyDelivery, { minLength: 1, maxLength: 15 });

/** First and last sighting and requests of each value. */
function extents(intervals: readonly KeptInterval[]): string[] {
  return [...Map.groupBy(intervals, ({ value }) => value)]
    .map(([value, all]) => {
      const first = Math.min(...all.map((one) => one.firstSeenAt.getTime()));
      const last = Math.max(...all.map((one) => one.lastSeenAt.getTime()));
      return `${value} ${first} ${last} ${all.reduce((sum, one) => sum + one.requests, 0)}`;
    })
    .toSorted();
}

test("whatever order deliveries come in, no request is lost and each value has the same first and last sighting", () => {
  fc.assert(
    fc.property(
      anyDeliveries.chain((deliveries) =>
        fc.tuple(
          fc.constant(deliveries),
          fc.shuffledSubarray(deliveries, { minLength: deliveries.length }),
        ),
      ),
      ([deliveries, shuffled]) => {
        const [one, other] = [fold(deliveries), fold(shuffled)];
        const sent = deliveries.flat().reduce((sum, sent) => sum + sent.requests, 0);
        const kept = one.intervals.reduce((sum, { requests }) => sum + requests, 0);
        expect(kept + one.overflow).toBe(sent);
        expect(extents(other.intervals)).toEqual(extents(one.intervals));
        expect(other.pin).toEqual(one.pin);
      },
    ),
    { numRuns: propertyRuns },
  );
});

test("intervals of a value never overlap, only what the pin began with is first, and counts stay within the pin's", () => {
  fc.assert(
    fc.property(anyDeliveries, (deliveries) => {
      const { intervals, pin } = fold(deliveries);
      for (const all of Map.groupBy(intervals, ({ value }) => value).values()) {
        const inTime = all.toSorted((a, b) => a.firstSeenAt.getTime() - b.firstSeenAt.getTime());
        for (const [index, next] of inTime.slice(1).entries()) {
          expect(next.firstSeenAt > inTime[index]!.lastSeenAt).toBe(true);
        }
      }
      for (const one of intervals) {
        expect(one.isFirst).toBe(one.firstSeenAt.getTime() === pin.firstSeenAt.getTime());
        expect(one.fromCount).toBeGreaterThanOrEqual(0);
        expect(one.toCount).toBeLessThanOrEqual(pin.requests);
        expect(one.toCount).toBeGreaterThanOrEqual(one.fromCount);
      }
    }),
    { numRuns: propertyRuns },
  );
});

test("however many values are sent, no more than 200 begin in any week, and the rest is counted", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 9_000 })), {
        minLength: 150,
        maxLength: 400,
      }),
      (sent) => {
        const values = [
          ...new Map(sent.map(([nth, from]) => [`v${nth}`, sighting(`v${nth}`, from)])).values(),
        ];
        const half = Math.ceil(values.length / 2);
        const { intervals, pin, overflow } = fold([values.slice(0, half), values.slice(half)]);
        expect(intervals.length).toBeLessThanOrEqual(begunInAWeekAtMost);
        expect(intervals.length).toBe(pin.values);
        expect(intervals.length + overflow).toBe(values.length);
      },
    ),
    { numRuns: Math.ceil(propertyRuns / 20) },
  );
});
