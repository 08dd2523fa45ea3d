import { type ReactNode, useState } from "react";
import { emojiOf } from "#sandbox/page/kit/emoji.ts";
import { Link } from "#sandbox/page/kit/link.tsx";
import { Mrkdwn } from "#sandbox/page/kit/text.tsx";
import { person } from "#sandbox/page/live/ask.ts";
import type { ScreenChannel, ScreenMessage } from "#sandbox/screen.ts";
import { authorOf } from "./author.tsx";
import { BookmarkDialog, InviteDialog, TopicDialog } from "./channel-dialogs.tsx";
import { useHere } from "./here.tsx";
import { Icon } from "./icon.tsx";
import { Menu, MenuItem } from "./menu.tsx";
import { MessageRow } from "./message-row.tsx";
import { attempt } from "./notices.tsx";

interface Props {
  channel: ScreenChannel;
  messages: readonly ScreenMessage[];
  name: string;
}

/** Name, topic, members and what can be done with the channel; below it bookmarks and pins. */
export function ChannelHeader({ channel, messages, name }: Props) {
  return (
    <header className="channel-header">
      <div className="channel-title">
        <h2>
          {channel.isPrivate && !channel.isDirect && <Icon of="lock" label="Private channel" />}{" "}
          <bdi>{name}</bdi>
        </h2>
        {channel.topic !== "" && (
          <div className="channel-topic">
            <Mrkdwn text={channel.topic} />
          </div>
        )}
        {!channel.isDirect && <Members channel={channel} />}
        {!channel.isDirect && channel.isMember && <ChannelMenu channel={channel} name={name} />}
      </div>
      <Bookmarks channel={channel} />
      <Pins channel={channel} messages={messages} />
    </header>
  );
}

function Members({ channel }: { channel: ScreenChannel }) {
  const here = useHere();
  const count = channel.memberIds.length;
  const label = count === 1 ? "1 member" : `${count} members`;
  return (
    <Menu label={label} face={label} className="quiet members">
      <ul className="member-list">
        {channel.memberIds.map((id) => {
          const { name, isApp } = authorOf(here, id);
          return (
            <li key={id}>
              <bdi>@{name}</bdi> {isApp && <span className="badge">App</span>}{" "}
              {id === here.me.id && "(you)"}
            </li>
          );
        })}
      </ul>
    </Menu>
  );
}

function ChannelMenu({ channel, name }: { channel: ScreenChannel; name: string }) {
  const { me } = useHere();
  const [dialog, setDialog] = useState<"topic" | "invite">();
  const at = { userId: me.id, channelId: channel.id };
  const close = () => setDialog(undefined);
  return (
    <>
      <Menu label={`More about ${name}`} face={<Icon of="more" />}>
        {channel.isArchived ? (
          <MenuItem onChoose={() => void attempt(() => person("unarchive", at))}>
            Unarchive
          </MenuItem>
        ) : (
          <>
            <MenuItem onChoose={() => setDialog("topic")}>Set the topic</MenuItem>
            <MenuItem onChoose={() => setDialog("invite")}>Invite somebody</MenuItem>
            <MenuItem onChoose={() => void attempt(() => person("archive", at))} className="danger">
              Archive <small>Puts the app out of the channel, as in Slack</small>
            </MenuItem>
          </>
        )}
        <MenuItem onChoose={() => void attempt(() => person("leave", at))}>Leave</MenuItem>
      </Menu>
      {dialog === "topic" && <TopicDialog channel={channel} name={name} onClose={close} />}
      {dialog === "invite" && <InviteDialog channel={channel} name={name} onClose={close} />}
    </>
  );
}

function Bookmarks({ channel }: { channel: ScreenChannel }): ReactNode {
  const [askedId, setAskedId] = useState<string>();
  const asked = channel.bookmarks.find(({ id }) => id === askedId);
  if (channel.bookmarks.length === 0) return null;
  return (
    <>
      <ul className="bookmarks" aria-label="Bookmarks">
        {channel.bookmarks.map(({ id, title, link, emoji }) => (
          <li key={id}>
            <Link url={link}>
              {emoji !== undefined && (
                <span aria-hidden="true">{emojiOf(emoji.replaceAll(":", "")) ?? ""} </span>
              )}
              <bdi>{title}</bdi>
            </Link>
            {channel.isMember && !channel.isArchived && (
              <button
                type="button"
                className="quiet"
                aria-label={`Remove the bookmark ${title}`}
                title="Remove"
                onClick={() => setAskedId(id)}
              >
                <Icon of="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <BookmarkDialog channel={channel} bookmark={asked} onClose={() => setAskedId(undefined)} />
      )}
    </>
  );
}

/** The pinned messages, the panel among them, with all that can be pressed in them. */
function Pins({ channel, messages }: Pick<Props, "channel" | "messages">): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const pinned = channel.pinnedTs.flatMap((ts) => messages.find((one) => one.ts === ts) ?? []);
  if (pinned.length === 0) return null;
  return (
    <details
      className="pins"
      open={isOpen}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>
        <Icon of="pin" /> {pinned.length} pinned
      </summary>
      {isOpen && (
        <ol aria-label="Pinned messages">
          {pinned.map((message) => (
            <MessageRow
              key={message.ts}
              message={message}
              isPinned
              isFixed={channel.isArchived || !channel.isMember}
            />
          ))}
        </ol>
      )}
    </details>
  );
}
