import { addPin, removePin } from "#sandbox/slack/channels.ts";
import { messageBody } from "#sandbox/slack/message-body.ts";
import { findMessage } from "#sandbox/slack/workspace.ts";
import { findVisibleChannel, isInside, type Method, refuse } from "./method.ts";

/** https://docs.slack.dev/reference/methods/pins.add */
export const addPinMethod: Method = (slack, args) => {
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (!isInside(slack, channel)) return refuse("not_in_channel");
  const ts = String(args["timestamp"]);
  if (!findMessage(slack.workspace, channel.id, ts)) return refuse("message_not_found");
  const isNew = addPin(slack.workspace, channel, ts, slack.workspace.bot.userId);
  return isNew ? { ok: true } : refuse("already_pinned");
};

/** https://docs.slack.dev/reference/methods/pins.remove */
export const removePinMethod: Method = (slack, args) => {
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (!isInside(slack, channel)) return refuse("not_in_channel");
  const ts = String(args["timestamp"]);
  if (!findMessage(slack.workspace, channel.id, ts)) return refuse("message_not_found");
  const isGone = removePin(slack.workspace, channel, ts, slack.workspace.bot.userId);
  return isGone ? { ok: true } : refuse("no_pin");
};

/** https://docs.slack.dev/reference/methods/pins.list */
export const listPins: Method = (slack, args) => {
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (!isInside(slack, channel)) return refuse("not_in_channel");
  const items = channel.pins.flatMap((pin) => {
    const message = findMessage(slack.workspace, channel.id, pin.ts);
    if (!message) return [];
    return [
      {
        type: "message",
        channel: channel.id,
        created: pin.at,
        created_by: pin.by,
        message: messageBody(slack.workspace, message, false),
      },
    ];
  });
  return { ok: true, items };
};
