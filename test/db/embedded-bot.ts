// A process that does with the embedded database what the bot does, for tests that kill it: starts it,
// says so on its standard output in one line of JSON, and stops it at SIGTERM.

import { startEmbedded } from "#src/db/embedded.ts";
import { createLog } from "#src/lib/log.ts";
import { AppError } from "#src/lib/errors.ts";

export interface BotOptions {
  dataDir: string;
  native?: string;
  /** Become this user first; the modules are loaded by then, wherever they are. */
  uid?: number;
}
export type BotSays = { url: string } | { code: string; message: string } | { stopped: true };

const { uid, ...options } = JSON.parse(process.argv[2] ?? "{}") as BotOptions;
if (uid !== undefined) {
  process.setgroups?.([]);
  process.setgid?.(uid);
  process.setuid?.(uid);
}
function say(line: BotSays): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
try {
  const embedded = await startEmbedded({ ...options, log: createLog("silent") });
  // holds the process open, and shows that nobody else handles the signal
  const open = setInterval(() => undefined, 60_000);
  process.once("SIGTERM", () => {
    void embedded.stop().then(() => {
      clearInterval(open);
      say({ stopped: true });
    });
  });
  say({ url: embedded.url });
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  say({ code: error.code, message: error.message });
}
