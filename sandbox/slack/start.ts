import type { SandboxClock } from "#sandbox/clock.ts";
import type { Edge } from "#sandbox/edge.ts";
import { listen, sendJson } from "#sandbox/http.ts";
import type { SandboxSeed } from "#sandbox/protocol.ts";
import { createBotLink } from "./bot-link.ts";
import { createEventHub } from "./events.ts";
import { createHomes } from "./homes.ts";
import { createRateWindows } from "./rate-windows.ts";
import { createResponseUrls } from "./response-urls.ts";
import { createScreens } from "./screens.ts";
import type { Slack } from "./slack.ts";
import { createSocketHub } from "./sockets.ts";
import { createTriggers } from "./triggers.ts";
import { createViewStacks } from "./views.ts";
import { handleSlackRequest } from "./web-api.ts";
import { createWorkspace } from "./workspace.ts";

export interface SlackTimes {
  /** How long the bot has for an answer; Slack: 3,000. */
  answerWithinMs: number;
  /** How long a trigger_id works; Slack: 3,000. */
  triggerLifeMs: number;
  /** How long a connection that shall be opened anew stays open; Slack: some 10 s. */
  refreshWithinMs: number;
  /** Waits before an event is delivered again, one for each time. */
  retryDelaysMs: readonly number[];
}

/** The Slack side on a port of its own. */
export async function startSlack(
  seed: SandboxSeed,
  edge: Edge,
  times: SlackTimes,
  clock: SandboxClock,
): Promise<{ slack: Slack; close(): Promise<void> }> {
  const served: { slack?: Slack } = {};
  const listening = await listen((request, response) =>
    served.slack
      ? handleSlackRequest(served.slack, request, response)
      : sendJson(response, 503, { ok: false, error: "service_unavailable" }),
  );
  const workspace = createWorkspace(seed, clock, listening.url);
  const screens = createScreens(() => edge.changes.bump("slack"));
  const sockets = createSocketHub(listening.server, workspace.appId, times.refreshWithinMs);
  const link = createBotLink(sockets, seed.bot.signingSecret, times.answerWithinMs, edge.wire);
  const events = createEventHub(workspace, link, times.retryDelaysMs, () =>
    edge.changes.bump("slack"),
  );
  const slack: Slack = {
    url: listening.url,
    edge,
    workspace,
    views: createViewStacks(
      () => workspace.nextId("V"),
      (userId) => screens.changed(userId),
    ),
    homes: createHomes(
      () => workspace.nextId("V"),
      (userId) => screens.changed(userId),
    ),
    triggers: createTriggers(times.triggerLifeMs),
    screens,
    responseUrls: createResponseUrls(),
    rateWindows: createRateWindows(),
    sockets,
    link,
    events,
  };
  served.slack = slack;
  return {
    slack,
    async close() {
      events.close();
      sockets.close();
      await listening.close();
    },
  };
}
