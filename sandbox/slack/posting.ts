import type { Json } from "#sandbox/json.ts";
import { withIds } from "./block-ids.ts";
import type { Channel, StoredMessage, Workspace } from "./workspace.ts";

export interface NewMessage {
  user: string;
  text: string;
  blocks?: Json[];
  threadTs?: string;
  metadata?: { event_type: string; event_payload: Json };
  subtype?: string;
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
    ...message,
    blocks: withIds(message.blocks ?? []),
  };
  workspace.messages.push(stored);
  workspace.emit({
    type: "message",
    channel,
    body: {
      ...messageBody(workspace, stored, false),
      channel: channel.id,
      channel_type: channelType(channel),
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
      channel_type: channelType(channel),
      ts: message.editedTs,
      event_ts: message.editedTs,
    },
  });
}

/** A message that only one person sees. */
export function postEphemeral(
  workspace: Workspace,
  message: { channel: string; onlyFor: string; text: string; blocks: Json[] },
): StoredMessage {
  const stored: StoredMessage = {
    ...message,
    ts: workspace.nextTs(),
    user: workspace.bot.userId,
    blocks: withIds(message.blocks),
  };
  workspace.ephemerals.push(stored);
  return stored;
}

/** The message as the Web API and events show it. */
export function messageBody(
  workspace: Workspace,
  message: StoredMessage,
  withMetadata: boolean,
): Json {
  const { bot, team, appId } = workspace;
  const isBots = message.user === bot.userId && message.subtype === undefined;
  return {
    type: "message",
    ...(message.subtype ? { subtype: message.subtype } : {}),
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: workspace.users.get(message.user)?.teamId ?? team.id,
    ...(isBots ? { bot_id: bot.botId, app_id: appId } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.editedTs ? { edited: { user: message.user, ts: message.editedTs } } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

function channelType(channel: Channel): string {
  if (channel.isDirect) return "im";
  return channel.isPrivate ? "group" : "channel";
}
