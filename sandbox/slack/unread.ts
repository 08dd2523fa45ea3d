import type { SandboxControl } from "#sandbox/protocol.ts";
import type { ScreenChannel } from "#sandbox/screen.ts";
import { canSee, whoActs } from "./sight.ts";
import type { Slack } from "./slack.ts";
import type { Channel, StoredMessage, Workspace } from "./workspace.ts";

/**
 * What a member has not read yet. Simpler than Slack: every message of somebody else counts, replies
 * in any thread too. As in Slack, its own notices (who joined) and ephemerals do not.
 */
export function readUnread(
  workspace: Workspace,
  channel: Channel,
  userId: string,
): Pick<ScreenChannel, "unread" | "isMentioned" | "readTs"> {
  const readTs = channel.readTs.get(userId) ?? "";
  if (!channel.memberIds.has(userId)) return { unread: 0, isMentioned: false, readTs };
  const names = namesOf(workspace, userId);
  const unread = workspace.messages.filter(
    (one) =>
      one.channel === channel.id &&
      one.ts > readTs &&
      one.user !== userId &&
      one.subtype === undefined,
  );
  const isMentioned = unread.length > 0 && (channel.isDirect || unread.some(isNamed(names)));
  return { unread: unread.length, isMentioned, readTs };
}

/** Reading goes on only: who has read further in another window stays there. */
export function markRead({ workspace }: Slack, input: Parameters<SandboxControl["markRead"]>[0]) {
  const user = whoActs(workspace, input.userId);
  const channel = workspace.channels.get(input.channelId);
  if (!channel || !canSee(workspace, user, channel)) {
    throw new Error(`${user.name} does not see a channel ${input.channelId}`);
  }
  const before = channel.readTs.get(user.id) ?? "";
  if (input.ts > before) channel.readTs.set(user.id, input.ts);
}

/** As texts name a person or a group of theirs, and as rich text does. */
function namesOf({ groups }: Workspace, userId: string): RegExp {
  const theirs = [...groups.values()].filter(({ userIds }) => userIds.includes(userId));
  const ids = theirs.map(({ id }) => id);
  const inText = [`<@${userId}`, ...ids.map((id) => `<!subteam\\^${id}`)];
  const inRichText = [`"user_id":"${userId}"`, ...ids.map((id) => `"usergroup_id":"${id}"`)];
  return new RegExp(`(?:${inText.join("|")})[|>]|${inRichText.join("|")}`);
}

function isNamed(names: RegExp): (message: StoredMessage) => boolean {
  return ({ text, blocks }) => names.test(text) || names.test(JSON.stringify(blocks));
}
