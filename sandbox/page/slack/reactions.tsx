import { useState } from "react";
import { emojiOf } from "#sandbox/page/kit/emoji.ts";
import { person } from "#sandbox/page/live/ask.ts";
import type { ScreenMessage } from "#sandbox/screen.ts";
import { handleOf, useHere } from "./here.tsx";
import { MenuItem, useCloseMenu } from "./menu.tsx";
import { attempt } from "./notices.tsx";

const quick = ["white_check_mark", "eyes", "pushpin", "+1", "question", "tada"];

/** What people reacted with; one's own is taken back by pressing it again. */
export function Reactions({ message, isFixed }: { message: ScreenMessage; isFixed: boolean }) {
  const here = useHere();
  if (!message.reactions?.length) return null;
  return (
    <div className="reactions" role="group" aria-label="Reactions">
      {message.reactions.map(({ name, userIds }) => {
        const isMine = userIds.includes(here.me.id);
        const who = userIds.map((id) => (id === here.me.id ? "you" : handleOf(here, id)));
        const said = `${who.join(", ")} reacted with :${name}:`;
        return (
          <button
            key={name}
            type="button"
            className="reaction"
            aria-pressed={isMine}
            aria-label={`${userIds.length} ${said}`}
            title={said}
            disabled={isFixed}
            onClick={() => void toggle(here.me.id, message, name)}
          >
            <span>{face(name)}</span> <span>{userIds.length}</span>
          </button>
        );
      })}
    </div>
  );
}

/** A few reactions to press, and a field for any other by its name. */
export function ReactionPicker({ message }: { message: ScreenMessage }) {
  const { me } = useHere();
  const close = useCloseMenu();
  const [name, setName] = useState("");
  return (
    <>
      <div className="quick-reactions">
        {quick.map((one) => (
          <MenuItem
            key={one}
            label={`React with :${one}:`}
            onChoose={() => void toggle(me.id, message, one)}
          >
            {face(one)}
          </MenuItem>
        ))}
      </div>
      <form
        className="reaction-name"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = name.trim().replaceAll(":", "").toLowerCase();
          if (wanted === "") return;
          close();
          void toggle(me.id, message, wanted);
        }}
      >
        <input
          aria-label="Another reaction, by the name of its emoji"
          placeholder="or a name: rocket"
          value={name}
          pattern=":?[a-zA-Z0-9_+'\-]+:?"
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit">React</button>
      </form>
    </>
  );
}

function toggle(userId: string, message: ScreenMessage, name: string): Promise<boolean> {
  const given = message.reactions?.find((one) => one.name === name);
  const method = given?.userIds.includes(userId) ? "unreact" : "react";
  return attempt(() =>
    person(method, { userId, channelId: message.channel, ts: message.ts, name }),
  );
}

function face(name: string): string {
  return emojiOf(name) ?? `:${name}:`;
}
