/**
 * Where a time lies among the requests that carried a pin: how many came before it. Intervals keep this
 * for their two ends; between known ends it is taken to grow evenly. So "how many requests was it absent
 * for" has an answer whatever order the deliveries came in.
 */

interface Ends {
  firstSeenAt: Date;
  lastSeenAt: Date;
  fromCount: number;
  toCount: number;
}
interface Point {
  at: number;
  count: number;
}

/** A function that tells how many requests carried the pin up to a time (milliseconds); nothing known: 0 for all times. */
export function createPositions(
  history:
    | {
        pin: { firstSeenAt: Date; lastSeenAt: Date; requests: number };
        intervals: readonly Ends[];
      }
    | undefined,
): (at: number) => number {
  if (!history) return () => 0;
  const { pin, intervals } = history;
  const begin: Point = { at: pin.firstSeenAt.getTime(), count: 0 };
  const end: Point = { at: pin.lastSeenAt.getTime(), count: pin.requests };
  const points = [begin, ...intervals.flatMap(endsOf), end].toSorted(
    (a, b) => a.at - b.at || a.count - b.count,
  );
  // counts are measured at the ends of deliveries: they may stand a little out of order
  let most = 0;
  const rising = points.map(({ at, count }) => ({ at, count: (most = Math.max(most, count)) }));
  return (at) => {
    if (at < begin.at) return 0;
    if (at >= end.at) return pin.requests;
    const next = rising.findIndex((point) => point.at > at);
    return between(rising[next - 1]!, rising[next]!, at);
  };
}

/** How many of the requests of one delivery, spread evenly over its time, lie before a time, and up to it. */
export function sharesOf(
  firstAt: number,
  lastAt: number,
  requests: number,
): { before: (at: number) => number; upTo: (at: number) => number } {
  const part = (at: number): number =>
    at >= lastAt ? requests : Math.round((requests * (at - firstAt)) / (lastAt - firstAt));
  return {
    before: (at) => (at <= firstAt ? 0 : at > lastAt ? requests : part(at)),
    upTo: (at) => (at < firstAt ? 0 : part(at)),
  };
}

function endsOf(one: Ends): Point[] {
  return [
    { at: one.firstSeenAt.getTime(), count: one.fromCount },
    { at: one.lastSeenAt.getTime(), count: one.toCount },
  ];
}

function between(a: Point, b: Point, at: number): number {
  return Math.round(a.count + ((b.count - a.count) * (at - a.at)) / (b.at - a.at));
}
