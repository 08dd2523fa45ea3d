import type { Json } from "#sandbox/json.ts";
import { withIds } from "./block-ids.ts";
import { messageBody } from "./message-body.ts";
import { type Channel, channelTypeOf, type StoredMessage, type Workspace } from "./workspace.ts";

export interface NewMessage {
  user: string;
  text: string;
  blocks?: Json[];
  threadTs?: string;
  metadata?: { event_type: string; event_payload: Json };
  subtype?: string;
  topic?: string;
  fileIds?: string[];
}

/** Posts into a channel and tells the app's message subscriptions. */
export function postMessage(
  workspace: Workspace,
  channel: Channel,
  message: NewMessage,
): StoredMessage {
  const stored: StoredMessage = {
    channel: channel.id,
    ts: workspace.nextTs(),
    at: workspace.now(),
    ...message,
    blocks: withIds(message.blocks ?? []),
  };
  workspace.messages.push(stored);
  workspace.emit({
    type: "message",
    channel,
    body: {
      ...messageBody(workspace, stored, false),
      // Only the event has this subtype; in the history it is a message with files.
      ...(message.fileIds ? { subtype: "file_share" } : {}),
      channel: channel.id,
      channel_type: channelTypeOf(channel),
      event_ts: stored.ts,
    },
  });
  return stored;
}

/** Changes text, blocks or metadata of a message in place. */
export function editMessage(
  workspace: Workspace,
  message: StoredMessage,
  change: { text: string; blocks: Json[]; metadata?: NewMessage["metadata"] },
): void {
  const previous = messageBody(workspace, message, false);
  message.text = change.text;
  message.blocks = withIds(change.blocks);
  message.editedTs = workspace.nextTs();
  if (change.metadata) message.metadata = change.metadata;
  if (message.onlyFor !== undefined) return;
  const channel = workspace.channels.get(message.channel);
  if (!channel) return;
  workspace.emit({
    type: "message",
    channel,
    body: {
      type: "message",
      subtype: "message_changed",
      hidden: true,
      message: messageBody(workspace, message, false),
      previous_message: previous,
      channel: channel.id,
      channel_type: channelTypeOf(channel),
      ts: message.editedTs,
      event_ts: message.editedTs,
    },
  });
}

/** Takes a message away for everybody; a pin of it goes too. */
export function removeMessage(workspace: Workspace, message: StoredMessage): void {
  const index = workspace.messages.indexOf(message);
  const channel = workspace.channels.get(message.channel);
  if (index < 0 || !channel) return;
  const previous = messageBody(workspace, message, false);
  workspace.messages.splice(index, 1);
  channel.pins = channel.pins.filter((pin) => pin.ts !== message.ts);
  const ts = workspace.nextTs();
  workspace.emit({
    type: "message",
    channel,
    body: {
      type: "message",
      subtype: "message_deleted",
      hidden: true,
      deleted_ts: message.ts,
      previous_message: previous,
      channel: channel.id,
      channel_type: channelTypeOf(channel),
      ts,
      event_ts: ts,
    },
  });
}

/** A message that only one person sees. */
export function postEphemeral(
  workspace: Workspace,
  message: { channel: string; onlyFor: string; text: string; blocks: Json[]; threadTs?: string },
): StoredMessage {
  const stored: StoredMessage = {
    ...message,
    ts: workspace.nextTs(),
    at: workspace.now(),
    user: workspace.bot.userId,
    blocks: withIds(message.blocks),
  };
  workspace.ephemerals.push(stored);
  return stored;
}
