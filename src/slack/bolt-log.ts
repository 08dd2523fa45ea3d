import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "#src/lib/log.ts";

/**
 * Bolt's words in our log: warnings and errors alone, since what it says below that holds whole bodies.
 * Tokens are cut out of them; they are a second net, no sentence of the SDK's holds one on purpose.
 */
export function boltLog(log: Log): Logger {
  const say = (level: "warn" | "error", words: unknown[]): void => {
    const said = words.map((word) => (word instanceof Error ? word.name : String(word))).join(" ");
    log[level]({ said: withoutTokens(said).slice(0, 300) }, "Bolt says");
  };
  return {
    debug() {},
    info() {},
    warn: (...words) => say("warn", words),
    error: (...words) => say("error", words),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}

function withoutTokens(text: string): string {
  return text.replaceAll(/\bx(?:ox|app)[\w.-]+|\bticket=[^&\s]+/g, "[token]");
}
