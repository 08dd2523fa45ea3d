import { isJson } from "#sandbox/json.ts";
import type { DeskRequests, FaultSwitches } from "#sandbox/page/live/topics.ts";
import type { LivePlay } from "#sandbox/play/live-play.ts";
import type { SandboxControl } from "#sandbox/protocol.ts";
import type { Board } from "./board.ts";
import type { BotDesk } from "./bot-desk.ts";
import { RefusedError } from "./calls.ts";
import { allOff, throwSwitches } from "./switches.ts";

/** What the desk works with, as far as it is there yet. */
export interface DeskParts {
  board: Board;
  control(): SandboxControl | undefined;
  bot(): BotDesk | undefined;
  script(): LivePlay | undefined;
  isSocketMode: boolean;
}

/** Does what a tab asks of the desk. Throws RefusedError with a sentence where it cannot be done. */
export function createDesk(parts: DeskParts): (name: string, input: unknown) => Promise<void> {
  const { board } = parts;
  let switches: FaultSwitches = allOff;
  const there = <Part>(part: Part | undefined): Part => {
    if (part === undefined) {
      throw new RefusedError(503, "The sandbox is still starting. Try again in a moment.");
    }
    return part;
  };
  const requests: { [Name in keyof DeskRequests]: (input: unknown) => Promise<void> | void } = {
    "kill-bot": () => there(parts.bot()).kill(),
    "restart-bot": () => there(parts.bot()).restart(),
    async switches(input) {
      const control = there(parts.control());
      switches = { ...switches, ...readSwitches(input) };
      board.put("switches", switches);
      await throwSwitches(control, switches);
    },
    play(input) {
      if (!there(parts.script()).play(readUntil(input))) {
        throw new RefusedError(409, "The script is over: nothing is left to play.");
      }
    },
    pause: () => there(parts.script()).pause(),
    async "refresh-sockets"() {
      if (!parts.isSocketMode) {
        throw new RefusedError(
          409,
          "The bot is told by HTTP. Start with --socket for Socket Mode.",
        );
      }
      await there(parts.control()).refreshSockets();
    },
  };
  return async (name, input) => {
    if (!Object.hasOwn(requests, name)) {
      throw new RefusedError(404, `There is no "${name}" at the desk.`);
    }
    await requests[name as keyof DeskRequests](input);
  };
}

function readSwitches(input: unknown): Partial<FaultSwitches> {
  const entries = isJson(input) ? Object.entries(input) : [];
  const wrong = entries.find(
    ([name, value]) => !Object.hasOwn(allOff, name) || typeof value !== "boolean",
  );
  if (wrong || entries.length === 0) {
    throw new RefusedError(
      400,
      `Say which switch is on or off: ${Object.keys(allOff).join(", ")}.`,
    );
  }
  return Object.fromEntries(entries);
}

function readUntil(input: unknown): { until?: number } {
  const until = isJson(input) ? input["until"] : undefined;
  if (until === undefined) return {};
  if (typeof until !== "number" || !Number.isInteger(until)) {
    throw new RefusedError(400, "The step to stop before is a whole number.");
  }
  return { until };
}
