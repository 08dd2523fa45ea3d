import type { Place } from "#sandbox/page/live/address.ts";

/** Slack's address of a message; the thread's head where it is said in one. */
export function permalink(
  teamName: string,
  message: { channel: string; ts: string; threadTs?: string },
): string {
  const { channel, ts, threadTs } = message;
  const link = `https://${domainOf(teamName)}.slack.com/archives/${channel}/p${ts.replace(".", "")}`;
  const isReply = threadTs !== undefined && threadTs !== ts;
  return isReply ? `${link}?thread_ts=${threadTs}&cid=${channel}` : link;
}

/** Where in the page a link of the sandbox's own leads; undefined: it is one of the world's. */
export function placeOf(
  url: string,
  known: { teamName: string; gitHubUrls: Iterable<string> },
): Place | undefined {
  const address = parsed(url);
  if (!address) return undefined;
  // Slack's own address of a channel within its client
  if (address.protocol === "slack:" && address.host === "channel") {
    const id = address.searchParams.get("id") ?? "";
    return /^[A-Z0-9]+$/.test(id) ? { at: id } : undefined;
  }
  if (address.host === `${domainOf(known.teamName)}.slack.com`) return slackPlace(address);
  if (address.host === "app.slack.com") {
    const [, id] = /^\/client\/T[A-Z0-9]+\/([CDG][A-Z0-9]+)\/?$/.exec(address.pathname) ?? [];
    return id === undefined ? undefined : { at: id };
  }
  for (const one of known.gitHubUrls) {
    if (url === one || [`${one}/`, `${one}#`, `${one}?`].some((begin) => url.startsWith(begin))) {
      return { pane: "github", open: one };
    }
  }
  return undefined;
}

function slackPlace(address: URL): Place | undefined {
  const [, channel, seconds, micros] =
    /^\/archives\/([A-Z0-9]+)(?:\/p(\d+)(\d{6}))?\/?$/.exec(address.pathname) ?? [];
  if (channel === undefined) return undefined;
  const thread = address.searchParams.get("thread_ts");
  return {
    at: channel,
    ...(seconds === undefined ? {} : { message: `${seconds}.${micros}` }),
    ...(thread !== null && /^\d+\.\d+$/.test(thread) ? { thread } : {}),
  };
}

function domainOf(teamName: string): string {
  return teamName.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

function parsed(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
