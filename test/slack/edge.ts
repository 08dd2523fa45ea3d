import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Database } from "#src/db/open.ts";
import { type Clock, systemClock } from "#src/lib/clock.ts";
import { createLog } from "#src/lib/log.ts";
import { createSlackApp, type SlackApp } from "#src/slack/app.ts";
import { signingSecret } from "./signed.ts";

export const botToken = "xoxb-1-not-for-the-log";
export const appToken = "xapp-1-not-for-the-log";

export interface StartedEdge {
  app: SlackApp;
  /** Where requests are posted to, without a closing slash. */
  url: string;
  /** Everything that was logged. */
  logged(): string;
}

/** The real edge over the real tables and the given database, on a port of its own; started. */
export async function startEdge(options: {
  db: Database;
  apiUrl: string;
  clock?: Clock;
  isSocketMode?: boolean;
  isStarted?: boolean;
}): Promise<StartedEdge> {
  let text = "";
  const log = createLog("trace", { write: (line: string) => (text += line) });
  const app = createSlackApp({
    config: {
      botToken,
      apiUrl: options.apiUrl,
      signingSecret,
      ...(options.isSocketMode ? { appToken } : {}),
    },
    bot: { teamId: "T1", botUserId: "UBOT", botId: "BBOT" },
    db: options.db,
    clock: options.clock ?? systemClock,
    log,
    settings: { slashCommand: "/incident", ledger: noLedgerSettings, gitHub: { hasAccess: false } },
    isOutsideSlow: () => false,
  });
  const server = createServer((request, response) => app.requestListener(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    await app.stop(1_000);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  if (options.isStarted !== false) await app.start();
  const { port } = server.address() as AddressInfo;
  return { app, url: `http://127.0.0.1:${port}`, logged: () => text };
}

/** A clock that answers when it is told to: with it a request stays under way as long as a test wants. */
export function heldClock(): { clock: Clock; asked: Promise<void>; release(): void; fail(): void } {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Date>();
  // whoever asks gets the failure; nobody may ask
  answer.promise.catch(() => undefined);
  return {
    clock: () => {
      asked.resolve();
      return answer.promise;
    },
    asked: asked.promise,
    release: () => answer.resolve(new Date()),
    fail: () => answer.reject(new Error("broken")),
  };
}
