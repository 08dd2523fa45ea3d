import type { Args } from "#sandbox/slack/arguments.ts";
import { stringArg } from "#sandbox/slack/arguments.ts";
import { messageBody } from "#sandbox/slack/message-body.ts";
import { permalinkOf } from "#sandbox/slack/permalink.ts";
import { addReaction, removeReaction } from "#sandbox/slack/reactions.ts";
import type { Slack } from "#sandbox/slack/slack.ts";
import { type Channel, findMessage, type StoredMessage } from "#sandbox/slack/workspace.ts";
import { findVisibleChannel, isInside, type Method, refuse, type Reply } from "./method.ts";

/** https://docs.slack.dev/reference/methods/reactions.add */
export const addReactionMethod: Method = (slack, args) =>
  withReaction(slack, args, (item, by) =>
    addReaction(slack.workspace, item.channel, item.message, by) ? undefined : "already_reacted",
  );

/** https://docs.slack.dev/reference/methods/reactions.remove */
export const removeReactionMethod: Method = (slack, args) =>
  withReaction(slack, args, (item, by) =>
    removeReaction(slack.workspace, item.channel, item.message, by) ? undefined : "no_reaction",
  );

/** https://docs.slack.dev/reference/methods/reactions.get */
export const readReactions: Method = (slack, args) => {
  const item = findItem(slack, args);
  if ("ok" in item) return item;
  const message = {
    ...messageBody(slack.workspace, item.message, false),
    permalink: permalinkOf(slack.workspace, item.message),
  };
  return { ok: true, type: "message", channel: item.channel.id, message };
};

interface Item {
  channel: Channel;
  message: StoredMessage;
}

function withReaction(
  slack: Slack,
  args: Args,
  change: (item: Item, by: { userId: string; name: string }) => string | undefined,
): Reply {
  const item = findItem(slack, args);
  if ("ok" in item) return item;
  if (item.channel.isArchived) return refuse("is_archived");
  const name = stringArg(args, "name") ?? "";
  if (!/^[\p{L}\d_+'-]+(::skin-tone-[2-6])?$/u.test(name)) return refuse("invalid_name");
  const error = change(item, { userId: slack.workspace.bot.userId, name });
  return error === undefined ? { ok: true } : refuse(error);
}

function findItem(slack: Slack, args: Args): Item | Reply {
  const ts = stringArg(args, "timestamp");
  if (ts === undefined || stringArg(args, "channel") === undefined) {
    return refuse("no_item_specified");
  }
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (!/^\d+\.\d{6}$/.test(ts)) return refuse("bad_timestamp");
  if (!isInside(slack, channel)) return refuse("not_in_channel");
  const message = findMessage(slack.workspace, channel.id, ts);
  return message ? { channel, message } : refuse("message_not_found");
}
