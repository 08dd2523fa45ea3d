import type { SandboxControl } from "#sandbox/protocol.ts";
import { addPin, removePin } from "./channels.ts";
import { escapeMessageText } from "./escape.ts";
import { createFile, shareFiles } from "./files.ts";
import { postMessage, removeMessage } from "./posting.ts";
import { addReaction, removeReaction } from "./reactions.ts";
import { messageOf, openChannel, whoActs } from "./sight.ts";
import type { Slack } from "./slack.ts";
import { viewBody } from "./views.ts";
import { openDirect } from "./workspace.ts";

type Input<Method extends keyof SandboxControl> = Parameters<SandboxControl[Method]>[0];

/** What people say in a channel and do with what was said, of which the app hears by events. */

/** Writes into a channel or a thread, with or without files. */
export function say({ workspace }: Slack, input: Input<"say">): { ts: string } {
  const user = whoActs(workspace, input.userId);
  const channel = openChannel(workspace, user.id, input.channelId);
  const message = {
    user: user.id,
    text: escapeMessageText(workspace, input.text),
    ...(input.threadTs === undefined ? {} : { threadTs: input.threadTs }),
  };
  const files = (input.files ?? []).map((file) =>
    createFile(workspace, { ...file, userId: user.id }),
  );
  const { ts } =
    files.length > 0
      ? shareFiles(workspace, channel, message, files)
      : postMessage(workspace, channel, message);
  return { ts };
}

/** Uploads a file that is to go into a form (`file_input`): it is in no channel. */
export function upload({ workspace }: Slack, input: Input<"upload">): { fileId: string } {
  const user = whoActs(workspace, input.userId);
  return { fileId: createFile(workspace, { ...input.file, userId: user.id }).id };
}

/** Deletes a message of one's own. */
export function deleteMessage({ workspace }: Slack, input: Input<"deleteMessage">): void {
  const { message } = messageOf(workspace, input);
  if (message.user !== input.userId) throw new Error("only one's own messages can be deleted");
  removeMessage(workspace, message);
}

/** Reacts to a message. */
export function react({ workspace }: Slack, input: Input<"react">): void {
  const { channel, message } = messageOf(workspace, input);
  if (!addReaction(workspace, channel, message, input)) {
    throw new Error(`${input.userId} has reacted with ${input.name} already`);
  }
}

/** Takes a reaction of one's own back. */
export function unreact({ workspace }: Slack, input: Input<"unreact">): void {
  const { channel, message } = messageOf(workspace, input);
  if (!removeReaction(workspace, channel, message, input)) {
    throw new Error(`${input.userId} has not reacted with ${input.name}`);
  }
}

/** Pins a message. */
export function pin({ workspace }: Slack, input: Input<"pin">): void {
  const { channel, message } = messageOf(workspace, input);
  if (!addPin(workspace, channel, message.ts, input.userId)) throw new Error("it is pinned");
}

/** Takes a pin off, anybody's. */
export function unpin({ workspace }: Slack, input: Input<"unpin">): void {
  const { channel, message } = messageOf(workspace, input);
  if (!removePin(workspace, channel, message.ts, input.userId)) throw new Error("it is not pinned");
}

/** Takes a bookmark off, anybody's. */
export function takeBookmarkOff({ workspace }: Slack, input: Input<"removeBookmark">): void {
  const user = whoActs(workspace, input.userId);
  const channel = openChannel(workspace, user.id, input.channelId);
  const index = channel.bookmarks.findIndex(({ id }) => id === input.bookmarkId);
  if (index < 0) throw new Error(`there is no bookmark ${input.bookmarkId}`);
  channel.bookmarks.splice(index, 1);
}

/** Opens the app's Home, https://docs.slack.dev/reference/events/app_home_opened. */
export function openHome({ workspace, homes }: Slack, { userId }: Input<"openHome">): void {
  const user = whoActs(workspace, userId);
  if (workspace.bot.hasHome === false) throw new Error("the app has no Home");
  const published = homes.find(user.id);
  const { team, appId, bot } = workspace;
  const ids = { teamId: team.id, appId, botId: bot.botId };
  workspace.emit({
    type: "app_home_opened",
    body: {
      type: "app_home_opened",
      user: user.id,
      channel: openDirect(workspace, user.id).channel.id,
      tab: "home",
      ...(published ? { view: viewBody(published, ids) } : {}),
      event_ts: workspace.nextTs(),
    },
  });
}
