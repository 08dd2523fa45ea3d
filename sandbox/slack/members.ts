import type { SandboxControl } from "#sandbox/protocol.ts";
import { userBody } from "./bodies.ts";
import { archiveChannel, changeTopic, unarchiveChannel } from "./channels.ts";
import { escapeMessageText } from "./escape.ts";
import { addMember, removeMember } from "./membership.ts";
import { channelOf, openChannel, whoActs } from "./sight.ts";
import type { Slack } from "./slack.ts";

type Input<Method extends keyof SandboxControl> = Parameters<SandboxControl[Method]>[0];

/** What people do to channels and the workspace, of which the app hears by events. */

const maxTopic = 250;

/** Joins a public channel; into a private one somebody inside has to invite. */
export function joinChannel({ workspace }: Slack, { userId, channelId }: Input<"join">): void {
  const user = whoActs(workspace, userId);
  const channel = workspace.channels.get(channelId);
  if (!channel) throw new Error(`there is no channel ${channelId}`);
  if (channel.isPrivate) throw new Error(`${channel.name || channel.id} is private`);
  if (channel.isArchived) throw new Error(`${channel.name} is archived`);
  addMember(workspace, channel, user.id);
}

/** Leaves a channel; the bot's own id stands for being taken out of it. */
export function leaveChannel({ workspace }: Slack, { userId, channelId }: Input<"leave">): void {
  removeMember(workspace, channelOf(workspace, userId, channelId), userId);
}

/** Somebody new joins the workspace. */
export function addUser({ workspace }: Slack, { user }: Input<"addUser">): void {
  workspace.users.set(user.id, { ...user });
  const body = { type: "team_join", user: userBody(workspace, user), event_ts: workspace.nextTs() };
  workspace.emit({ type: "team_join", body });
}

/** Makes somebody a guest or deactivates them. */
export function changeUser({ workspace }: Slack, input: Input<"changeUser">): void {
  const { userId, ...change } = input;
  const user = workspace.users.get(userId);
  if (!user) throw new Error(`there is no user ${userId}`);
  Object.assign(user, change);
  const body = {
    type: "user_change",
    user: userBody(workspace, user),
    cache_ts: Math.floor(Date.now() / 1_000),
    event_ts: workspace.nextTs(),
  };
  workspace.emit({ type: "user_change", body });
}

/** Takes somebody into a channel from inside. */
export function inviteMember({ workspace }: Slack, input: Input<"invite">): void {
  const user = whoActs(workspace, input.userId);
  const channel = openChannel(workspace, user.id, input.channelId);
  const invited = whoActs(workspace, input.invitedId);
  addMember(workspace, channel, invited.id, user.id);
}

/** Changes the topic. */
export function changeTopicBy({ workspace }: Slack, input: Input<"setTopic">): void {
  const user = whoActs(workspace, input.userId);
  const channel = openChannel(workspace, user.id, input.channelId);
  if (input.topic.length > maxTopic) throw new Error(`a topic has at most ${maxTopic} characters`);
  changeTopic(workspace, channel, user.id, escapeMessageText(workspace, input.topic));
}

/** Archives a channel. */
export function archiveBy({ workspace }: Slack, input: Input<"archive">): void {
  const user = whoActs(workspace, input.userId);
  archiveChannel(workspace, openChannel(workspace, user.id, input.channelId), user.id);
}

/** Opens an archived channel again. */
export function unarchiveBy({ workspace }: Slack, input: Input<"unarchive">): void {
  const user = whoActs(workspace, input.userId);
  const channel = channelOf(workspace, user.id, input.channelId);
  if (!channel.isArchived) throw new Error(`${channel.name} is not archived`);
  unarchiveChannel(workspace, channel, user.id);
}
