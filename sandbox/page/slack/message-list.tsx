import { Fragment, useEffect, useRef, useState } from "react";
import type { ScreenChannel } from "#sandbox/screen.ts";
import { continues, type Conversation, firstUnread } from "./conversation.ts";
import { useHere } from "./here.tsx";
import { MessageRow } from "./message-row.tsx";
import { useMarkRead, useNews, usePointed, useUnreadLine, useVisible } from "./reading.ts";

/** So near to the end of the list, one is at the end. */
const nearPx = 40;

interface Props {
  channel: ScreenChannel;
  conversation: Conversation;
  onThread: (ts: string) => void;
  /** The ts of a message that was linked to. */
  pointedTs: string | undefined;
}

/** The messages of a channel. The newest stand at the bottom, and stay in sight while they come. */
export function MessageList({ channel, conversation, onThread, pointedTs }: Props) {
  const here = useHere();
  const { heads, replies, newestTs } = conversation;
  const box = useRef<HTMLDivElement>(null);
  const isVisible = useVisible();
  const [isAtBottom, setIsAtBottom] = useState(true);
  const line = useUnreadLine(channel, newestTs, isVisible);
  const unreadTs = firstUnread(heads, line, here.me.id);
  const news = useNews(heads, isAtBottom, here.me.id);
  useMarkRead(here.me.id, channel, newestTs, isAtBottom && isVisible);

  const toBottom = () => box.current?.scrollTo({ top: 0 });
  useEffect(() => {
    // who comes back begins where they left off
    if (!box.current || pointedTs !== undefined) return;
    const divider = box.current.querySelector(".unread-line");
    const top = box.current.getBoundingClientRect().top;
    if (divider && divider.getBoundingClientRect().top < top) divider.scrollIntoView();
  }, []);
  usePointed(box, pointedTs);
  // what one says oneself is in sight
  const ownTs = heads.findLast(({ user }) => user === here.me.id)?.ts;
  const isOwnNewest = ownTs !== undefined && ownTs === heads.at(-1)?.ts;
  useEffect(() => {
    if (isOwnNewest && pointedTs === undefined && unreadTs === undefined) toBottom();
  }, [ownTs]);

  const pinned = new Set(channel.pinnedTs);
  const isFixed = channel.isArchived || !channel.isMember;
  let lastDay = "";
  return (
    <div className="messages-frame">
      <div
        ref={box}
        className="messages"
        onScroll={({ currentTarget }) => setIsAtBottom(currentTarget.scrollTop > -nearPx)}
      >
        <ol aria-label="Messages">
          {heads.length === 0 && <Empty />}
          {heads.map((message, index) => {
            const day = here.zone.dayKey(message.at);
            const isNewDay = day !== lastDay;
            lastDay = day;
            const thread = replies.get(message.ts);
            const isContinued =
              !isNewDay && message.ts !== unreadTs && continues(heads[index - 1], message);
            return (
              <Fragment key={message.ts}>
                {isNewDay && (
                  <li className="day-line">
                    <span>{here.zone.dayName(message.at, here.today)}</span>
                  </li>
                )}
                {message.ts === unreadTs && (
                  <li className="unread-line">
                    <span>Unread from here</span>
                  </li>
                )}
                <MessageRow
                  message={message}
                  isContinued={isContinued}
                  isPinned={pinned.has(message.ts)}
                  isFixed={isFixed}
                  replyCount={thread?.length ?? 0}
                  lastReplyAt={thread?.at(-1)?.at ?? ""}
                  onThread={onThread}
                  isPointed={message.ts === pointedTs}
                />
              </Fragment>
            );
          })}
        </ol>
      </div>
      {news > 0 && (
        <button type="button" className="news" onClick={toBottom}>
          {news === 1 ? "1 new message" : `${news} new messages`} ↓
        </button>
      )}
    </div>
  );
}

function Empty() {
  const { facts } = useHere();
  const [first] = facts.commands;
  return (
    <li className="no-messages">
      Nothing has been said here yet.
      {first && (
        <>
          {" "}
          Type <kbd>{first.command}</kbd> below to declare an incident.
        </>
      )}
    </li>
  );
}
