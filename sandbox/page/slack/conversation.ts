import type { ScreenChannel, ScreenMessage } from "#sandbox/screen.ts";

/** The messages of one channel, as they are laid out: heads, with their threads behind them. */
export interface Conversation {
  /** Oldest first. */
  heads: ScreenMessage[];
  /** The ts of a head → what was answered in its thread, oldest first. */
  replies: ReadonlyMap<string, ScreenMessage[]>;
  /** The ts of what came last, in a thread too; empty where nothing was said. */
  newestTs: string;
}

/** Lays out a channel. */
export function conversationIn(messages: Iterable<ScreenMessage>, channelId: string): Conversation {
  const own = [...messages].filter((one) => one.channel === channelId);
  own.sort((a, b) => compareTs(a.ts, b.ts));
  const replies = new Map<string, ScreenMessage[]>();
  const heads: ScreenMessage[] = [];
  for (const one of own) {
    if (one.threadTs === undefined || one.threadTs === one.ts) {
      heads.push(one);
      continue;
    }
    const thread = replies.get(one.threadTs);
    if (thread) thread.push(one);
    else replies.set(one.threadTs, [one]);
  }
  return { heads, replies, newestTs: own.at(-1)?.ts ?? "" };
}

/** Which of two was posted first; a ts is seconds and micros. */
export function compareTs(a: string, b: string): number {
  const [aSeconds = "", aMicros = ""] = a.split(".");
  const [bSeconds = "", bMicros = ""] = b.split(".");
  return Number(aSeconds) - Number(bSeconds) || aMicros.localeCompare(bMicros);
}

const closeMs = 5 * 60_000;

/**
 * Whether a message stands under the one before without its author's name said again. What has blocks
 * stands for itself: without a head, two of them read like one.
 */
export function continues(before: ScreenMessage | undefined, message: ScreenMessage): boolean {
  return (
    before !== undefined &&
    before.user === message.user &&
    before.notice === undefined &&
    message.notice === undefined &&
    message.blocks.length === 0 &&
    before.onlyFor === message.onlyFor &&
    Math.abs(Date.parse(message.at) - Date.parse(before.at)) < closeMs
  );
}

/**
 * Where "unread from here" stands: the first message of others after what was read. None where
 * somebody has just come in and has read nothing yet.
 */
export function firstUnread(
  heads: readonly ScreenMessage[],
  readTs: string,
  me: string,
): string | undefined {
  if (readTs === "") return undefined;
  return heads.find((one) => one.user !== me && compareTs(one.ts, readTs) > 0)?.ts;
}

/** The rail's order of a person's channels: open ones by name, then archived ones, then what they could join. */
export function sortChannels(channels: Iterable<ScreenChannel>): {
  mine: ScreenChannel[];
  archived: ScreenChannel[];
  direct: ScreenChannel[];
  others: ScreenChannel[];
} {
  const all = [...channels].toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  return {
    mine: all.filter((one) => !one.isDirect && one.isMember && !one.isArchived),
    archived: all.filter((one) => !one.isDirect && one.isMember && one.isArchived),
    direct: all.filter((one) => one.isDirect),
    others: all.filter((one) => !one.isDirect && !one.isMember),
  };
}
