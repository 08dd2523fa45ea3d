import type { SandboxUser } from "#sandbox/protocol.ts";
import {
  type Channel,
  findMessage,
  isForeign,
  type StoredMessage,
  type Workspace,
} from "./workspace.ts";

/** What a person can see and reach. What they cannot is a mistake of whoever drives them: it throws. */

/** The person, who must exist and not be deactivated. */
export function whoActs(workspace: Workspace, userId: string): SandboxUser {
  const user = workspace.users.get(userId);
  if (!user) throw new Error(`there is no user ${userId}`);
  if (user.isDeactivated) throw new Error(`${user.name} is deactivated`);
  return user;
}

/** A channel this person is in. */
export function channelOf(workspace: Workspace, userId: string, channelId: string): Channel {
  const channel = workspace.channels.get(channelId);
  if (!channel) throw new Error(`there is no channel ${channelId}`);
  if (!channel.memberIds.has(userId)) {
    throw new Error(`${userId} is not in ${channel.name || channel.id}`);
  }
  return channel;
}

/** The same, where it is not archived. */
export function openChannel(workspace: Workspace, userId: string, channelId: string): Channel {
  const channel = channelOf(workspace, userId, channelId);
  if (channel.isArchived) throw new Error(`${channel.name || channel.id} is archived`);
  return channel;
}

/** A message of a channel this person can write in, and that everybody there sees. */
export function messageOf(
  workspace: Workspace,
  { userId, channelId, ts }: { userId: string; channelId: string; ts: string },
): { channel: Channel; message: StoredMessage } {
  const channel = openChannel(workspace, whoActs(workspace, userId).id, channelId);
  const message = findMessage(workspace, channelId, ts);
  if (!message) throw new Error(`there is no message ${ts} in ${channelId}`);
  return { channel, message };
}

/**
 * Whether this person can read the channel: from inside, or a public one from outside too, unless they
 * are of another workspace. Simpler than Slack, where a guest has only the channels they were put into.
 */
export function canSee(workspace: Workspace, user: SandboxUser, channel: Channel): boolean {
  if (channel.memberIds.has(user.id)) return true;
  return !channel.isPrivate && !isForeign(workspace, user);
}

/** A message this person can see: of a channel they can read, or an ephemeral of theirs. */
export function seeMessage(
  workspace: Workspace,
  user: SandboxUser,
  channelId: string,
  ts: string,
): { channel: Channel; message: StoredMessage } {
  const channel = workspace.channels.get(channelId);
  const message =
    findMessage(workspace, channelId, ts) ??
    workspace.ephemerals.find((one) => one.ts === ts && one.onlyFor === user.id);
  if (!channel || !message) throw new Error(`there is no message ${ts} in ${channelId}`);
  if (message.onlyFor !== user.id && !canSee(workspace, user, channel)) {
    throw new Error(`${user.name} cannot see ${channel.name || channel.id}`);
  }
  return { channel, message };
}
