import type { SandboxControl } from "#sandbox/protocol.ts";
import { userBody } from "./bodies.ts";
import { escapeMessageText } from "./escape.ts";
import { addMember, removeMember } from "./membership.ts";
import { postMessage } from "./posting.ts";
import { channelOf, whoActs } from "./sight.ts";
import type { Slack } from "./slack.ts";

type Input<Method extends keyof SandboxControl> = Parameters<SandboxControl[Method]>[0];

/** What people do among themselves, of which the app hears by events. */

/** Joins a public channel; a private one has to be opened from inside, which nobody here can. */
export function joinChannel({ workspace }: Slack, { userId, channelId }: Input<"join">): void {
  const user = whoActs(workspace, userId);
  const channel = workspace.channels.get(channelId);
  if (!channel) throw new Error(`there is no channel ${channelId}`);
  if (channel.isPrivate) throw new Error(`${channel.name || channel.id} is private`);
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

/** Writes into a channel. */
export function say({ workspace }: Slack, input: Input<"say">): { ts: string } {
  const user = whoActs(workspace, input.userId);
  const channel = channelOf(workspace, user.id, input.channelId);
  const { ts } = postMessage(workspace, channel, {
    user: user.id,
    text: escapeMessageText(workspace, input.text),
    ...(input.threadTs === undefined ? {} : { threadTs: input.threadTs }),
  });
  return { ts };
}
