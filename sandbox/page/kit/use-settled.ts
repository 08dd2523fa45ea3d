import { useEffect, useRef } from "react";

/** Calls `settle` with the last value once nothing new has come for a while, or at once when told. */
export function useSettled<Value>(
  settle: (value: Value) => void,
  quietMs: number,
): { later: (value: Value) => void; now: () => void } {
  const waiting = useRef<{ value: Value; timer: ReturnType<typeof setTimeout> }>(undefined);
  const latest = useRef(settle);
  useEffect(() => {
    latest.current = settle;
  });
  useEffect(() => () => clearTimeout(waiting.current?.timer), []);
  const now = () => {
    if (!waiting.current) return;
    const { value, timer } = waiting.current;
    clearTimeout(timer);
    waiting.current = undefined;
    latest.current(value);
  };
  return {
    later: (value) => {
      clearTimeout(waiting.current?.timer);
      waiting.current = { value, timer: setTimeout(now, quietMs) };
    },
    now,
  };
}
