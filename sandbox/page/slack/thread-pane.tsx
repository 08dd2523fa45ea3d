import { type RefObject, useLayoutEffect, useMemo, useRef } from "react";
import { useTopic } from "#sandbox/page/live/store.ts";
import type { ScreenChannel } from "#sandbox/screen.ts";
import { Composer } from "./composer.tsx";
import { conversationIn } from "./conversation.ts";
import { useHere } from "./here.tsx";
import { MessageRow } from "./message-row.tsx";
import { usePointed } from "./reading.ts";

/** One thread: its head, what was answered, and a message box of its own. */
export function ThreadPane(props: {
  channel: ScreenChannel;
  ts: string;
  pointedTs: string | undefined;
}) {
  const { channel, ts, pointedTs } = props;
  const { me } = useHere();
  const messages = useTopic("messages");
  const { head, replies } = useMemo(() => {
    const { heads, replies } = conversationIn(messages.values(), channel.id);
    return { head: heads.find((one) => one.ts === ts), replies: replies.get(ts) ?? [] };
  }, [messages, channel.id, ts]);
  const box = useRef<HTMLDivElement>(null);
  usePointed(box, pointedTs);
  useNewestInSight(box, replies.at(-1)?.ts);
  const isFixed = channel.isArchived || !channel.isMember;
  const shown = head ? [head, ...replies] : replies;
  return (
    <div className="thread">
      <div ref={box} className="messages">
        <ol aria-label="Messages of the thread">
          {!head && <li className="no-messages">The message this began with is gone.</li>}
          {shown.map((message) => (
            <MessageRow
              key={message.ts}
              message={message}
              isPinned={channel.pinnedTs.includes(message.ts)}
              isFixed={isFixed}
              isPointed={message.ts === pointedTs}
            />
          ))}
        </ol>
      </div>
      {!isFixed && (
        <Composer
          key={`${me.id} ${channel.id} ${ts}`}
          channelId={channel.id}
          threadTs={ts}
          label="Reply"
        />
      )}
    </div>
  );
}

const nearPx = 80;

/** The last answer comes into sight, unless somebody reads further up. */
function useNewestInSight(box: RefObject<HTMLDivElement | null>, lastTs: string | undefined): void {
  const heightBefore = useRef(0);
  useLayoutEffect(() => {
    const shown = box.current;
    if (!shown) return;
    const below = heightBefore.current - shown.scrollTop - shown.clientHeight;
    if (lastTs !== undefined && below < nearPx) shown.scrollTop = shown.scrollHeight;
    heightBefore.current = shown.scrollHeight;
  }, [lastTs]);
}
