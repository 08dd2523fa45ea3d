import type { ReactNode } from "react";
import { actAs, paneOf, type Place, writePlace } from "#sandbox/page/live/address.ts";
import { useOne, useTopic } from "#sandbox/page/live/store.ts";
import type { ScreenChannel } from "#sandbox/screen.ts";
import { sortChannels } from "./conversation.ts";
import { channelName, useHere } from "./here.tsx";
import { Icon } from "./icon.tsx";
import { SchemeSelect } from "./scheme.tsx";
import "./rail.css";

/** The id of the list of people. */
export const actAsId = "act-as";

/** Everything one can go to: the app's Home, channels, direct messages; and whom one acts as. */
export function Rail({ place }: { place: Place }) {
  const { facts } = useHere();
  const channels = useTopic("channels");
  const { mine, archived, direct } = sortChannels(channels.values());
  return (
    <nav className="rail" aria-label="Channels" data-region="channels" tabIndex={-1}>
      <ActAs />
      <ul>
        {facts.hasHome && (
          <Item place={place} at="home">
            <Icon of="home" /> Home of {facts.bot.name}
          </Item>
        )}
        <Item place={place} at="browse">
          <Icon of="plus" /> Browse channels
        </Item>
      </ul>
      <h2>Channels</h2>
      <ul>
        {mine.map((channel) => (
          <ChannelItem key={channel.id} place={place} channel={channel} />
        ))}
      </ul>
      <h2>Direct messages</h2>
      <ul>
        {direct.length === 0 && <li className="rail-note">None yet</li>}
        {direct.map((channel) => (
          <ChannelItem key={channel.id} place={place} channel={channel} />
        ))}
      </ul>
      {archived.length > 0 && (
        <>
          <h2>Archived</h2>
          <ul>
            {archived.map((channel) => (
              <ChannelItem key={channel.id} place={place} channel={channel} />
            ))}
          </ul>
        </>
      )}
      <SchemeSelect />
    </nav>
  );
}

/** Whom this tab acts as; a choice takes effect at once. */
function ActAs() {
  const { me, facts } = useHere();
  const tour = useOne("tour");
  const tasks = new Map<string, string>();
  for (const { actAs: who, title, isDone } of tour?.steps ?? []) {
    if (!isDone && !tasks.has(who.userId)) tasks.set(who.userId, title);
  }
  return (
    <div className="act-as">
      <label htmlFor={actAsId}>Act as</label>
      <select id={actAsId} value={me.id} onChange={({ target }) => actAs(target.value)}>
        {facts.people
          .filter(({ bot }) => bot === undefined)
          .map((one) => (
            <option key={one.id} value={one.id} disabled={one.isDeactivated === true}>
              {describe(one)}
            </option>
          ))}
      </select>
      {tasks.has(me.id) && <p className="rail-note">In the tour: {tasks.get(me.id)}</p>}
    </div>
  );
}

function describe(one: { name: string; realName: string; isGuest?: boolean }): string {
  const notes = [
    ...(one.realName === one.name ? [] : [one.realName]),
    ...(one.isGuest ? ["guest"] : []),
  ];
  return `@${one.name}${notes.length > 0 ? ` · ${notes.join(", ")}` : ""}`;
}

function ChannelItem({ channel, place }: { channel: ScreenChannel; place: Place }) {
  const here = useHere();
  const { id, unread, isMentioned, isPrivate, isDirect, isArchived } = channel;
  const isOpen = place.at === id;
  return (
    <Item place={place} at={id} isUnread={unread > 0}>
      {isPrivate && !isDirect && <Icon of="lock" label="private" />}
      {isDirect && <span aria-hidden="true">●</span>}
      <bdi className="rail-name">{channelName(here, channel)}</bdi>
      {isArchived && <span className="only-spoken">, archived</span>}
      {unread > 0 && !isOpen && <UnreadMark count={unread} isMentioned={isMentioned} />}
    </Item>
  );
}

function UnreadMark({ count, isMentioned }: { count: number; isMentioned: boolean }) {
  return (
    <span className="unread" data-mention={isMentioned || undefined}>
      {isMentioned && <span aria-hidden="true">@</span>}
      {count}
      <span className="only-spoken"> unread{isMentioned && ", one names you"}</span>
    </span>
  );
}

function Item(props: { place: Place; at: string; isUnread?: boolean; children: ReactNode }) {
  const { place, at, isUnread = false } = props;
  return (
    <li>
      <a
        href={writePlace({ at, ...paneOf(place) })}
        aria-current={place.at === at ? "page" : undefined}
        data-unread={isUnread || undefined}
      >
        {props.children}
      </a>
    </li>
  );
}
