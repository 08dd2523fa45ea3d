import type { PinInterval } from "./ledger.ts";
import { createPositions } from "./positions.ts";

/** An interval with its place among the requests that carried the pin. */
export interface StoredInterval extends PinInterval {
  fromCount: number;
  toCount: number;
}

/** A pin of a service with the intervals that a report needs of it. */
export interface StoredPin {
  firstSeenAt: Date;
  lastSeenAt: Date;
  requests: number;
  intervals: readonly StoredInterval[];
}

const hourMs = 3_600_000;

/**
 * The values that ran at a time, the one with most requests first: those whose interval holds the time,
 * and those that were seen before and were not absent for longer than their share of traffic explains.
 * A value of 1 % is seen in one request of a hundred: between two of them it runs as well. Where there
 * was no traffic, nothing was absent. Before the pin was first seen: none, but for the hour before, in
 * which a value counts as running when it comes back too.
 */
export function createStates(pin: StoredPin): (at: Date) => StoredInterval[] {
  const positions = createPositions({ pin, intervals: pin.intervals });
  return (asked) => {
    const untilFirst = pin.firstSeenAt.getTime() - asked.getTime();
    const at = untilFirst > 0 && untilFirst <= hourMs ? pin.firstSeenAt : asked;
    const now = positions(at.getTime());
    return pin.intervals
      .filter(
        (one) =>
          one.firstSeenAt <= at && (one.lastSeenAt >= at || now - one.toCount < goneAfter(one)),
      )
      .toSorted((a, b) => b.requests - a.requests || (a.value < b.value ? -1 : 1));
  };
}

/**
 * After how many requests without it a value is taken to be gone: 7 / its share, a chance of 1 in 1,000. One
 * that had most of the traffic and was seen a few times only is gone sooner: with no share to speak of,
 * what came last is what runs.
 */
function goneAfter(one: Pick<StoredInterval, "requests" | "ofRequests">): number {
  const share = one.requests / Math.max(one.ofRequests, 1);
  return share > 0.5 ? Math.min(Math.max(one.requests / 7, 1), 7) : 7 / share;
}
