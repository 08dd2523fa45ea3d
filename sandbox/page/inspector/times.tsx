import { useEffect, useState } from "react";

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** A time of this machine's clock. */
export function RealTime({ at }: { at: string }) {
  return <time dateTime={at}>{clock.format(new Date(at))}</time>;
}

/** "0.4 s", "12 s", "3 min". */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)}\u00A0s`;
  if (seconds < 120) return `${Math.round(seconds)}\u00A0s`;
  return `${Math.round(seconds / 60)}\u00A0min`;
}

/** The time, each second anew as long as somebody waits for something. */
export function useNow(isWaiting: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return now;
}
