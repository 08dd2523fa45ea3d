/** What is being done right now, so that a stop can wait for it: Bolt's own stop waits for sockets alone. */
export class InFlight {
  readonly #running = new Set<Promise<unknown>>();

  /** Runs and counts it until it ends; fails as it fails. */
  async track<Value>(work: () => Promise<Value>): Promise<Value> {
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Resolves when nothing runs any more, or when the time is over. Returns how much still runs. */
  async settled(deadlineMs: number): Promise<number> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), deadlineMs);
    while (this.#running.size > 0 && !deadline.signal.aborted) {
      await Promise.race([
        Promise.allSettled(this.#running),
        new Promise((resolve) =>
          deadline.signal.addEventListener("abort", resolve, { once: true }),
        ),
      ]);
    }
    clearTimeout(timer);
    return this.#running.size;
  }
}
