/** What changed on whose screen: so that a person can wait for what follows an answer. */
export interface Screens {
  /** A form opened, changed or closed, or an ephemeral came. */
  changed(userId: string): void;
  /** How often it has changed so far. */
  count(userId: string): number;
  /** Resolves when it has changed since `count`, or after `withinMs`. */
  waitForChange(userId: string, since: number, withinMs: number): Promise<void>;
}

/** Screens of one workspace. `anyChanged` is called with every change of anybody's. */
export function createScreens(anyChanged: () => void): Screens {
  const counts = new Map<string, number>();
  const waiting = new Map<string, Set<() => void>>();
  const count = (userId: string) => counts.get(userId) ?? 0;
  return {
    changed(userId) {
      counts.set(userId, count(userId) + 1);
      anyChanged();
      for (const resolve of waiting.get(userId) ?? []) resolve();
    },
    count,
    waitForChange(userId, since, withinMs) {
      if (count(userId) > since) return Promise.resolve();
      return new Promise((resolve) => {
        const mine = waiting.get(userId) ?? new Set();
        waiting.set(userId, mine);
        const done = () => {
          clearTimeout(timer);
          mine.delete(done);
          resolve();
        };
        const timer = setTimeout(done, withinMs);
        mine.add(done);
      });
    },
  };
}
