import type { KnownBlock } from "@slack/types";
import type {
  SandboxChannel,
  SandboxFile,
  SandboxMessage,
  SandboxState,
} from "#sandbox/protocol.ts";
import type { WorkspaceFacts } from "#sandbox/screen.ts";
import type { Slack } from "./slack.ts";
import { toPublishedHome } from "./views.ts";
import type { Channel, StoredFile, StoredMessage } from "./workspace.ts";

/** The message as the control shows it. */
export function toSandboxMessage(message: StoredMessage): SandboxMessage {
  return structuredClone({
    channel: message.channel,
    ts: message.ts,
    user: message.user,
    text: message.text,
    blocks: message.blocks as unknown as KnownBlock[],
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
    ...(message.onlyFor === undefined ? {} : { onlyFor: message.onlyFor }),
    ...(message.fileIds === undefined ? {} : { files: message.fileIds }),
    ...(message.reactions?.length ? { reactions: message.reactions } : {}),
    isEdited: message.editedTs !== undefined,
  });
}

/** What everybody knows of the workspace. The app's own bot is none of its people. */
export function readFacts({ workspace }: Slack): WorkspaceFacts {
  const { team, bot, users, groups } = workspace;
  return structuredClone({
    team: { id: team.id, name: team.name },
    bot: { userId: bot.userId, name: bot.name },
    people: [...users.values()].filter(({ id }) => id !== bot.userId),
    groups: [...groups.values()],
    commands: bot.commands ?? [],
    shortcuts: (bot.shortcuts ?? []).map(({ callbackId, type, name, description }) => ({
      callbackId,
      type,
      name: name ?? callbackId,
      description: description ?? "",
    })),
    hasHome: bot.hasHome ?? true,
  });
}

/** What is in Slack as it is now; Slack's own notices (who joined) are left out. */
export function readWorkspace({
  workspace,
  homes,
}: Slack): Omit<SandboxState, "issues" | "pullRequests"> {
  return {
    channels: [...workspace.channels.values()].map(toSandboxChannel),
    messages: workspace.messages
      .filter((message) => message.subtype === undefined)
      .map(toSandboxMessage),
    ephemerals: workspace.ephemerals.map(toSandboxMessage),
    homes: homes
      .all()
      .map((record) => ({ userId: record.userId, view: structuredClone(toPublishedHome(record)) })),
    files: [...workspace.files.values()].filter((file) => file.isComplete).map(toSandboxFile),
  };
}

/** The channel as the control shows it. */
export function toSandboxChannel(channel: Channel): SandboxChannel {
  return {
    id: channel.id,
    name: channel.name,
    isDirect: channel.isDirect,
    isPrivate: channel.isPrivate,
    isArchived: channel.isArchived,
    topic: channel.topic,
    memberIds: [...channel.memberIds],
    pinnedTs: channel.pins.map((pin) => pin.ts),
    bookmarks: channel.bookmarks.map(({ id, title, link, emoji }) => ({
      id,
      title,
      link,
      ...(emoji === "" ? {} : { emoji }),
    })),
  };
}

/** The file as the control shows it. */
export function toSandboxFile(file: StoredFile): SandboxFile {
  const { id, name, title, mimetype, userId, altText, bytes = Buffer.alloc(0) } = file;
  const shares = structuredClone(file.shares);
  const content = mimetype.startsWith("image/")
    ? `data:${mimetype};base64,${bytes.toString("base64")}`
    : bytes.toString("utf8");
  const told = altText === "" ? {} : { altText };
  return { id, name, title, mimetype, userId, content, ...told, shares };
}
