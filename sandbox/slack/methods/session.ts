import type { Method } from "./method.ts";

/** https://docs.slack.dev/reference/methods/auth.test */
export const testAuth: Method = (slack) => {
  const { team, bot } = slack.workspace;
  return {
    ok: true,
    url: `${slack.url}/`,
    team: team.name,
    user: bot.name,
    team_id: team.id,
    user_id: bot.userId,
    bot_id: bot.botId,
    is_enterprise_install: false,
  };
};

/** https://docs.slack.dev/reference/methods/apps.connections.open, with the app-level token. */
export const openConnection: Method = (slack) => {
  const url = `${slack.url.replace("http:", "ws:")}/link/?ticket=${slack.sockets.createTicket()}`;
  return { ok: true, url };
};
