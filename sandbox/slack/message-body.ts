import type { Json } from "#sandbox/json.ts";
import { fileBody } from "./file-body.ts";
import { findMessage, isReply, type StoredMessage, type Workspace } from "./workspace.ts";

/** The message as the Web API, events and payloads show it. */
export function messageBody(
  workspace: Workspace,
  message: StoredMessage,
  withMetadata: boolean,
): Json {
  const { fileIds = [], reactions = [] } = message;
  const files = fileIds.flatMap((id) => workspace.files.get(id) ?? []);
  return {
    type: "message",
    ...(message.subtype ? { subtype: message.subtype } : {}),
    ...author(workspace, message),
    text: message.text,
    ts: message.ts,
    ...(message.topic === undefined ? {} : { topic: message.topic }),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(files.length > 0
      ? { files: files.map((file) => fileBody(workspace, file)), upload: false }
      : {}),
    ...thread(workspace, message),
    ...(message.editedTs ? { edited: { user: message.user, ts: message.editedTs } } : {}),
    ...(reactions.length > 0 ? { reactions: reactions.map(reactionBody) } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

/** One reaction of a message, https://docs.slack.dev/reference/methods/reactions.get. */
function reactionBody(reaction: { name: string; userIds: string[] }): Json {
  return { name: reaction.name, users: reaction.userIds, count: reaction.userIds.length };
}

/**
 * What a thread's first message carries in lists of messages, by its ts.
 * https://docs.slack.dev/reference/methods/conversations.replies
 */
export function threadsOf(workspace: Workspace, channelId: string): Map<string, Json> {
  const replies = Map.groupBy(
    workspace.messages.filter((one) => one.channel === channelId && isReply(one)),
    (one) => one.threadTs ?? "",
  );
  return new Map(
    [...replies].map(([threadTs, those]) => {
      const users = [...new Set(those.map((one) => one.user))];
      const body = {
        thread_ts: threadTs,
        reply_count: those.length,
        reply_users_count: users.length,
        reply_users: users.slice(0, 5),
        latest_reply: those.at(-1)?.ts,
        is_locked: false,
        subscribed: false,
      };
      return [threadTs, body];
    }),
  );
}

/** Messages of old integrations have no user, those of apps have a bot_id beside it. */
function author(workspace: Workspace, message: StoredMessage): Json {
  const { bot, team, appId, users } = workspace;
  const user = users.get(message.user);
  if (user?.bot === "webhook") {
    return { subtype: "bot_message", username: user.realName, bot_id: botIdOf(user.id) };
  }
  const by = { user: message.user, team: user?.teamId ?? team.id };
  if (user?.bot === "app") {
    const [bot_id, app_id] = [botIdOf(user.id), `A${user.id.slice(1)}`];
    return { ...by, bot_id, app_id, bot_profile: { id: bot_id, app_id, name: user.realName } };
  }
  const isOurs = message.user === bot.userId && message.subtype === undefined;
  return isOurs ? { ...by, bot_id: bot.botId, app_id: appId } : by;
}

/** The bot_id of another app, by its user's id. */
export function botIdOf(userId: string): string {
  return `B${userId.slice(1)}`;
}

function thread(workspace: Workspace, message: StoredMessage): Json {
  const { threadTs, channel } = message;
  if (threadTs === undefined) return {};
  const parent = isReply(message) ? findMessage(workspace, channel, threadTs) : undefined;
  return { thread_ts: threadTs, ...(parent ? { parent_user_id: parent.user } : {}) };
}
