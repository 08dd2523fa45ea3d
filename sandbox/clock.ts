/** The workspace's clock, which the bot may be told to live by (`FAULTLINE_CLOCK_URL`). */
export interface SandboxClock {
  /** Stands still at `now`, or runs on from there. Throws where it is not a time. */
  set(now: string, isRunning: boolean): void;
  read(): { now: string; isRunning: boolean };
}

/** Real time until it is set. */
export function createClock(): SandboxClock {
  let stood: string | undefined;
  let aheadMs = 0;
  return {
    set(now, isRunning) {
      const at = Date.parse(now);
      if (Number.isNaN(at)) throw new Error(`"${now}" is not a time`);
      stood = isRunning ? undefined : now;
      aheadMs = at - Date.now();
    },
    read: () =>
      stood === undefined
        ? { now: new Date(Date.now() + aheadMs).toISOString(), isRunning: true }
        : { now: stood, isRunning: false },
  };
}
