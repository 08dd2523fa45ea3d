import { createBoss, effectQueue } from "#src/db/effects.ts";
import { findHeads } from "#src/db/effect-states.ts";
import { forgetFullBuckets } from "#src/db/token-buckets.ts";
import type { Handlers, JobContext } from "./handler.ts";
import { createPace, type PacingSettings } from "./pacing.ts";
import { githubOwnerOf } from "./destinations.ts";
import { every } from "./every.ts";
import { Lateness } from "./lateness.ts";
import { remindAll } from "./reminders.ts";
import { Runner } from "./runner.ts";

export interface WorkerOptions {
  /** Of the same database as the context's. */
  url: string;
  context: JobContext;
  handlers: Handlers;
  pacing: PacingSettings | "off";
  /** How long an effect is ours without a sign of life; default 7,000. */
  leaseMs?: number;
  /** How often this process looks for what nobody works on; default 2,000. */
  sweepMs?: number;
  /** How many effects this process attempts at once; default 8. */
  concurrency?: number;
  /** Waits between attempts; default 500 ms, doubling to 60 s. */
  backoff?: { firstMs: number; longestMs: number };
}

export interface Worker {
  /** Fires what is due by the service's clock; then see `Runner.drain`. */
  drain(): Promise<void>;
  /** Takes nothing more, and waits for what runs at most until the deadline; what is left is taken over when its lease ends. */
  stop(deadlineMs: number): Promise<void>;
  /**
   * Whether Slack or GitHub is slow, since a failed attempt or as of the last sweep: people are told
   * that what follows may come later.
   */
  isOutsideSlow(): boolean;
}

/**
 * What runs effects in this process, without the engine: `drain()` for tests and tools. `onLate` is
 * called when the other side could not answer an attempt.
 */
export function createRunner(
  options: Omit<WorkerOptions, "url" | "sweepMs">,
  onLate?: () => void,
): Runner {
  const { pacing, context } = options;
  return new Runner({
    context,
    handlers: options.handlers,
    leaseMs: options.leaseMs ?? 7_000,
    concurrency: options.concurrency ?? 8,
    backoff: options.backoff ?? { firstMs: 500, longestMs: 60_000 },
    pace: pacing === "off" ? undefined : createPace(pacing, githubOwnerOf(context.settings)),
    ...(onLate ? { onLate } : {}),
  });
}

/**
 * Starts attempting effects: woken by the engine as they are written, by whatever process, and by a
 * sweep that finds what is due and nobody works on (a killed worker's, one put off, one whose job was
 * lost). Needs `prepareJobs` before it.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { context, sweepMs = 2_000 } = options;
  const { db, log } = context;
  const lateness = new Lateness();
  const runner = createRunner(options, () => lateness.note());

  const boss = createBoss(options.url, log);
  await boss.start();
  await boss.work(
    effectQueue,
    { batchSize: 50, burstWhenBatchFull: true, pollingIntervalSeconds: 2 },
    async (jobs) => {
      for (const job of jobs) runner.wake(job.id);
      // the row is the record; the job has done its part. A full process leaves the rest to others.
      await runner.hasRoom();
    },
  );
  // each due time within the next interval gets a timer of its own, so that nothing waits for the sweep after it
  const sweep = async (): Promise<void> => {
    // what waits outside does not wait for them
    await remindAll(context).catch((error: unknown) =>
      log.warn({ err: error }, "reminders could not be looked for"),
    );
    for (const head of await findHeads(db, { withinMs: sweepMs })) {
      runner.wake(head.id, Math.max(head.waitMs, 0));
    }
    await lateness.look(db);
  };
  const sweeps = every(sweepMs, sweep, (error) => log.warn({ err: error }, "the sweep failed"));
  const cleanings = every(
    300_000,
    () => forgetFullBuckets(db),
    (error) => log.warn({ err: error }, "old token buckets stay"),
  );

  await sweeps.now();

  return {
    async drain() {
      await remindAll(context);
      await runner.drain();
    },
    isOutsideSlow: () => lateness.isLate,
    async stop(deadlineMs) {
      // first, so that nothing is begun from here on
      const stopping = runner.stop(deadlineMs);
      await Promise.all([sweeps.stop(), cleanings.stop()]);
      const left = await stopping;
      if (left > 0) log.warn({ left }, "effects are left to be taken over");
      await boss.stop({ graceful: false });
    },
  };
}
