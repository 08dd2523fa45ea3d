import { LogLevel, WebClient, type WebClientOptions } from "@slack/web-api";
import { PermanentError } from "#src/lib/errors.ts";
import type { LastOutcome } from "#src/lib/last-outcome.ts";
import { toAppError } from "./errors.ts";
import { filesApi } from "./files.ts";
import { inviteAll } from "./invite.ts";
import { messagesApi } from "./messages.ts";
import type { OutgoingMessage, SlackApi, SlackUser } from "./slack-api.ts";
import { picturesApi } from "./pictures.ts";
import { signpostApi } from "./signposts.ts";
import { upkeepApi } from "./upkeep.ts";

export interface SlackClientOptions {
  token: string;
  /** With a closing slash. */
  apiUrl: string;
  /** How long one call may take: 10,000 for jobs, 2,000 for what a person waits for. */
  timeoutMs: number;
  /** Is told how each call ended. */
  standing?: LastOutcome;
}

/**
 * The Web API in our words. Nothing is tried again here: a lost answer to chat.postMessage, sent
 * again, is a second message, so retries belong to the effects, which look first.
 */
export function createSlackApi(options: SlackClientOptions): SlackApi {
  const web = new WebClient(options.token, webClientOptions(options));
  const call = async <Answer>(method: string, run: () => Promise<Answer>): Promise<Answer> => {
    try {
      const answer = await run();
      options.standing?.note();
      return answer;
    } catch (cause) {
      const error = toAppError(cause, method);
      options.standing?.note(error);
      throw error;
    }
  };
  const whoAmI = once(async () => {
    const me = await call("auth.test", () => web.auth.test());
    return { teamId: word(me.team_id), botUserId: word(me.user_id), botId: word(me.bot_id) };
  });

  return {
    ...upkeepApi(web, call),
    ...filesApi(web, call, options),
    ...picturesApi(web, call, options),
    ...messagesApi(web, call),
    ...signpostApi(web, call),
    whoAmI,

    async openView(triggerId, view) {
      await call("views.open", () => web.views.open({ trigger_id: triggerId, view }));
    },
    async updateView(viewId, view, hash) {
      const args = { view_id: viewId, view, ...(hash === undefined ? {} : { hash }) };
      await call("views.update", () => web.views.update(args));
    },
    async pushView(triggerId, view) {
      await call("views.push", () => web.views.push({ trigger_id: triggerId, view }));
    },

    async postMessage(channelId, message, effectId) {
      const posted = await call("chat.postMessage", () =>
        web.chat.postMessage({
          channel: channelId,
          ...contentOf(message, effectId),
          unfurl_links: false,
          unfurl_media: false,
        }),
      );
      return word(posted.ts);
    },
    async updateMessage(channelId, ts, message, effectId) {
      await call("chat.update", () =>
        web.chat.update({ channel: channelId, ts, ...contentOf(message, effectId) }),
      );
    },
    async findMessage(channelId, effectId, since) {
      const { botId, botUserId } = await whoAmI();
      const oldest = String(since.getTime() / 1_000 - clockSkewSeconds);
      for await (const { messages } of pages((cursor) =>
        call("conversations.history", () =>
          web.conversations.history({
            channel: channelId,
            include_all_metadata: true,
            oldest,
            limit: 200,
            ...cursor,
          }),
        ),
      )) {
        const found = messages?.find(
          (message) =>
            (message.bot_id === botId || message.user === botUserId) &&
            effectIdOf(message.metadata) === effectId,
        );
        if (found) return found.ts;
      }
      return undefined;
    },

    async createChannel(name) {
      const made = await call("conversations.create", () => web.conversations.create({ name }));
      return { channelId: word(made.channel?.id) };
    },
    async findOwnChannel(name, since) {
      const { botUserId } = await whoAmI();
      const earliest = since.getTime() / 1_000 - clockSkewSeconds;
      for await (const { channels } of pages((cursor) =>
        call("users.conversations", () =>
          web.users.conversations({
            types: "public_channel",
            exclude_archived: true,
            limit: 200,
            ...cursor,
          }),
        ),
      )) {
        const found = channels?.find(
          (channel) =>
            channel.name === name &&
            channel.creator === botUserId &&
            (channel.created ?? 0) >= earliest,
        );
        if (found) return { channelId: word(found.id) };
      }
      return undefined;
    },
    async setTopic(channelId, topic) {
      await call("conversations.setTopic", () =>
        web.conversations.setTopic({ channel: channelId, topic }),
      );
    },
    async invite(channelId, userIds) {
      return inviteAll(userIds, (users) =>
        call("conversations.invite", () =>
          web.conversations.invite({ channel: channelId, users: users.join(","), force: true }),
        ),
      );
    },
    async listMembers(channelId) {
      const members: string[] = [];
      for await (const page of pages((cursor) =>
        call("conversations.members", () =>
          web.conversations.members({ channel: channelId, limit: 200, ...cursor }),
        ),
      )) {
        members.push(...(page.members ?? []));
      }
      return members;
    },
    async joinChannel(channelId) {
      // being in it already is only a warning of Slack's
      await call("conversations.join", () => web.conversations.join({ channel: channelId }));
    },
    async openDirectMessage(userId) {
      const opened = await call("conversations.open", () =>
        web.conversations.open({ users: userId }),
      );
      return word(opened.channel?.id);
    },

    async pin(channelId, ts) {
      const pinned = await call("pins.list", () => web.pins.list({ channel: channelId }));
      if (pinned.items?.some((item) => item.message?.ts === ts)) return;
      await unless("already_pinned", () =>
        call("pins.add", () => web.pins.add({ channel: channelId, timestamp: ts })),
      );
    },

    async findUser(userId) {
      const found = await unless("user_not_found", () =>
        call("users.info", () => web.users.info({ user: userId })),
      );
      return found?.user && toUser(found.user);
    },
    async listUsers(cursor) {
      const page = await call("users.list", () =>
        web.users.list({ limit: 200, ...(cursor === undefined ? {} : { cursor }) }),
      );
      return {
        users: (page.members ?? []).map(toUser),
        nextCursor: page.response_metadata?.next_cursor || undefined,
      };
    },
    async findUserByEmail(email) {
      const found = await unless("users_not_found", () =>
        call("users.lookupByEmail", () => web.users.lookupByEmail({ email })),
      );
      return found?.user && toUser(found.user);
    },
  };
}

/**
 * Options for one WebClient, a new object for each: the SDK writes into what it is given, so that
 * shared options leak one client's token and retries into another (`headers` is never set for the
 * same reason). 429 is told at once, since WebClient would pause its whole queue for it.
 */
export function webClientOptions(
  options: Pick<SlackClientOptions, "apiUrl" | "timeoutMs">,
): WebClientOptions {
  return {
    slackApiUrl: options.apiUrl,
    allowAbsoluteUrls: false,
    timeout: options.timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: 10,
    logger: silent,
  };
}

/** Slack's clock may be behind ours; who looks for something looks a little further back. */
const clockSkewSeconds = 60;

/** What fails is thrown and logged by whoever called; the SDK's own words go nowhere. */
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

function contentOf(message: OutgoingMessage, effectId: string) {
  return {
    text: message.text,
    blocks: message.blocks,
    parse: "none" as const,
    metadata: { event_type: "faultline_effect", event_payload: { effect_id: effectId } },
  };
}

function effectIdOf(metadata: { event_payload?: object } | undefined): unknown {
  const payload = metadata?.event_payload;
  return payload && "effect_id" in payload ? payload.effect_id : undefined;
}

/** Undefined where Slack says no with this word. */
async function unless<Answer>(
  code: string,
  run: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof PermanentError && error.code === code) return undefined;
    throw error;
  }
}

interface Page {
  response_metadata?: { next_cursor?: string };
}

async function* pages<P extends Page>(
  read: (cursor: { cursor?: string }) => Promise<P>,
): AsyncGenerator<P> {
  let cursor: string | undefined;
  do {
    const page = await read(cursor ? { cursor } : {});
    yield page;
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
}

/** Asks once; where that failed, again. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  return () =>
    (asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    }));
}

interface RawUser {
  id?: string;
  team_id?: string;
  name?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  profile?: { display_name?: string; real_name?: string };
}

function toUser(user: RawUser): SlackUser {
  return {
    userId: word(user.id),
    teamId: user.team_id ?? "",
    displayName: user.profile?.display_name || user.profile?.real_name || user.name || "",
    isGuest: Boolean(user.is_restricted || user.is_ultra_restricted),
    isDeactivated: Boolean(user.deleted),
    // Slack's own helper is no bot by its flag
    isBot: Boolean(user.is_bot) || user.id === "USLACKBOT",
  };
}

/** What every answer of this method holds; its absence is a fault of the other side. */
function word(value: string | undefined): string {
  if (value === undefined) throw new PermanentError("bad_answer", "Slack's answer lacks an id");
  return value;
}
