import { type ReactNode, useState } from "react";
import { actAs, addressOf } from "#sandbox/page/live/address.ts";
import { person } from "#sandbox/page/live/ask.ts";
import type { ScreenMessage } from "#sandbox/screen.ts";
import { troubleOf } from "./acting.ts";
import { authorOf } from "./author.tsx";
import { type Here, useHere } from "./here.tsx";
import { Icon } from "./icon.tsx";
import { permalink } from "./links.ts";
import { Menu, MenuItem } from "./menu.tsx";
import { attempt, notify } from "./notices.tsx";
import { ReactionPicker } from "./reactions.tsx";

interface Props {
  message: ScreenMessage;
  isPinned: boolean;
  isFixed: boolean;
  onThread: ((ts: string) => void) | undefined;
}

/** What can be done with a message: two buttons at its edge, everything behind the second. */
export function MessageActions(props: Props) {
  const { message, onThread } = props;
  const here = useHere();
  const [isBusy, setIsBusy] = useState(false);
  const name = `${authorOf(here, message.user).name}, ${here.zone.time(message.at)}`;
  const canAnswer = onThread !== undefined && message.onlyFor === undefined;
  return (
    <div className="message-actions" data-busy={isBusy || undefined}>
      {canAnswer && (
        // the keyboard finds it behind the other button: one stop a message is enough
        <button
          type="button"
          className="quiet"
          tabIndex={-1}
          aria-label={`Reply in thread to ${name}`}
          title="Reply in thread"
          onClick={() => onThread(message.ts)}
        >
          <Icon of="thread" />
        </button>
      )}
      <Menu label={`Actions for the message of ${name}`} face={<Icon of="more" />}>
        <Items {...props} here={here} setIsBusy={setIsBusy} />
      </Menu>
    </div>
  );
}

function Items(props: Props & { here: Here; setIsBusy: (isBusy: boolean) => void }) {
  const { message, isPinned, isFixed, onThread, here } = props;
  const at = { userId: here.me.id, channelId: message.channel, ts: message.ts };
  // what only one person sees is not in the channel: nothing can be done with it
  const isShared = message.onlyFor === undefined;
  const canChange = isShared && !isFixed;
  return (
    <>
      {canChange && <ReactionPicker message={message} />}
      {isShared && onThread && (
        <MenuItem onChoose={() => onThread(message.ts)}>Reply in thread</MenuItem>
      )}
      {canChange && (
        <MenuItem onChoose={() => void attempt(() => person(isPinned ? "unpin" : "pin", at))}>
          {isPinned ? "Unpin from the channel" : "Pin to the channel"}
        </MenuItem>
      )}
      {isShared && (
        <MenuItem onChoose={() => void copyLink(permalink(here.facts.team.name, message))}>
          Copy link
        </MenuItem>
      )}
      {isShared && <Shortcuts {...props} />}
      {canChange && message.user === here.me.id && (
        <MenuItem
          className="danger"
          onChoose={() => void attempt(() => person("deleteMessage", at))}
        >
          Delete
        </MenuItem>
      )}
      <AuthorItems here={here} userId={message.user} />
    </>
  );
}

/** The app's own entries of a message's menu. */
function Shortcuts({ message, here, setIsBusy }: Parameters<typeof Items>[0]): ReactNode {
  const shortcuts = here.facts.shortcuts.filter(({ type }) => type === "message");
  if (shortcuts.length === 0) return null;
  const take = async (callbackId: string) => {
    setIsBusy(true);
    const trouble = await troubleOf("shortcut", {
      userId: here.me.id,
      callbackId,
      in: { channelId: message.channel, ts: message.ts },
    });
    setIsBusy(false);
    if (trouble !== undefined) notify(trouble, "problem");
  };
  return (
    <>
      <hr />
      {shortcuts.map(({ callbackId, name, description }) => (
        <MenuItem key={callbackId} onChoose={() => void take(callbackId)}>
          {name} <small>{description}</small>
        </MenuItem>
      ))}
    </>
  );
}

function AuthorItems({ here, userId }: { here: Here; userId: string }): ReactNode {
  const author = here.people.get(userId);
  if (!author || author.bot !== undefined || userId === here.me.id) return null;
  return (
    <>
      <hr />
      <MenuItem onChoose={() => actAs(userId)}>Act as @{author.name}</MenuItem>
      <a className="menu-item" href={addressOf(userId)} target="_blank" rel="noreferrer">
        Act as @{author.name} in a new tab
      </a>
    </>
  );
}

async function copyLink(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    notify("The link is copied.");
  } catch {
    notify(`The link: ${link}`);
  }
}
