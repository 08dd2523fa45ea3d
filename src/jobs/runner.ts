import { claimEffect, type Pace } from "#src/db/effect-claims.ts";
import { findHeads, type Head, makeAllDue } from "#src/db/effect-states.ts";
import { attemptEffect, type AttemptOptions } from "./attempt.ts";

export interface RunnerOptions extends AttemptOptions {
  /** How many effects this process attempts at once. */
  concurrency: number;
  /** Undefined: no pacing. */
  pace: Pace | undefined;
}

/**
 * Attempts effects in this process, a few at once. It knows nothing of the job engine: whoever learns
 * that an effect may be due wakes it, once or many times; the claim decides.
 */
export class Runner {
  readonly #options: RunnerOptions;
  /** Woken and not begun yet, in order. */
  readonly #waiting = new Set<string>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #roomWaiters: (() => void)[] = [];
  #isPaced = true;
  #isStopped = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Attempts this effect, now or after `inMs`. */
  wake(id: string, inMs = 0): void {
    if (this.#isStopped) return;
    if (inMs > 0) {
      clearTimeout(this.#timers.get(id));
      const timer = setTimeout(() => {
        this.#timers.delete(id);
        this.wake(id);
      }, inMs);
      this.#timers.set(id, timer.unref());
      return;
    }
    if (!this.#running.has(id)) this.#waiting.add(id);
    this.#pump();
  }

  /** Resolves when nothing woken waits to begin: whoever feeds this process then takes more. */
  async hasRoom(): Promise<void> {
    if (this.#waiting.size > 0 && !this.#isStopped) {
      await new Promise<void>((resolve) => this.#roomWaiters.push(resolve));
    }
  }

  /** Begins nothing more and waits for what runs, at most until the deadline. Returns how many were left. */
  async stop(deadlineMs: number): Promise<number> {
    this.#isStopped = true;
    this.#waiting.clear();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const resolve of this.#roomWaiters.splice(0)) resolve();
    const deadline = Promise.withResolvers<void>();
    const timer = setTimeout(deadline.resolve, deadlineMs);
    await Promise.race([this.#settled(), deadline.promise]);
    clearTimeout(timer);
    return this.#running.size;
  }

  /**
   * Attempts effects until none is unfinished, without pacing and without waiting between attempts.
   * Throws a list of what is stuck after `maxRounds` rounds in which nothing was finished. For tests
   * and for tools: a service is never done.
   */
  async drain(maxRounds = 25): Promise<void> {
    const { db } = this.#options.context;
    this.#isPaced = false;
    let finished = -1;
    for (let round = 0; ; round += 1) {
      const finishedNow = await makeAllDue(db);
      if (finishedNow > finished) round = 0;
      finished = finishedNow;
      const heads = await findHeads(db, { withinMs: Number.MAX_SAFE_INTEGER });
      if (heads.length === 0) break;
      if (round >= maxRounds)
        throw new Error(`effects do not end: ${heads.map(describe).join(", ")}`);
      for (const head of heads) if (head.waitMs <= 0) this.wake(head.id);
      await this.#settled();
      const nextMs = Math.min(...heads.map((head) => head.waitMs));
      // all are held by another worker: its lease ends, or it finishes before
      if (nextMs > 0) {
        round -= 1;
        await new Promise((resolve) => setTimeout(resolve, Math.min(nextMs, 20)));
      }
    }
    this.#isPaced = true;
  }

  async #settled(): Promise<void> {
    while (this.#running.size > 0 || this.#waiting.size > 0) {
      await Promise.all(this.#running.values());
    }
  }

  #pump(): void {
    for (const id of this.#waiting) {
      if (this.#running.size >= this.#options.concurrency) return;
      this.#waiting.delete(id);
      this.#running.set(id, this.#run(id));
    }
    for (const resolve of this.#roomWaiters.splice(0)) resolve();
  }

  async #run(id: string): Promise<void> {
    const { context, leaseMs, pace } = this.#options;
    try {
      const claim = await claimEffect(context.db, id, leaseMs, this.#isPaced ? pace : undefined);
      if (claim.kind === "later") {
        this.wake(id, claim.inMs);
        await this.#wakeNext(claim.lane);
      }
      if (claim.kind !== "claimed") return;
      const againInMs = await attemptEffect(this.#options, claim.claimed);
      if (againInMs !== undefined) this.wake(id, againInMs);
      else await this.#wakeNext(claim.claimed.lane);
    } catch (error) {
      // nothing is lost: the row stays, its lease ends, and the sweep finds it
      context.log.warn({ err: error, effectId: id }, "an effect could not be attempted");
    } finally {
      this.#running.delete(id);
      this.#pump();
    }
  }

  /** What follows in the lane was perhaps woken while it could not be claimed; an update that was put off is passed. */
  async #wakeNext(lane: string): Promise<void> {
    const heads = await findHeads(this.#options.context.db, { withinMs: 60_000, lane });
    for (const { id, waitMs } of heads) this.wake(id, Math.max(waitMs, 0));
  }
}

function describe(head: Head): string {
  return `${head.name} (${head.state}, ${head.lastError ?? "no error"})`;
}
