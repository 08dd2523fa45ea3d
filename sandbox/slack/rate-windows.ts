import type { appTokenScopesByMethod, BotMethod } from "./scopes.ts";

/**
 * Slack's limits: calls a minute for each method, workspace and app.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const perMinute = { tier2: 20, tier3: 50, tier4: 100, many: 300 };
const minuteMs = 60_000;

/** chat.postMessage: a message a second and channel, a few more at once now and then. */
const postEveryMs = 1_000;
const postBurst = 5;

const tiers: Readonly<
  Record<BotMethod | keyof typeof appTokenScopesByMethod, keyof typeof perMinute>
> = {
  "apps.connections.open": "tier3",
  "auth.test": "many",
  "bookmarks.add": "tier2",
  "bookmarks.edit": "tier2",
  "bookmarks.list": "tier3",
  "bookmarks.remove": "tier2",
  "chat.delete": "tier3",
  "chat.getPermalink": "many",
  "chat.postEphemeral": "tier4",
  "chat.postMessage": "many",
  "chat.update": "tier3",
  "conversations.archive": "tier2",
  "conversations.create": "tier2",
  "conversations.history": "tier3",
  "conversations.info": "tier3",
  "conversations.invite": "tier3",
  "conversations.join": "tier3",
  "conversations.list": "tier2",
  "conversations.members": "tier4",
  "conversations.open": "tier3",
  "conversations.replies": "tier3",
  "conversations.setTopic": "tier2",
  "conversations.unarchive": "tier2",
  "files.completeUploadExternal": "tier4",
  "files.getUploadURLExternal": "tier4",
  "files.info": "tier4",
  "pins.add": "tier2",
  "pins.list": "tier2",
  "pins.remove": "tier2",
  "reactions.add": "tier3",
  "reactions.get": "tier3",
  "reactions.remove": "tier2",
  "usergroups.list": "tier2",
  "usergroups.users.list": "tier2",
  "users.conversations": "tier3",
  "users.info": "tier4",
  "users.list": "tier2",
  "users.lookupByEmail": "tier3",
  "views.open": "tier4",
  "views.publish": "tier4",
  "views.push": "tier4",
  "views.update": "tier4",
};

export interface RateWindows {
  /** On with empty windows, or off. */
  set(isOn: boolean): void;
  /** Counts the call; undefined where it may go on, else the seconds to wait. */
  retryAfter(method: string, channelId: string): number | undefined;
}

/** Off at first. A refused call does not count. `now` in milliseconds. */
export function createRateWindows(now: () => number = () => performance.now()): RateWindows {
  let isCounting = false;
  const windows = new Map<string, number[]>();

  function waitMs(key: string, most: number, windowMs: number): number {
    const at = now();
    const recent = (windows.get(key) ?? []).filter((one) => one > at - windowMs);
    windows.set(key, recent);
    const first = recent.at(-most);
    return first === undefined ? 0 : first + windowMs - at;
  }
  return {
    set(isOn) {
      isCounting = isOn;
      windows.clear();
    },
    retryAfter(method, channelId) {
      if (!isCounting || !Object.hasOwn(tiers, method)) return undefined;
      const most = perMinute[tiers[method as keyof typeof tiers]];
      const channel = `${method} ${channelId}`;
      const isPost = method === "chat.postMessage";
      const ms = Math.max(
        waitMs(method, most, minuteMs),
        isPost ? waitMs(channel, postBurst, postBurst * postEveryMs) : 0,
      );
      if (ms > 0) return Math.ceil(ms / 1_000);
      windows.get(method)?.push(now());
      if (isPost) windows.get(channel)?.push(now());
      return undefined;
    },
  };
}
