import type { IncomingMessage, ServerResponse } from "node:http";
import type { Database } from "#src/db/open.ts";
import type { TeamId } from "#src/domain/person.ts";
import type { Clock } from "#src/lib/clock.ts";
import type { LastOutcome } from "#src/lib/last-outcome.ts";
import type { Log } from "#src/lib/log.ts";
import type { Settings } from "#src/usecases/context.ts";
import { HoldingApp } from "./bolt-app.ts";
import { boltLog } from "./bolt-log.ts";
import { createSlackApi, webClientOptions } from "./client.ts";
import { InFlight } from "./in-flight.ts";
import { listen } from "./listen.ts";
import { overHttp } from "./receiver-http.ts";
import { overSocket } from "./receiver-socket.ts";

export interface SlackAppOptions {
  config: { botToken: string; signingSecret?: string; appToken?: string; apiUrl: string };
  /** Who the bot is, asked once at the start: Bolt would ask at every event. */
  bot: { teamId: string; botUserId: string; botId: string };
  db: Database;
  clock: Clock;
  log: Log;
  settings: Settings;
  isOutsideSlow(): boolean;
  /** Is told how each call ended. */
  standing?: LastOutcome;
}

export interface SlackApp {
  /** Answers `POST /slack/events`; in Socket Mode there is nothing to answer there. */
  requestListener(request: IncomingMessage, response: ServerResponse): void;
  /** Resolves when Slack can reach the bot; rejects with PermanentError where Slack refuses for good. */
  start(): Promise<void>;
  /** Takes nothing more, waits for what is being answered, at most so long, then hangs up. */
  stop(deadlineMs: number): Promise<void>;
  /** How Slack reaches us; how we reach Slack is for whoever calls it to tell. */
  state(): "connected" | "connecting" | "away";
}

/** A person waits for these calls, and Slack for our answer: 3 s in all. */
const interactiveTimeoutMs = 2_000;

/** Bolt, set up so that nothing is lost: signed HTTP, or Socket Mode where there is an app token. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { config, bot, log } = options;
  const inFlight = new InFlight();
  const logger = boltLog(log);
  const { appToken, apiUrl } = config;
  const way =
    appToken === undefined
      ? overHttp(config.signingSecret ?? "", logger, log)
      : overSocket({ appToken, apiUrl }, logger, log);
  const app = new HoldingApp(
    {
      receiver: way.receiver,
      logger,
      convoStore: false,
      attachFunctionToken: false,
      // with both ids Bolt never asks auth.test; without them it would at every event
      authorize: async () => ({
        botToken: config.botToken,
        botId: bot.botId,
        botUserId: bot.botUserId,
        teamId: bot.teamId,
      }),
      clientOptions: {
        ...webClientOptions({ apiUrl, timeoutMs: interactiveTimeoutMs }),
        // for answers to a response_url, to which Bolt gives no timeout of its own
        fetch: (url, init) =>
          fetch(url, { ...init, signal: AbortSignal.timeout(interactiveTimeoutMs) }),
      },
    },
    { inFlight, log },
  );
  listen(app, {
    db: options.db,
    slack: createSlackApi({
      token: config.botToken,
      apiUrl,
      timeoutMs: interactiveTimeoutMs,
      ...(options.standing ? { standing: options.standing } : {}),
    }),
    clock: options.clock,
    log,
    settings: options.settings,
    teamId: bot.teamId as TeamId,
    inFlight,
    isOutsideSlow: () => options.isOutsideSlow(),
  });
  return {
    requestListener: (request, response) => way.requestListener(request, response),
    start: () => way.start(),
    state: () => way.state(),
    async stop(deadlineMs) {
      app.refuseAll();
      // the sockets stay open for the answers of what is under way
      const left = await inFlight.settled(deadlineMs);
      if (left > 0) log.warn({ left }, "requests were still being answered at the stop");
      await way.stop();
    },
  };
}
