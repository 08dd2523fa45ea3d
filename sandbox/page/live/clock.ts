import { useEffect, useState } from "react";
import { useOne } from "./store.ts";
import type { Clock } from "./topics.ts";

/** When this tab was told each reading of the workspace's clock, by its own. */
const readAt = new WeakMap<Clock, number>();

/** The workspace's time in whole minutes; undefined until it is known. */
export function useMinute(): Date | undefined {
  const clock = useOne("clock");
  const [minute, setMinute] = useState<number | undefined>(() => clock && minuteOf(clock));
  useEffect(() => {
    if (!clock) return;
    const look = () => setMinute(minuteOf(clock));
    look();
    if (!clock.isRunning) return;
    const timer = setInterval(look, 1_000);
    return () => clearInterval(timer);
  }, [clock]);
  return minute === undefined ? undefined : new Date(minute);
}

/** The workspace's time, given its last reading. */
function timeOf(clock: Clock): number {
  const now = performance.now();
  const since = readAt.get(clock) ?? now;
  readAt.set(clock, since);
  return Date.parse(clock.now) + (clock.isRunning ? now - since : 0);
}

function minuteOf(clock: Clock): number {
  return Math.floor(timeOf(clock) / 60_000) * 60_000;
}
