/**
 * Does something every `ms` milliseconds, never twice at once. `now` does it at once, or waits for the
 * one that runs; `stop` ends it, and waits for the one that runs. What is thrown goes to `onError`.
 */
export function every(ms: number, work: () => Promise<void>, onError: (error: unknown) => void) {
  let current: Promise<void> = Promise.resolve();
  let isBusy = false;
  const now = (): Promise<void> => {
    if (isBusy) return current;
    isBusy = true;
    current = work()
      .catch(onError)
      .finally(() => {
        isBusy = false;
      });
    return current;
  };
  const timer = setInterval(() => void now(), ms);
  return {
    now,
    stop: (): Promise<void> => {
      clearInterval(timer);
      return current;
    },
  };
}
