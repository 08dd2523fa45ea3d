import { type RefObject, useEffect, useRef, useState } from "react";
import { type Address, useAddress, writePlace } from "#sandbox/page/live/address.ts";
import { person } from "#sandbox/page/live/ask.ts";
import type { ScreenChannel, ScreenMessage } from "#sandbox/screen.ts";
import { compareTs } from "./conversation.ts";

/** What somebody has seen of a channel, and what has come since. */

/** Whether this tab is before somebody's eyes. */
export function useVisible(): boolean {
  const [isVisible, setIsVisible] = useState(() => document.visibilityState === "visible");
  useEffect(() => {
    const look = () => setIsVisible(document.visibilityState === "visible");
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return isVisible;
}

/**
 * The ts behind which "unread from here" stands: what was read when the channel was opened, or when the
 * tab was left. It stays there while one reads on.
 */
export function useUnreadLine(
  channel: ScreenChannel,
  newestTs: string,
  isVisible: boolean,
): string {
  const [line, setLine] = useState(channel.unread > 0 ? channel.readTs : newestTs);
  useEffect(() => {
    if (!isVisible) setLine(newestTs);
  }, [isVisible]);
  return line;
}

/** Tells Slack that the newest message was seen. */
export function useMarkRead(
  userId: string,
  channel: ScreenChannel,
  newestTs: string,
  isSeen: boolean,
): void {
  const told = useRef("");
  const { id, readTs, isMember } = channel;
  useEffect(() => {
    if (!isSeen || !isMember || newestTs === "" || told.current === newestTs) return;
    if (readTs !== "" && compareTs(newestTs, readTs) <= 0) return;
    told.current = newestTs;
    // what cannot be told now is told with the next message
    person("markRead", { userId, channelId: id, ts: newestTs }).catch(() => {
      told.current = "";
    });
  }, [userId, id, readTs, isMember, newestTs, isSeen]);
}

/** How many messages of others have come since one was at the bottom. */
export function useNews(heads: readonly ScreenMessage[], isAtBottom: boolean, me: string): number {
  const newest = heads.at(-1)?.ts ?? "";
  const [seen, setSeen] = useState(newest);
  useEffect(() => {
    if (isAtBottom) setSeen(newest);
  }, [isAtBottom, newest]);
  if (isAtBottom || seen === "") return 0;
  return heads.filter(({ ts, user }) => user !== me && compareTs(ts, seen) > 0).length;
}

/**
 * Brings the message that was linked to before the eyes, as soon as it is there; again where the same
 * link is followed again.
 */
export function usePointed(box: RefObject<HTMLElement | null>, ts: string | undefined): void {
  const address = useAddress();
  const last = useRef<{ ts: string; address: Address }>(undefined);
  useEffect(() => {
    if (ts === undefined) return;
    const before = last.current;
    const isSamePlace =
      before !== undefined && writePlace(before.address.place) === writePlace(address.place);
    const isAgain = isSamePlace && before.address !== address;
    if (before?.ts === ts && !isAgain) {
      last.current = { ts, address };
      return;
    }
    const row = box.current?.querySelector<HTMLElement>(`[data-ts="${ts}"]`);
    if (!row) return;
    last.current = { ts, address };
    row.scrollIntoView({ block: "start" });
    row.focus({ preventScroll: true });
  });
}
