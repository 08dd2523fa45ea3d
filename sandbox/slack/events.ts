import { randomBytes } from "node:crypto";
import type { Json } from "#sandbox/json.ts";
import type { BotLink, Delivered } from "./bot-link.ts";
import { scopesByEvent } from "./scopes.ts";
import type { SlackEvent, Workspace } from "./workspace.ts";

/** How long what Slack does by itself takes. */
const laterMs = 30;
/** So long does an event wait for one that overtakes it, where they are swapped. */
const holdMs = 100;

export interface EventHub {
  setCopies(copies: number): void;
  /** Whether of two events that come close together the later one goes first. */
  setSwapped(isSwapped: boolean): void;
  /** Does something a moment later, as Slack shares a file; `settled` waits for it. */
  later(run: () => void): void;
  /** Resolves when nothing waits to be delivered or delivered again. */
  settled(): Promise<void>;
  close(): void;
}

/**
 * Delivers the workspace's events to the bot as the Events API does: `event_callback` with an
 * event_id, delivered again (same id) where it is not answered with 2xx in time. Slack waits a
 * minute and more between tries; we do not, so that a run stays short. `changed` is called with
 * whatever Slack did by itself.
 * https://docs.slack.dev/apis/events-api
 */
export function createEventHub(
  workspace: Workspace,
  link: BotLink,
  retryDelaysMs: readonly number[],
  changed: () => void,
): EventHub {
  let copies = 1;
  let pending = 0;
  let isClosed = false;
  let idle: (() => void)[] = [];
  let isSwapped = false;
  let held: { timer: NodeJS.Timeout; deliver: () => Promise<unknown> } | undefined;
  const timers = new Set<NodeJS.Timeout>();

  function finish(): void {
    pending -= 1;
    if (pending > 0) return;
    for (const resolve of idle.splice(0)) resolve();
  }

  async function attempt(payload: Json, number: number, reason: string): Promise<void> {
    if (isClosed) return;
    const delivered = await link.send({
      type: "events_api",
      payload,
      ...(number > 0 ? { retry: { number, reason } } : {}),
    });
    if (isClosed) return;
    const why = whyAgain(delivered);
    const delayMs = retryDelaysMs[number];
    if (why === undefined || delayMs === undefined) return finish();
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(payload, number + 1, why);
    }, delayMs);
    timers.add(timer);
  }

  function release(): (() => Promise<unknown>) | undefined {
    const one = held;
    held = undefined;
    if (!one) return undefined;
    clearTimeout(one.timer);
    timers.delete(one.timer);
    return one.deliver;
  }

  function swap(deliver: () => Promise<unknown>): void {
    const earlier = release();
    if (earlier) {
      void deliver().then(earlier);
      return;
    }
    const timer = setTimeout(() => void release()?.(), holdMs);
    timers.add(timer);
    held = { timer, deliver };
  }

  workspace.emit = (event) => {
    if (!link.hasBot() || !isSubscribed(workspace, event)) return;
    const payload = envelope(workspace, event);
    const times = Array.from({ length: copies });
    pending += copies;
    const deliver = () => Promise.all(times.map(() => attempt(payload, 0, "")));
    if (isSwapped) swap(deliver);
    else void deliver();
  };

  return {
    setCopies(count) {
      copies = count;
    },
    setSwapped(isOn) {
      isSwapped = isOn;
    },
    later(run) {
      pending += 1;
      const timer = setTimeout(() => {
        timers.delete(timer);
        run();
        changed();
        finish();
      }, laterMs);
      timers.add(timer);
    },
    settled: () =>
      new Promise((resolve) => {
        if (pending === 0) resolve();
        else idle.push(resolve);
      }),
    close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      pending = 0;
      for (const resolve of idle.splice(0)) resolve();
    },
  };
}

function whyAgain(delivered: Delivered): string | undefined {
  if (delivered.kind === "timeout") return "http_timeout";
  if (delivered.kind === "failed") return delivered.reason;
  const isWell = delivered.status >= 200 && delivered.status < 300;
  return isWell || delivered.isNoRetry ? undefined : "http_error";
}

/** The app hears of a channel it is in, where it subscribed and has the scope. */
function isSubscribed(workspace: Workspace, { type, channel }: SlackEvent): boolean {
  const { bot } = workspace;
  if (channel && !channel.memberIds.has(bot.userId)) return false;
  const name = type === "message" && channel ? `message.${messageSurface(channel)}` : type;
  const scopes = scopesByEvent[name];
  if (!scopes) return false;
  if (scopes.length > 0 && !scopes.some((scope) => bot.scopes.includes(scope))) return false;
  return bot.events?.includes(name) ?? true;
}

function messageSurface(channel: { isDirect: boolean; isPrivate: boolean }): string {
  if (channel.isDirect) return "im";
  return channel.isPrivate ? "groups" : "channels";
}

function envelope(workspace: Workspace, event: SlackEvent): Json {
  const { team, bot, appId } = workspace;
  return {
    token: "sandbox",
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: appId,
    event: event.body,
    type: "event_callback",
    event_id: `Ev${randomBytes(6).toString("hex").toUpperCase()}`,
    event_time: Math.floor(Date.now() / 1_000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `EC${event.channel?.id ?? team.id}`,
  };
}
