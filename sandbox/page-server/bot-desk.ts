import { setTimeout as pause } from "node:timers/promises";
import type { BotState } from "#sandbox/page/live/topics.ts";
import { ProcessError } from "#sandbox/play/processes.ts";
import type { StartedBot } from "#sandbox/play/start.ts";

/** The bot's process, as a person at the desk starts and kills it. */
export interface BotDesk {
  /** Starts it for the first time, or again after it ended. Resolves when it is up or has ended. */
  start(): Promise<void>;
  /** kill -9, with its database. */
  kill(): Promise<void>;
  /** Stops it properly where it runs, and starts it on the same data. Resolves at once. */
  restart(): void;
  isUp(): boolean;
  /** Why it is down; empty where it is not, or was killed. */
  whyDown(): string;
  /** Nothing it does is news any more. */
  close(): void;
}

export interface BotDeskOptions {
  bot: Pick<StartedBot, "isRunning" | "lastWords" | "stop" | "kill" | "restart">;
  transport: BotState["transport"];
  /** Tells the sandbox where it listens. */
  connect(): Promise<void>;
  /** Told of every change. */
  onState(state: BotState): void;
}

/** `isUp`: it was started before, and is ready. */
export function createBotDesk(
  { bot, transport, connect, onState }: BotDeskOptions,
  { isUp = false } = {},
): BotDesk {
  let state: BotState["state"] = "down";
  let why = "";
  let isOver = false;
  // a start that was given up must not tell of its end
  let turn = 0;
  const tell = (next: BotState["state"], lastWords?: string) => {
    state = next;
    why = next === "down" ? (lastWords ?? "") : "";
    onState({ state, transport, ...(lastWords === undefined ? {} : { lastWords }) });
  };

  async function launch(as: "starting" | "restarting"): Promise<void> {
    const own = (turn += 1);
    const isMine = () => own === turn && !isOver;
    tell(as);
    const patience = new AbortController();
    void tellWhatItWaitsFor(as, isMine, patience.signal);
    try {
      if (as === "restarting") await bot.stop();
      if (!isMine()) return;
      await bot.restart();
      await connect();
      if (!isMine()) return;
      tell("up");
      void watch(isMine);
    } catch (error) {
      if (!isMine()) return;
      tell("down", error instanceof Error ? error.message : String(error));
      if (!(error instanceof ProcessError)) console.error(error);
    } finally {
      patience.abort();
    }
  }

  /** A start that takes long waits for something: its log says for what. */
  async function tellWhatItWaitsFor(
    as: BotState["state"],
    isMine: () => boolean,
    over: AbortSignal,
  ): Promise<void> {
    await pause(longStartMs, undefined, { ref: false });
    while (!over.aborted && isMine()) {
      tell(as, await bot.lastWords(3));
      await pause(longStartMs, undefined, { ref: false });
    }
  }

  async function watch(isMine: () => boolean): Promise<void> {
    while (isMine()) {
      if (!bot.isRunning()) {
        tell("down", `The bot ended by itself. Its last words:\n${await bot.lastWords()}`);
        return;
      }
      await pause(lookEveryMs, undefined, { ref: false });
    }
  }

  if (isUp) {
    tell("up");
    const own = turn;
    void watch(() => own === turn && !isOver);
  }
  return {
    start: () => launch("starting"),
    async kill() {
      turn += 1;
      await bot.kill();
      tell("down");
    },
    restart: () => void launch("restarting"),
    isUp: () => state === "up",
    whyDown: () => why,
    close() {
      isOver = true;
    },
  };
}

const longStartMs = 8_000;
const lookEveryMs = 200;
