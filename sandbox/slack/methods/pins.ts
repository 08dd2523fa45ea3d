import { messageBody } from "#sandbox/slack/posting.ts";
import { findMessage } from "#sandbox/slack/workspace.ts";
import { findVisibleChannel, isInside, type Method, refuse } from "./method.ts";

/** https://docs.slack.dev/reference/methods/pins.add */
export const addPin: Method = (slack, args) => {
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (!isInside(slack, channel)) return refuse("not_in_channel");
  const ts = String(args["timestamp"]);
  if (!findMessage(slack.workspace, channel.id, ts)) return refuse("message_not_found");
  if (channel.pins.some((pin) => pin.ts === ts)) return refuse("already_pinned");
  channel.pins.push({ ts, by: slack.workspace.bot.userId, at: Math.floor(Date.now() / 1_000) });
  return { ok: true };
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
