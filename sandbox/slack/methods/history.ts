import { type Args, flagArg, limitArg, pageOf, stringArg } from "#sandbox/slack/arguments.ts";
import { messageBody, threadsOf } from "#sandbox/slack/message-body.ts";
import type { Slack } from "#sandbox/slack/slack.ts";
import {
  type Channel,
  findMessage,
  isReply,
  type StoredMessage,
} from "#sandbox/slack/workspace.ts";
import { findVisibleChannel, isInside, type Method, refuse } from "./method.ts";

/**
 * https://docs.slack.dev/reference/methods/conversations.history: newest first, replies left out, so
 * that a reply's ts finds the message before it; metadata only with `include_all_metadata`; the
 * bounds count only with `inclusive`.
 */
export const readHistory: Method = (slack, args) => {
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (!isInside(slack, channel)) return refuse("not_in_channel");
  const found = slack.workspace.messages
    .filter((message) => message.channel === channel.id && !isReply(message))
    .filter(windowOf(args))
    .toReversed();
  return { ...messagePage(slack, channel, args, found, 100), pin_count: channel.pins.length };
};

/**
 * https://docs.slack.dev/reference/methods/conversations.replies: the thread from its head, oldest
 * first; the head comes whatever the bounds are. Of a reply's ts, that reply alone. Slack's own
 * notices have no thread.
 */
export const readReplies: Method = (slack, args) => {
  const { workspace } = slack;
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (!isInside(slack, channel)) return refuse("not_in_channel");
  const message = findMessage(workspace, channel.id, stringArg(args, "ts") ?? "");
  if (!message || message.subtype) return refuse("thread_not_found");
  const replies = workspace.messages
    .filter((one) => one.channel === channel.id && one.threadTs === message.ts && isReply(one))
    .filter(windowOf(args));
  return messagePage(slack, channel, args, [message, ...replies], 999);
};

function messagePage(
  slack: Slack,
  channel: Channel,
  args: Args,
  found: StoredMessage[],
  usual: number,
) {
  const { workspace } = slack;
  const { page, nextCursor } = pageOf(found, { ...args, limit: limitArg(args, usual, 999) }, usual);
  const threads = threadsOf(workspace, channel.id);
  return {
    ok: true,
    messages: page.map((message) => ({
      ...messageBody(workspace, message, flagArg(args, "include_all_metadata")),
      ...threads.get(message.ts),
    })),
    has_more: nextCursor !== "",
    response_metadata: { next_cursor: nextCursor },
  };
}

function windowOf(args: Args): (message: StoredMessage) => boolean {
  const latest = stringArg(args, "latest");
  const from = micros(stringArg(args, "oldest") ?? "0");
  const to = latest === undefined ? Number.POSITIVE_INFINITY : micros(latest);
  const isInclusive = flagArg(args, "inclusive");
  return ({ ts }) => {
    const at = micros(ts);
    return isInclusive ? at >= from && at <= to : at > from && at < to;
  };
}

function micros(ts: string): number {
  return Math.round(Number(ts) * 1e6);
}
