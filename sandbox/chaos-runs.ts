import { setTimeout as pause } from "node:timers/promises";
import { differences, doubledChanges, type Ending, endingOf } from "./chaos-compare.ts";
import { type RunResult, runScenario } from "./play/run.ts";
import { makeRunFolder, removeRunFolder, type StartedBot } from "./play/start.ts";
import type { Scenario } from "./scenario.ts";

/** One disturbed run: when the bot was killed, and in what its ending differs. */
export interface ChaosRun {
  killedAfterMs: number;
  /** From the kill until the bot was ready again. */
  awayMs: number;
  playMs: number;
  differences: string[];
}

/** An ending to hold others against, and how long it took. */
export interface Undisturbed {
  ending: Ending;
  playMs: number;
}

/** Plays the scenario once without a disturbance. */
export async function runUndisturbed(
  scenario: Scenario,
  transport: "http" | "socket",
): Promise<Undisturbed & { run: RunResult }> {
  const folder = await makeRunFolder();
  try {
    const run = await runScenario({ scenario, transport, folder });
    return { run, ending: endingOf(run, scenario), playMs: run.playMs };
  } finally {
    await removeRunFolder(folder);
  }
}

/**
 * Plays the scenario, kills the bot with its database (kill -9) after `killAfterMs`, starts it again
 * on the same data, and compares the ending. What was in the air may come late (a lease is 10 s), so
 * the ending has `graceMs` to become equal.
 */
export async function runDisturbed(
  scenario: Scenario,
  undisturbed: Undisturbed,
  options: { transport: "http" | "socket"; killAfterMs: number; graceMs?: number },
): Promise<ChaosRun> {
  const folder = await makeRunFolder();
  let awayMs = 0;
  const disturb = async (bot: StartedBot) => {
    await pause(options.killAfterMs);
    const killed = performance.now();
    await bot.kill();
    await bot.restart();
    awayMs = performance.now() - killed;
  };
  let found: string[] = [];
  try {
    const run = await runScenario({
      scenario,
      folder,
      transport: options.transport,
      disturb,
      atEnd: async (ended, { control }) => {
        const deadline = Date.now() + (options.graceMs ?? 30_000);
        for (;;) {
          const state = await control.state();
          found = differences(
            undisturbed.ending,
            endingOf({ steps: ended.steps, state }, scenario),
          );
          if (found.length === 0 || Date.now() > deadline) return;
          await pause(250);
        }
      },
    });
    const refused = run.blockKitFaults.map(
      ({ method, problems }) => `Slack would have refused ${method}: ${problems.join("; ")}`,
    );
    const { playMs } = run;
    return {
      killedAfterMs: options.killAfterMs,
      awayMs,
      playMs,
      differences: [...found, ...doubledChanges(run.state), ...refused],
    };
  } finally {
    await removeRunFolder(folder);
  }
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
