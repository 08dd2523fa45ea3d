import { useMemo } from "react";
import { go, paneOf, type Place } from "#sandbox/page/live/address.ts";
import { person } from "#sandbox/page/live/ask.ts";
import { useTopic } from "#sandbox/page/live/store.ts";
import type { ScreenChannel } from "#sandbox/screen.ts";
import { ChannelHeader } from "./channel-header.tsx";
import { Composer, messageBoxId } from "./composer.tsx";
import { conversationIn } from "./conversation.ts";
import { channelName, useHere } from "./here.tsx";
import { MessageList } from "./message-list.tsx";
import { attempt } from "./notices.tsx";
import "./channel.css";

/** One channel or direct message: its header, what was said, and where to write. */
export function ChannelView({ channel, place }: { channel: ScreenChannel; place: Place }) {
  const here = useHere();
  const messages = useTopic("messages");
  const conversation = useMemo(
    () => conversationIn(messages.values(), channel.id),
    [messages, channel.id],
  );
  const name = channelName(here, channel);
  const { pane, open } = place;
  const onThread = useMemo(
    () => (ts: string) => go({ at: channel.id, thread: ts, ...paneOf(place) }),
    [channel.id, pane, open],
  );
  const key = `${here.me.id} ${channel.id}`;
  return (
    <>
      <ChannelHeader
        key={`header ${key}`}
        channel={channel}
        messages={conversation.heads}
        name={name}
      />
      <MessageList
        key={key}
        channel={channel}
        conversation={conversation}
        onThread={onThread}
        pointedTs={place.thread === undefined ? place.message : undefined}
      />
      <Foot key={`foot ${key}`} channel={channel} name={name} />
    </>
  );
}

/** The message box, or why there is none. */
function Foot({ channel, name }: { channel: ScreenChannel; name: string }) {
  const { me } = useHere();
  const at = { userId: me.id, channelId: channel.id };
  if (channel.isArchived) {
    return (
      <div className="no-composer">
        <p>{name} is archived. Nothing new can be said here.</p>
        {channel.isMember && (
          <button type="button" onClick={() => void attempt(() => person("unarchive", at))}>
            Unarchive
          </button>
        )}
      </div>
    );
  }
  if (!channel.isMember) {
    return (
      <div className="no-composer">
        <p>You are looking at {name}.</p>
        <button
          type="button"
          className="primary"
          onClick={() => void attempt(() => person("join", at))}
        >
          Join {name}
        </button>
      </div>
    );
  }
  return <Composer channelId={channel.id} label={`Message ${name}`} id={messageBoxId} />;
}
