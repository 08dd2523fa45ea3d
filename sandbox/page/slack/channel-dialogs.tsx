import { useState } from "react";
import { person } from "#sandbox/page/live/ask.ts";
import type { SandboxBookmark } from "#sandbox/protocol.ts";
import type { ScreenChannel } from "#sandbox/screen.ts";
import { useHere } from "./here.tsx";
import { attempt } from "./notices.tsx";
import { PlainDialog } from "./plain-dialog.tsx";

interface Props {
  channel: ScreenChannel;
  name: string;
  onClose: () => void;
}
const longestTopic = 250;

/** Asks for a new topic. */
export function TopicDialog({ channel, name, onClose }: Props) {
  const { me } = useHere();
  const [topic, setTopic] = useState(channel.topic);
  return (
    <PlainDialog title={`Topic of ${name}`} onClose={onClose}>
      {(close) => (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const input = { userId: me.id, channelId: channel.id, topic };
            void attempt(() => person("setTopic", input)).then((isDone) => isDone && close());
          }}
        >
          <label>
            Topic
            <input
              value={topic}
              maxLength={longestTopic}
              onChange={({ target }) => setTopic(target.value)}
            />
          </label>
          <button type="submit" className="primary">
            Set the topic
          </button>
        </form>
      )}
    </PlainDialog>
  );
}

/** Asks whom to take into the channel; the app too, after an archive put it out. */
export function InviteDialog({ channel, name, onClose }: Props) {
  const { me, facts } = useHere();
  const outside = [...facts.people, { id: facts.bot.userId, name: facts.bot.name }].filter(
    ({ id }) => !channel.memberIds.includes(id),
  );
  const [invitedId, setInvitedId] = useState(outside[0]?.id ?? "");
  return (
    <PlainDialog title={`Invite to ${name}`} onClose={onClose}>
      {(close) =>
        outside.length === 0 ? (
          <p>Everybody is in {name}.</p>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const input = { userId: me.id, channelId: channel.id, invitedId };
              void attempt(() => person("invite", input)).then((isDone) => isDone && close());
            }}
          >
            <label>
              Whom
              <select value={invitedId} onChange={({ target }) => setInvitedId(target.value)}>
                {outside.map((one) => (
                  <option key={one.id} value={one.id}>
                    @{one.name}
                  </option>
                ))}
              </select>
            </label>
            <button type="submit" className="primary">
              Invite
            </button>
          </form>
        )
      }
    </PlainDialog>
  );
}

/** Asks whether a bookmark is really to go. */
export function BookmarkDialog({
  channel,
  bookmark,
  onClose,
}: Omit<Props, "name"> & { bookmark: SandboxBookmark }) {
  const { me } = useHere();
  const input = { userId: me.id, channelId: channel.id, bookmarkId: bookmark.id };
  return (
    <PlainDialog title={`Remove the bookmark ${bookmark.title}?`} onClose={onClose}>
      {(close) => (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void attempt(() => person("removeBookmark", input)).then((isDone) => isDone && close());
          }}
        >
          <p>It goes for everybody in the channel.</p>
          <button type="submit" className="primary">
            Remove
          </button>
        </form>
      )}
    </PlainDialog>
  );
}
