import type { Edge } from "#sandbox/edge.ts";
import { listen, sendJson } from "#sandbox/http.ts";
import type { SandboxSeed } from "#sandbox/protocol.ts";
import { createBotLink } from "./bot-link.ts";
import { createEventHub } from "./events.ts";
import { createHomes } from "./homes.ts";
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
  /** Waits before an event is delivered again, one for each time. */
  retryDelaysMs: readonly number[];
}

/** The Slack side on a port of its own. */
export async function startSlack(
  seed: SandboxSeed,
  edge: Edge,
  times: SlackTimes,
): Promise<{ slack: Slack; close(): Promise<void> }> {
  const served: { slack?: Slack } = {};
  const listening = await listen((request, response) =>
    served.slack
      ? handleSlackRequest(served.slack, request, response)
      : sendJson(response, 503, { ok: false, error: "service_unavailable" }),
  );
  const workspace = createWorkspace(seed);
  const screens = createScreens();
  const sockets = createSocketHub(listening.server, workspace.appId);
  const link = createBotLink(sockets, seed.bot.signingSecret, times.answerWithinMs);
  const events = createEventHub(workspace, link, times.retryDelaysMs);
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
