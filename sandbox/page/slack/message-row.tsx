import { memo, useContext, useMemo } from "react";
import { MessageBody } from "#sandbox/page/kit/message-body.tsx";
import { SurfaceContext } from "#sandbox/page/kit/surface.ts";
import type { ScreenMessage } from "#sandbox/screen.ts";
import { useMessageActs } from "./acting.ts";
import { Author, Avatar } from "./author.tsx";
import { Files } from "./files.tsx";
import { useHere } from "./here.tsx";
import { Icon } from "./icon.tsx";
import { MessageActions } from "./message-actions.tsx";
import { Reactions } from "./reactions.tsx";
import "./message.css";

export interface MessageRowProps {
  message: ScreenMessage;
  /** Stands under one of the same author: the name is not said again. */
  isContinued?: boolean;
  isPinned: boolean;
  /** In an archived channel, or one they are not in, nothing can be done with it. */
  isFixed: boolean;
  /** What was answered in its thread, and when last. */
  replyCount?: number;
  lastReplyAt?: string;
  /** Absent inside the thread itself. */
  onThread?: ((ts: string) => void) | undefined;
  /** Was linked to: it is shown where it stands. */
  isPointed?: boolean;
}

/** One message, with everything that can be done with it. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, isPinned, isFixed, replyCount = 0, lastReplyAt = "" } = props;
  const here = useHere();
  if (message.notice !== undefined) return <NoticeRow message={message} />;
  const isOwnOnly = message.onlyFor !== undefined;
  return (
    <li
      className="message"
      data-ts={message.ts}
      data-continued={props.isContinued === true || undefined}
      data-only-you={isOwnOnly || undefined}
      data-pinned={isPinned || undefined}
      data-pointed={props.isPointed === true || undefined}
      tabIndex={-1}
    >
      <div className="message-side">
        {props.isContinued ? <Time message={message} /> : <Avatar userId={message.user} />}
      </div>
      <div className="message-main">
        {props.isContinued ? (
          <span className="only-spoken">
            <Author message={message} />
          </span>
        ) : (
          <p className="message-head">
            <Author message={message} /> <Time message={message} />
          </p>
        )}
        {isOwnOnly && (
          <p className="message-mark">
            <Icon of="eye" /> Only visible to you
          </p>
        )}
        {isPinned && (
          <p className="message-mark">
            <Icon of="pin" /> Pinned
          </p>
        )}
        <Body message={message} />
        {message.files !== undefined && <Files ids={message.files} />}
        <Reactions message={message} isFixed={isFixed} />
        {replyCount > 0 && (
          <button
            type="button"
            className="thread-link"
            onClick={() => props.onThread?.(message.ts)}
          >
            {replyCount === 1 ? "1 reply" : `${replyCount} replies`}{" "}
            <small>last at {here.zone.time(lastReplyAt)}</small>
          </button>
        )}
      </div>
      <MessageActions
        message={message}
        isPinned={isPinned}
        isFixed={isFixed}
        onThread={props.onThread}
      />
    </li>
  );
});

/** What it says; what is pressed in it says here how it went. */
function Body({ message }: { message: ScreenMessage }) {
  const { me } = useHere();
  const { act, busy, trouble } = useMessageActs(me.id, message.channel, message.ts);
  const around = useContext(SurfaceContext);
  const surface = useMemo(
    () => ({ ...around, act, ...(busy === undefined ? {} : { busy }) }),
    [around, act, busy],
  );
  return (
    <SurfaceContext value={surface}>
      <div className="message-body">
        <MessageBody text={message.text} blocks={message.blocks} />
        {message.isEdited && <span className="edited">(edited)</span>}
      </div>
      <p className="slack-error" role="alert">
        {trouble}
      </p>
    </SurfaceContext>
  );
}

/** What Slack itself says: who joined, a new topic. */
function NoticeRow({ message }: { message: ScreenMessage }) {
  return (
    <li className="message is-notice" data-ts={message.ts} tabIndex={-1}>
      <div className="message-side">
        <Time message={message} />
      </div>
      <div className="message-main">
        <MessageBody text={message.text} blocks={message.blocks} />
      </div>
    </li>
  );
}

function Time({ message }: { message: ScreenMessage }) {
  const { zone } = useHere();
  return (
    <time dateTime={message.at} title={zone.full(message.at)}>
      {zone.time(message.at)}
    </time>
  );
}
