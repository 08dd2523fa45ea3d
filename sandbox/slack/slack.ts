import type { Edge } from "#sandbox/edge.ts";
import type { BotLink } from "./bot-link.ts";
import type { EventHub } from "./events.ts";
import type { Homes } from "./homes.ts";
import type { RateWindows } from "./rate-windows.ts";
import type { ResponseUrls } from "./response-urls.ts";
import type { Screens } from "./screens.ts";
import type { SocketHub } from "./sockets.ts";
import type { Triggers } from "./triggers.ts";
import type { ViewStacks } from "./views.ts";
import type { Workspace } from "./workspace.ts";

/** Everything of the Slack side, as the Web API, the people and the bot's link share it. */
export interface Slack {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  edge: Edge;
  workspace: Workspace;
  views: ViewStacks;
  homes: Homes;
  triggers: Triggers;
  screens: Screens;
  responseUrls: ResponseUrls;
  rateWindows: RateWindows;
  sockets: SocketHub;
  link: BotLink;
  events: EventHub;
}

/** Notes what is wrong with a payload; the run fails by it. */
export function recordProblems(slack: Slack, method: string, problems: string[]): void {
  if (problems.length > 0) slack.edge.wire.addFault({ method, problems });
}
