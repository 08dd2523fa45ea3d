import { TransientError } from "./errors.ts";

/**
 * The service's clock: what people read (declared, happened, due) is told by it. It is asked once,
 * at the edge, and its answer is handed down. Leases, retries and signatures use real time.
 */
export type Clock = () => Promise<Date>;

/** The clock of this machine. */
export const systemClock: Clock = async () => new Date();

/**
 * A clock answered by another process as `{"now": ISO 8601}`, for replays of past incidents.
 * Throws TransientError where it does not answer within a second.
 */
export function remoteClock(url: string): Clock {
  return async () => {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
      const body = (await response.json()) as { now?: string };
      const now = new Date(body.now ?? Number.NaN);
      if (Number.isNaN(now.getTime())) throw new Error("the answer holds no time");
      return now;
    } catch (cause) {
      throw new TransientError("clock_away", "the clock does not answer", { cause });
    }
  };
}
