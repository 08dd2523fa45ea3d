import type { Versions } from "./screen.ts";

/** No wait is longer, so that a connection that somebody has forgotten ends by itself. */
const longestMs = 30_000;

/** How often each side of the sandbox has changed, for whoever shows it. */
export interface Changes {
  bump(side: keyof Versions): void;
  now(): Versions;
  /** Resolves when a number is another than in `since`, or after `withinMs` (at most 30 s). */
  wait(since: Versions, withinMs: number): Promise<Versions>;
  /** Ends every wait. */
  close(): void;
}

/** Counts from 0. */
export function createChanges(): Changes {
  const versions: Versions = { slack: 0, github: 0, wire: 0 };
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const resolve of waiting) resolve();
  };
  const now = () => ({ ...versions });
  return {
    bump(side) {
      versions[side] += 1;
      wake();
    },
    now,
    async wait(since, withinMs) {
      // a sandbox that was started anew counts from 0 again: less is a change too
      const isOld = (["slack", "github", "wire"] as const).some(
        (side) => versions[side] !== since[side],
      );
      if (isOld) return now();
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, Math.min(withinMs, longestMs));
        waiting.add(done);
      });
      return now();
    },
    close: wake,
  };
}
