import type { BlockKitFault } from "#sandbox/protocol.ts";
import type { Scenario } from "#sandbox/scenario.ts";
import { setTimeout as pause } from "node:timers/promises";
import { type PlayOptions, type PlayResult, playScenario } from "./play.ts";
import { ProcessError } from "./processes.ts";
import { connect, startBot, type StartedBot, type StartedWorld, startWorld } from "./start.ts";

export interface RunOptions extends Pick<PlayOptions, "onStart" | "onStep" | "hasSpans"> {
  scenario: Scenario;
  transport: "http" | "socket";
  /** Empty folder for this run; see `makeRunFolder`. */
  folder: string;
  /** Told what is being started, in words. */
  onProgress?: (what: string) => void;
  /** Started together with the play; may kill and restart the bot. */
  disturb?: (bot: StartedBot) => Promise<void>;
  /** Looks at how it ended, while everything still runs. */
  atEnd?: (run: RunResult, started: StartedWorld, bot: StartedBot) => Promise<void>;
}
export interface RunResult extends PlayResult {
  /** Payloads that real Slack would have refused. */
  blockKitFaults: BlockKitFault[];
  /** From the first step to the last link, in milliseconds. */
  playMs: number;
}

/**
 * Starts a sandbox and a bot on an empty data folder, plays the scenario, and stops both. Throws
 * ProcessError, with the bot's last words, where one of them does not start or ends unasked.
 */
export async function runScenario(options: RunOptions): Promise<RunResult> {
  const { scenario, transport, folder, onProgress, disturb, atEnd } = options;
  onProgress?.("starting the sandbox: a Slack workspace and a GitHub");
  const started = await startWorld(scenario, folder);
  try {
    onProgress?.("starting the bot and its database");
    const bot = await startBot({ started, transport });
    try {
      await connect(started.control, bot, transport);
      onProgress?.("ready");
      const began = performance.now();
      const disturbance = disturb?.(bot);
      const over = new AbortController();
      const result = await Promise.race([
        playScenario({ ...options, control: started.control, botUrl: bot.url }).catch(whoDiedFirst),
        deathOf("The sandbox", started, over.signal),
        disturbance?.then(never) ?? deathOf("The bot", bot, over.signal),
      ]).finally(() => over.abort());
      await disturbance;
      const playMs = performance.now() - began;
      const { blockKitFaults } = await started.control.wire();
      const run = { ...result, blockKitFaults, playMs };
      await atEnd?.(run, started, bot);
      return run;
    } finally {
      await bot.stop();
    }
  } finally {
    await started.stop();
  }
}

/** Throws as soon as a process is gone although nobody stopped it. */
async function deathOf(
  name: string,
  process: { isRunning(): boolean; lastWords(): Promise<string> },
  isOver: AbortSignal,
): Promise<never> {
  while (!isOver.aborted) {
    if (!process.isRunning()) {
      throw new ProcessError(
        `${name} ended in the middle of the play. Its last words:\n${await process.lastWords()}`,
      );
    }
    await pause(100, undefined, { ref: false });
  }
  return never();
}

/** A play that breaks off because a process died shall not hide which one it was. */
async function whoDiedFirst(error: unknown): Promise<never> {
  await pause(500);
  throw error;
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
