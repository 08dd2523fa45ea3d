import type { Screen, ScreenChannel, ScreenMessage } from "#sandbox/screen.ts";
import { toSandboxChannel, toSandboxFile, toSandboxMessage } from "./read.ts";
import { canSee, whoActs } from "./sight.ts";
import type { Slack } from "./slack.ts";
import { readUnread } from "./unread.ts";
import { toOpenView, toPublishedHome } from "./views.ts";
import type { StoredMessage } from "./workspace.ts";

/** Slack as this person sees it. */
export function readScreen(slack: Slack, userId: string): Screen {
  const { workspace, views, homes } = slack;
  const user = whoActs(workspace, userId);
  const visible = new Map(
    [...workspace.channels].filter(([, channel]) => canSee(workspace, user, channel)),
  );
  const channels: ScreenChannel[] = [...visible.values()].map((channel) => ({
    ...toSandboxChannel(channel),
    isMember: channel.memberIds.has(user.id),
    ...readUnread(workspace, channel, user.id),
  }));
  const theirs = workspace.ephemerals.filter((message) => message.onlyFor === user.id);
  const messages = [...workspace.messages, ...theirs].filter(({ channel }) => visible.has(channel));
  const files = [...workspace.files.values()]
    .filter((file) => file.isComplete)
    .map(toSandboxFile)
    .map((file) => ({
      ...file,
      shares: file.shares.filter(({ channelId }) => visible.has(channelId)),
    }))
    .filter((file) => file.userId === user.id || file.shares.length > 0);
  const home = homes.find(user.id);
  return {
    channels,
    messages: messages.toSorted(byTs).map(toScreenMessage),
    forms: views.stack(user.id).map((record) => structuredClone(toOpenView(record))),
    home: home ? structuredClone(toPublishedHome(home)) : null,
    files,
  };
}

/** All ts have the same length. */
function byTs(a: StoredMessage, b: StoredMessage): number {
  return a.ts < b.ts ? -1 : 1;
}

function toScreenMessage(message: StoredMessage): ScreenMessage {
  const { at, subtype } = message;
  return {
    ...toSandboxMessage(message),
    at,
    ...(subtype === undefined ? {} : { notice: subtype }),
  };
}
