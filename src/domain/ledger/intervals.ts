import type { LayerId } from "#src/domain/layers/index.ts";
import type { PinId, PinSighting } from "./ledger.ts";
import { createPositions, sharesOf } from "./positions.ts";

/** A pin of a service as it is kept. */
export interface KeptPin {
  layer: LayerId;
  pin: PinId;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** Requests that carried it, with whatever value. */
  requests: number;
  /** Different values that are kept. */
  values: number;
  /** Requests whose value was over a cap, and when the newest of them was sent. */
  overflow: number;
  overflowAt: Date | null;
}

/** An interval as it is kept; times to the millisecond, both ends seen. */
export interface KeptInterval {
  /** Null: not written yet. */
  id: number | null;
  value: string;
  isDerived: boolean;
  source: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  requests: number;
  /** How many requests had carried the pin before the first sighting, and up to the last one, by time. */
  fromCount: number;
  toCount: number;
  traceIds: string[];
  isFirst: boolean;
}

/** A pin with its intervals: at least those that `reachBack` names. */
export interface PinHistory {
  pin: KeptPin;
  intervals: readonly KeptInterval[];
}

/** One delivery's sightings of one pin, each value once; `requests` is how many the delivery has of the service. */
export interface PinDelivery {
  sightings: readonly PinSighting[];
  requests: number;
}

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

/** So many intervals of a pin may begin within a week before and after each other. */
export const begunInAWeekAtMost = 200;
/** So many different values of a pin are kept in all. */
const valuesAtMost = 5_000;

/**
 * From when on the intervals of a pin have to be known to fold what was sent at this time or later: those
 * that were seen since. Beside them: of each delivered value the newest one, and the newest one of all.
 */
export function reachBack(firstAt: Date): Date {
  return new Date(firstAt.getTime() - weekMs);
}

/**
 * Folds one delivery into what is kept of a pin. A sighting joins the nearest interval of its value,
 * unless the value was absent between them for more than an hour and for more requests than chance
 * explains (`absenceAllowed`); one that joins both its neighbours makes one of them. Deliveries may come
 * in any order. A value over the caps is not kept: its requests are counted as `overflow`. What is given
 * is not changed; an interval that stays the same object was not touched.
 */
export function foldDelivery(
  before: PinHistory | undefined,
  delivery: PinDelivery,
): { history: PinHistory; overflow: number } {
  const { sightings } = delivery;
  const firstAt = Math.min(...sightings.map((one) => one.firstAt.getTime()));
  const lastAt = Math.max(...sightings.map((one) => one.lastAt.getTime()));
  const requests = requestsOf(delivery);
  const pin: KeptPin = before
    ? {
        ...before.pin,
        firstSeenAt: new Date(Math.min(before.pin.firstSeenAt.getTime(), firstAt)),
        lastSeenAt: new Date(Math.max(before.pin.lastSeenAt.getTime(), lastAt)),
        requests: before.pin.requests + requests,
      }
    : newPin(sightings[0]!, firstAt, lastAt, requests);
  const positions = createPositions(before);
  const shares = sharesOf(firstAt, lastAt, requests);
  const shifted = (before?.intervals ?? []).map((one) => shift(one, shares));
  const intervals = new Map(groupByValue(shifted));
  const starts = shifted.map((one) => one.firstSeenAt.getTime());
  let overflow = 0;
  for (const sighting of inOrder(sightings)) {
    const from = positions(sighting.firstAt.getTime()) + shares.before(sighting.firstAt.getTime());
    const upTo = positions(sighting.lastAt.getTime()) + shares.upTo(sighting.lastAt.getTime());
    const toCount = Math.min(Math.max(upTo, from + sighting.requests), pin.requests);
    const seen: KeptInterval = { ...asInterval(sighting), fromCount: from, toCount };
    const own = intervals.get(sighting.value) ?? [];
    const mayBegin = () => (own.length > 0 || pin.values < valuesAtMost) && hasRoom(starts, seen);
    const joined = joinTo(own, seen, mayBegin);
    if (joined === undefined) {
      overflow += sighting.requests;
      pin.overflow += sighting.requests;
      pin.overflowAt = later(pin.overflowAt, sighting.lastAt);
      continue;
    }
    if (joined.includes(seen)) starts.push(seen.firstSeenAt.getTime());
    if (own.length === 0) pin.values += 1;
    intervals.set(sighting.value, joined);
  }
  const all = [...intervals.values()].flat().map((one) => markFirst(one, pin));
  return { history: { pin, intervals: all }, overflow };
}

/**
 * How many requests that carry the pin a value may be absent for and still be the same interval: as many as
 * would leave a chance of 1 in 1,000 that it merely did not come up, and never fewer than 50. A value that
 * was seen in n of N requests is absent for G more by chance with (N / (N + G))^n (its rate being unknown);
 * where n is large that is 7 / its share.
 */
export function absenceAllowed(seen: {
  requests: number;
  fromCount: number;
  toCount: number;
}): number {
  const times = Math.max(seen.requests, 1);
  const of = Math.max(seen.toCount - seen.fromCount, times);
  return Math.max(50, of * (1_000 ** (1 / times) - 1));
}

/** Requests of a delivery that carry the pin: a request may carry several of its values. */
function requestsOf({ sightings, requests }: PinDelivery): number {
  const counts = sightings.map((one) => one.requests);
  const sum = counts.reduce((total, count) => total + count, 0);
  return Math.min(sum, Math.max(requests, ...counts));
}

function newPin(one: PinSighting, firstAt: number, lastAt: number, requests: number): KeptPin {
  const { layer, pin } = one;
  const [firstSeenAt, lastSeenAt] = [new Date(firstAt), new Date(lastAt)];
  return {
    layer,
    pin,
    firstSeenAt,
    lastSeenAt,
    requests,
    values: 0,
    overflow: 0,
    overflowAt: null,
  };
}

/** What was sent late lies before what is known: positions count by time, so that the order of deliveries does not matter. */
function shift(one: KeptInterval, shares: ReturnType<typeof sharesOf>): KeptInterval {
  const from = shares.before(one.firstSeenAt.getTime());
  const to = shares.upTo(one.lastSeenAt.getTime());
  if (from === 0 && to === 0) return one;
  return { ...one, fromCount: one.fromCount + from, toCount: one.toCount + to };
}

function groupByValue(intervals: readonly KeptInterval[]): Map<string, KeptInterval[]> {
  return Map.groupBy(intervals, ({ value }) => value);
}

/** By time and value, so that which ones are over a cap does not depend on the sender's order. */
function inOrder(sightings: readonly PinSighting[]): PinSighting[] {
  return sightings.toSorted(
    (a, b) => a.firstAt.getTime() - b.firstAt.getTime() || (a.value < b.value ? -1 : 1),
  );
}

function asInterval(one: PinSighting): Omit<KeptInterval, "fromCount" | "toCount"> {
  const { value, isDerived, source, firstAt, lastAt, requests, traceIds } = one;
  return {
    id: null,
    value,
    isDerived,
    source,
    firstSeenAt: firstAt,
    lastSeenAt: lastAt,
    requests,
    traceIds: traceIds.slice(0, 3),
    isFirst: false,
  };
}

function hasRoom(starts: readonly number[], seen: KeptInterval): boolean {
  const at = seen.firstSeenAt.getTime();
  return starts.filter((start) => Math.abs(start - at) <= weekMs).length < begunInAWeekAtMost;
}

/** The value's intervals with this sighting in them; undefined where it may not begin one and there is none to join. */
function joinTo(
  own: readonly KeptInterval[],
  seen: KeptInterval,
  mayBegin: () => boolean,
): KeptInterval[] | undefined {
  const byTime = own.toSorted((a, b) => a.firstSeenAt.getTime() - b.firstSeenAt.getTime());
  const before = byTime.findLast((one) => one.lastSeenAt < seen.firstSeenAt);
  const after = byTime.find((one) => one.firstSeenAt > seen.lastSeenAt);
  const touched = byTime.filter(
    (one) => one.lastSeenAt >= seen.firstSeenAt && one.firstSeenAt <= seen.lastSeenAt,
  );
  if (before && isOne(before, seen, before)) touched.unshift(before);
  if (after && isOne(seen, after, after)) touched.push(after);
  if (touched.length === 0) {
    if (mayBegin()) return [...own, seen];
    const nearest = before ?? after;
    if (!nearest) return undefined;
    touched.push(nearest);
  }
  return [...own.filter((one) => !touched.includes(one)), [...touched, seen].reduce(merge)];
}

/** Whether two stretches of one value are one interval, by the share of traffic of the one that stands. */
function isOne(earlier: KeptInterval, later: KeptInterval, known: KeptInterval): boolean {
  if (later.firstSeenAt.getTime() - earlier.lastSeenAt.getTime() <= hourMs) return true;
  return later.fromCount - earlier.toCount <= absenceAllowed(known);
}

/** Both as one, under the identity of the first that has one. */
function merge(a: KeptInterval, b: KeptInterval): KeptInterval {
  const [first, second] = a.firstSeenAt <= b.firstSeenAt ? [a, b] : [b, a];
  return {
    ...first,
    id: first.id ?? second.id,
    lastSeenAt: later(a.lastSeenAt, b.lastSeenAt),
    requests: a.requests + b.requests,
    fromCount: Math.min(a.fromCount, b.fromCount),
    toCount: Math.max(a.toCount, b.toCount),
    traceIds: [...new Set([...first.traceIds, ...second.traceIds])].slice(0, 3),
  };
}

/** What the pin began with changed nothing; what was taken for the beginning until something older came is a change. */
function markFirst(one: KeptInterval, pin: KeptPin): KeptInterval {
  const isFirst = one.firstSeenAt <= pin.firstSeenAt;
  return isFirst === one.isFirst ? one : { ...one, isFirst };
}

function later(a: Date | null, b: Date): Date {
  return a !== null && a > b ? a : b;
}
