import { isJson, type Json, objectsOf } from "#sandbox/json.ts";
import { type Args, jsonArg, stringArg } from "#sandbox/slack/arguments.ts";
import { messageBody } from "#sandbox/slack/message-body.ts";
import { permalinkOf } from "#sandbox/slack/permalink.ts";
import { editMessage, postEphemeral, postMessage, removeMessage } from "#sandbox/slack/posting.ts";
import { recordProblems, type Slack } from "#sandbox/slack/slack.ts";
import { type Channel, findMessage, openDirect } from "#sandbox/slack/workspace.ts";
import { checkMessage } from "#sandbox/validator/check.ts";
import {
  findVisibleChannel,
  isInside,
  type Method,
  refuse,
  refusePayload,
  type Reply,
} from "./method.ts";

/** https://docs.slack.dev/reference/methods/chat.postEphemeral, where it is counted in bytes. */
const maxEphemeralText = 4_000;
/** chat.update refuses more, https://docs.slack.dev/reference/methods/chat.update (`msg_too_long`). */
const maxUpdateText = 4_000;

/** https://docs.slack.dev/reference/methods/chat.postMessage */
export const postMessageMethod: Method = (slack, args) => {
  const channel = findTarget(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (channel.isArchived) return refuse("is_archived");
  const mayPostAnywhere = slack.workspace.bot.scopes.includes("chat:write.public");
  if (!isInside(slack, channel) && !mayPostAnywhere) return refuse("not_in_channel");
  const read = readMessage(slack, "chat.postMessage", args);
  if ("ok" in read) return read;
  const threadTs = stringArg(args, "thread_ts");
  const message = postMessage(slack.workspace, channel, {
    user: slack.workspace.bot.userId,
    ...read,
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  return {
    ok: true,
    channel: channel.id,
    ts: message.ts,
    message: messageBody(slack.workspace, message, true),
  };
};

/** https://docs.slack.dev/reference/methods/chat.update: `text` without `blocks` takes the blocks away. */
export const updateMessageMethod: Method = (slack, args) => {
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  const message = findMessage(slack.workspace, channel.id, String(args["ts"]));
  if (!message) return refuse("message_not_found");
  if (message.user !== slack.workspace.bot.userId || message.subtype) {
    return refuse("cant_update_message");
  }
  if (channel.isArchived) return refuse("is_archived");
  if ((stringArg(args, "text") ?? "").length > maxUpdateText) return refuse("msg_too_long");
  const read = readMessage(slack, "chat.update", args);
  if ("ok" in read) return read;
  editMessage(slack.workspace, message, read);
  return {
    ok: true,
    channel: channel.id,
    ts: message.ts,
    text: message.text,
    message: messageBody(slack.workspace, message, true),
  };
};

/** https://docs.slack.dev/reference/methods/chat.delete: a message of one's own. */
export const deleteMessageMethod: Method = (slack, args) => {
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  const message = findMessage(slack.workspace, channel.id, String(args["ts"]));
  if (!message) return refuse("message_not_found");
  if (message.user !== slack.workspace.bot.userId || message.subtype) {
    return refuse("cant_delete_message");
  }
  if (channel.isArchived) return refuse("is_archived");
  removeMessage(slack.workspace, message);
  return { ok: true, channel: channel.id, ts: message.ts };
};

/** https://docs.slack.dev/reference/methods/chat.postEphemeral: seen by a member who is active. */
export const postEphemeralMethod: Method = (slack, args) => {
  const { workspace, screens } = slack;
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (channel.isArchived) return refuse("is_archived");
  if (!isInside(slack, channel)) return refuse("not_in_channel");
  const userId = stringArg(args, "user") ?? "";
  if (!channel.memberIds.has(userId) || workspace.users.get(userId)?.isDeactivated) {
    return refuse("user_not_in_channel");
  }
  if (Buffer.byteLength(stringArg(args, "text") ?? "") > maxEphemeralText) {
    return refuse("msg_too_long");
  }
  const read = readMessage(slack, "chat.postEphemeral", args);
  if ("ok" in read) return read;
  const { text, blocks } = read;
  const threadTs = stringArg(args, "thread_ts");
  const shown = postEphemeral(workspace, {
    channel: channel.id,
    onlyFor: userId,
    text,
    blocks,
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  screens.changed(userId);
  return { ok: true, message_ts: shown.ts };
};

/** https://docs.slack.dev/reference/methods/chat.getPermalink */
export const readPermalink: Method = (slack, args) => {
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  const message = findMessage(slack.workspace, channel.id, String(args["message_ts"]));
  if (!message) return refuse("message_not_found");
  return { ok: true, channel: channel.id, permalink: permalinkOf(slack.workspace, message) };
};

/** A channel, or the direct message of a person whose id is given in its place. */
function findTarget(slack: Slack, id: unknown): Channel | undefined {
  const user = slack.workspace.users.get(String(id));
  return user ? openDirect(slack.workspace, user.id).channel : findVisibleChannel(slack, id);
}

interface ReadMessage {
  text: string;
  blocks: Json[];
  metadata?: { event_type: string; event_payload: Json };
}

function readMessage(slack: Slack, method: string, args: Args): ReadMessage | Reply {
  const text = stringArg(args, "text");
  const blocks = jsonArg(args, "blocks");
  const { error, problems } = checkMessage({ text, blocks });
  recordProblems(slack, method, problems);
  if (error !== undefined) return refusePayload(error, problems);
  if (text === undefined && objectsOf(blocks).length === 0) return refuse("no_text");
  const metadata = jsonArg(args, "metadata");
  if (metadata === undefined) return { text: text ?? "", blocks: objectsOf(blocks) };
  if (
    !isJson(metadata) ||
    typeof metadata["event_type"] !== "string" ||
    !isJson(metadata["event_payload"])
  ) {
    return refuse("invalid_metadata_format");
  }
  const { event_type, event_payload } = metadata;
  return { text: text ?? "", blocks: objectsOf(blocks), metadata: { event_type, event_payload } };
}
