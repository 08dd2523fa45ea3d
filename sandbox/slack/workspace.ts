import type { Json } from "#sandbox/json.ts";
import type { SandboxClock } from "#sandbox/clock.ts";
import type { SandboxSeed, SandboxUser } from "#sandbox/protocol.ts";
import type { SandboxGroup } from "#sandbox/screen.ts";

/** A Slack workspace in memory: who is there, the channels, and what was said in them. */
export interface Workspace {
  team: SandboxSeed["team"];
  bot: SandboxSeed["bot"];
  appId: string;
  users: Map<string, SandboxUser>;
  channels: Map<string, Channel>;
  groups: Map<string, SandboxGroup>;
  /** Every message in the order of posting; ephemerals are kept apart. */
  messages: StoredMessage[];
  ephemerals: StoredMessage[];
  /** Where files are downloaded: `http://127.0.0.1:<port>`. */
  filesUrl: string;
  /** Every file, one whose upload is not complete too. */
  files: Map<string, StoredFile>;
  /** Called with each thing Slack would tell the app's event subscriptions of. */
  emit: (event: SlackEvent) => void;
  /** Seconds since 1970. */
  startedAt: number;
  /** What its clock shows, ISO 8601; ids and ts are real time all the same. */
  now(): string;
  nextTs(): string;
  nextId(letter: string): string;
}

export interface Channel {
  id: string;
  name: string;
  isDirect: boolean;
  isPrivate: boolean;
  isArchived: boolean;
  creator: string;
  /** Seconds since 1970. */
  created: number;
  topic: string;
  memberIds: Set<string>;
  pins: { ts: string; by: string; at: number }[];
  bookmarks: StoredBookmark[];
  /** User id → ts of the last message they have read. */
  readTs: Map<string, string>;
}

export interface StoredBookmark {
  id: string;
  title: string;
  link: string;
  emoji: string;
  /** Seconds since 1970; 0 where it was never changed. */
  created: number;
  updated: number;
  updatedBy: string;
}

export interface StoredFile {
  id: string;
  userId: string;
  name: string;
  title: string;
  mimetype: string;
  /** What stands for an image where it cannot be seen; empty where nothing was given. */
  altText: string;
  /** Seconds since 1970. */
  created: number;
  /** Undefined until the bytes have come. */
  bytes: Buffer | undefined;
  isComplete: boolean;
  shares: { channelId: string; ts: string }[];
}

export interface StoredMessage {
  channel: string;
  ts: string;
  /** What the workspace's clock showed, ISO 8601. */
  at: string;
  user: string;
  text: string;
  blocks: Json[];
  threadTs?: string;
  metadata?: { event_type: string; event_payload: Json };
  /** Slack's own notices: channel_join, channel_leave, channel_topic, …. */
  subtype?: string;
  /** What a channel_topic set. */
  topic?: string;
  fileIds?: string[];
  /** In the order in which each was first given. */
  reactions?: { name: string; userIds: string[] }[];
  onlyFor?: string;
  editedTs?: string;
}

/** The inner event. Where a channel is given, the app hears of it only as a member. */
export interface SlackEvent {
  type: string;
  channel?: Channel;
  body: Json;
}

/**
 * The workspace of a seed. Times of messages are real time: `find` and rate limits use it too; `clock`
 * says what people see of them.
 */
export function createWorkspace(
  seed: SandboxSeed,
  clock: SandboxClock,
  filesUrl: string,
): Workspace {
  let lastMicros = 0;
  let lastId = 0;
  const now = Math.floor(Date.now() / 1_000);
  const bot: SandboxUser = {
    id: seed.bot.userId,
    name: seed.bot.name,
    realName: seed.bot.name,
    email: "",
  };
  const taken = new Set([...seed.channels, ...seed.users].map(({ id }) => id));
  return {
    team: seed.team,
    bot: seed.bot,
    appId: `A${seed.bot.botId.slice(1)}`,
    users: new Map([bot, ...seed.users].map((user) => [user.id, { ...user }])),
    channels: new Map(
      seed.channels.map(({ id, name, memberIds, isPrivate = false, isArchived = false }) => [
        id,
        {
          ...newChannel(id, name, seed.users[0]?.id ?? bot.id, now),
          isPrivate,
          isArchived,
          memberIds: new Set(memberIds),
        },
      ]),
    ),
    filesUrl,
    groups: new Map((seed.groups ?? []).map((group) => [group.id, { ...group }])),
    messages: [],
    ephemerals: [],
    files: new Map(),
    emit: () => {},
    startedAt: now,
    now: () => new Date(clock.read().now).toISOString(),
    nextTs() {
      lastMicros = Math.max(lastMicros + 1, Date.now() * 1_000);
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, "0")}`;
    },
    nextId(letter) {
      for (;;) {
        lastId += 1;
        const id = `${letter}0${lastId.toString(36).toUpperCase().padStart(9, "0")}`;
        // a seed may have chosen ids of the same form
        if (!taken.has(id)) return id;
      }
    },
  };
}

/** A public channel without members. `created` in seconds since 1970. */
export function newChannel(id: string, name: string, creator: string, created: number): Channel {
  return {
    id,
    name,
    isDirect: false,
    isPrivate: false,
    isArchived: false,
    creator,
    created,
    topic: "",
    memberIds: new Set(),
    pins: [],
    bookmarks: [],
    readTs: new Map(),
  };
}

/** Of another workspace: a person of a shared channel. */
export function isForeign(workspace: Workspace, user: SandboxUser): boolean {
  return user.teamId !== undefined && user.teamId !== workspace.team.id;
}

/** The `example` of `https://example.slack.com`. */
export function domainOf({ team }: Workspace): string {
  return team.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

/** `im`, `group` or `channel`, as message events have it. */
export function channelTypeOf(channel: Channel): "im" | "group" | "channel" {
  if (channel.isDirect) return "im";
  return channel.isPrivate ? "group" : "channel";
}

/** The message of this ts, as everybody sees it. */
export function findMessage(
  workspace: Workspace,
  channelId: string,
  ts: string,
): StoredMessage | undefined {
  return workspace.messages.findLast((one) => one.ts === ts && one.channel === channelId);
}

/** Whether the message is said in a thread, not at its head. */
export function isReply(message: StoredMessage): boolean {
  return message.threadTs !== undefined && message.threadTs !== message.ts;
}

/** The direct message channel of the bot with this person, opened where there is none yet. */
export function openDirect(
  workspace: Workspace,
  userId: string,
): { channel: Channel; isNew: boolean } {
  const botId = workspace.bot.userId;
  for (const channel of workspace.channels.values()) {
    if (channel.isDirect && channel.memberIds.has(userId)) return { channel, isNew: false };
  }
  const now = Math.floor(Date.now() / 1_000);
  const channel: Channel = {
    ...newChannel(workspace.nextId("D"), "", botId, now),
    isDirect: true,
    isPrivate: true,
    memberIds: new Set([botId, userId]),
  };
  workspace.channels.set(channel.id, channel);
  return { channel, isNew: true };
}
