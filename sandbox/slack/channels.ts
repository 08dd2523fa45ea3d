import { messageBody } from "./message-body.ts";
import { postMessage } from "./posting.ts";
import { type Channel, findMessage, type Workspace } from "./workspace.ts";

/** What people and apps do to a channel itself, with what Slack says of it in the channel and to the app. */

/** Sets the topic; an empty text takes it away. */
export function changeTopic(
  workspace: Workspace,
  channel: Channel,
  userId: string,
  topic: string,
): void {
  channel.topic = topic;
  const words = topic === "" ? "cleared the channel topic" : `set the channel topic: ${topic}`;
  postMessage(workspace, channel, {
    user: userId,
    text: `<@${userId}> ${words}`,
    subtype: "channel_topic",
    topic,
  });
}

/** Archives the channel, which puts the app out of it: until a person unarchives it, and takes it in again. */
export function archiveChannel(workspace: Workspace, channel: Channel, userId: string): void {
  const kind = channel.isPrivate ? "group_archive" : "channel_archive";
  const text = `<@${userId}> archived the channel`;
  postMessage(workspace, channel, { user: userId, text, subtype: kind });
  channel.isArchived = true;
  tellOfChannel(workspace, channel, userId, kind);
  channel.memberIds.delete(workspace.bot.userId);
}

/** Opens an archived channel again, without the app. */
export function unarchiveChannel(workspace: Workspace, channel: Channel, userId: string): void {
  const kind = channel.isPrivate ? "group_unarchive" : "channel_unarchive";
  channel.isArchived = false;
  const text = `<@${userId}> un-archived the channel`;
  postMessage(workspace, channel, { user: userId, text, subtype: kind });
  tellOfChannel(workspace, channel, userId, kind);
}

/** Pins a message and tells the app; false where it is pinned or gone. */
export function addPin(
  workspace: Workspace,
  channel: Channel,
  ts: string,
  userId: string,
): boolean {
  if (channel.pins.some((pin) => pin.ts === ts)) return false;
  const pin = { ts, by: userId, at: Math.floor(Date.now() / 1_000) };
  channel.pins.push(pin);
  tellOfPin(workspace, channel, pin, userId, "pin_added");
  return true;
}

/** Takes a pin off and tells the app; false where there is none. */
export function removePin(
  workspace: Workspace,
  channel: Channel,
  ts: string,
  userId: string,
): boolean {
  const pin = channel.pins.find((one) => one.ts === ts);
  if (!pin) return false;
  channel.pins.splice(channel.pins.indexOf(pin), 1);
  tellOfPin(workspace, channel, pin, userId, "pin_removed");
  return true;
}

/** Every app with the scope hears of a public channel, of a private one only who is inside. */
function tellOfChannel(workspace: Workspace, channel: Channel, user: string, type: string): void {
  const body = { type, channel: channel.id, user, event_ts: workspace.nextTs() };
  workspace.emit({ type, body, ...(channel.isPrivate ? { channel } : {}) });
}

/** https://docs.slack.dev/reference/events/pin_added */
function tellOfPin(
  workspace: Workspace,
  channel: Channel,
  pin: Channel["pins"][number],
  user: string,
  type: "pin_added" | "pin_removed",
): void {
  const message = findMessage(workspace, channel.id, pin.ts);
  if (!message) return;
  const body = {
    type,
    user,
    channel_id: channel.id,
    item: {
      type: "message",
      channel: channel.id,
      created: pin.at,
      created_by: pin.by,
      message: messageBody(workspace, message, false),
    },
    item_user: message.user,
    pin_count: channel.pins.length,
    has_pins: channel.pins.length > 0,
    event_ts: workspace.nextTs(),
  };
  workspace.emit({ type, channel, body });
}
