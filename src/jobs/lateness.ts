import { isAnyEffectLate } from "#src/db/effect-states.ts";
import type { Database } from "#src/db/open.ts";
import type { Log } from "#src/lib/log.ts";
import { every } from "./every.ts";

/** Whether effects are late: since an attempt of this process failed, until a look at all of them finds none. */
export class Lateness {
  isLate = false;
  #failures = 0;

  /** An attempt of this process failed; its effect says so by now. */
  note(): void {
    this.#failures += 1;
    this.isLate = true;
  }

  /** Looks at all effects. What fails during the look is perhaps not in it, and stays noted. */
  async look(db: Database): Promise<void> {
    const failures = this.#failures;
    const isLate = await isAnyEffectLate(db);
    if (failures === this.#failures) this.isLate = isLate;
  }
}

export interface LatenessWatch {
  /** Whether Slack or GitHub is slow, as of the last look. */
  isOutsideSlow(): boolean;
  stop(): Promise<void>;
}

/** Looks every `everyMs` milliseconds: for a process that takes requests and attempts nothing itself. */
export async function watchLateness(
  db: Database,
  log: Log,
  everyMs = 2_000,
): Promise<LatenessWatch> {
  const lateness = new Lateness();
  const looks = every(
    everyMs,
    () => lateness.look(db),
    (error) => log.warn({ err: error }, "the look for late effects failed"),
  );
  await looks.now();
  return { isOutsideSlow: () => lateness.isLate, stop: () => looks.stop() };
}
