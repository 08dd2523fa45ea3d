import { postMessage } from "./posting.ts";
import type { Channel, Workspace } from "./workspace.ts";

/** Puts a person into a channel; nothing where they are there. Tells the channel and the app. */
export function addMember(
  workspace: Workspace,
  channel: Channel,
  userId: string,
  inviterId?: string,
): void {
  if (channel.memberIds.has(userId)) return;
  channel.memberIds.add(userId);
  announce(workspace, channel, userId, "channel_join", "has joined the channel");
  workspace.emit({
    type: "member_joined_channel",
    channel,
    body: {
      ...memberEvent(workspace, channel, userId, "member_joined_channel"),
      ...(inviterId === undefined ? {} : { inviter: inviterId }),
    },
  });
}

/** Takes a person out of a channel; nothing where they are not there. */
export function removeMember(workspace: Workspace, channel: Channel, userId: string): void {
  if (!channel.memberIds.has(userId)) return;
  announce(workspace, channel, userId, "channel_leave", "has left the channel");
  // The event goes out while the app can still see the channel: it hears of its own removal too.
  workspace.emit({
    type: "member_left_channel",
    channel,
    body: memberEvent(workspace, channel, userId, "member_left_channel"),
  });
  channel.memberIds.delete(userId);
}

/**
 * Why this person cannot be invited, in Slack's word, or undefined where they can.
 * https://docs.slack.dev/reference/methods/conversations.invite
 */
export function whyNotInvited(
  workspace: Workspace,
  channel: Channel,
  userId: string,
): string | undefined {
  const user = workspace.users.get(userId);
  if (userId === workspace.bot.userId) return "cant_invite_self";
  if (!user || (user.teamId !== undefined && user.teamId !== workspace.team.id)) {
    return "user_not_found";
  }
  if (user.isDeactivated) return "user_disabled";
  if (user.isGuest) return "user_is_restricted";
  return channel.memberIds.has(userId) ? "already_in_channel" : undefined;
}

function announce(
  workspace: Workspace,
  channel: Channel,
  userId: string,
  subtype: string,
  words: string,
): void {
  postMessage(workspace, channel, { user: userId, text: `<@${userId}> ${words}`, subtype });
}

function memberEvent(workspace: Workspace, channel: Channel, userId: string, type: string) {
  return {
    type,
    user: userId,
    channel: channel.id,
    channel_type: channel.isPrivate ? "G" : "C",
    team: workspace.users.get(userId)?.teamId ?? workspace.team.id,
    event_ts: workspace.nextTs(),
  };
}
