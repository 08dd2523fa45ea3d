import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { go, paneOf, type Place, writePlace } from "#sandbox/page/live/address.ts";
import { useTopic } from "#sandbox/page/live/store.ts";
import type { ScreenChannel } from "#sandbox/screen.ts";
import { Announcer } from "./announcer.tsx";
import { Banners } from "./banners.tsx";
import { Browse } from "./browse.tsx";
import { ChannelView } from "./channel-view.tsx";
import { messageBoxId } from "./composer.tsx";
import { firstOf, landingOf } from "./landing.ts";
import { Forms, useForms } from "./forms.tsx";
import { channelName, useHere } from "./here.tsx";
import { HomeTab } from "./home-tab.tsx";
import { keep } from "./keeping.ts";
import { Notices } from "./notices.tsx";
import { Rail } from "./rail.tsx";
import { SidePane } from "./side-pane.tsx";
import { Switcher } from "./switcher.tsx";
import { BottomBar, TopBar } from "./top-bar.tsx";
import { useKeys } from "./use-keys.ts";
import { useWide } from "./use-wide.ts";
import "./workspace.css";

const middleId = "middle";

/** Slack as one person has it before them. `panes`: what else can stand at the right. */
export function Workspace({ place: given, panes }: { place: Place; panes: ReactNode }) {
  const { me } = useHere();
  const channels = useTopic("channels");
  const [isSearching, setIsSearching] = useState(false);
  const place = { ...given, at: given.at ?? firstOf(channels.values()) };
  const channel = channels.get(place.at);
  const hasSide = place.pane !== undefined || (place.thread !== undefined && channel !== undefined);
  useKeys({ onSearch: () => setIsSearching(true), onEscape: () => closeSide(place) });
  const where = useTitle(place.at, channel);
  useToured(place.pane);
  useLanding(place);
  const form = useForms();
  const isWide = useWide();
  const isBehind = form.top !== undefined && isWide;
  const part = place.list ? "channels" : hasSide ? "side" : "messages";
  return (
    <div className="workspace" data-part={part} data-side={hasSide || undefined}>
      <SkipLink to={channel?.isMember && !channel.isArchived ? messageBoxId : middleId} />
      <TopBar place={place} onSearch={() => setIsSearching(true)} />
      <Banners />
      <Rail place={place} />
      <main
        id={middleId}
        className="middle"
        data-region={isBehind ? undefined : "messages"}
        tabIndex={-1}
        aria-label={where}
      >
        <div className="behind" inert={isBehind}>
          <Middle place={place} channel={channel} meId={me.id} />
        </div>
      </main>
      <Forms at={form} isModal={!isWide} />
      {hasSide && (
        <SidePane place={place} channel={channel} onClose={() => closeSide(place)}>
          {panes}
        </SidePane>
      )}
      <BottomBar place={place} />
      <Announcer key={me.id} />
      {isSearching && <Switcher onClose={() => setIsSearching(false)} />}
      <Notices />
    </div>
  );
}

function Middle(props: { place: Place; channel: ScreenChannel | undefined; meId: string }) {
  const { place, channel, meId } = props;
  if (place.at === "home") return <HomeTab key={meId} />;
  if (place.at === "browse") return <Browse place={place} />;
  if (channel) return <ChannelView channel={channel} place={place} />;
  return <NoChannel place={place} />;
}

/** A channel that is not there for this person: a private one, perhaps. */
function NoChannel({ place }: { place: Place }) {
  const channels = useTopic("channels");
  const general = channels.get(firstOf(channels.values()));
  return (
    <div className="page-body">
      <h2>
        {place.at?.startsWith("D")
          ? "This is somebody else's direct message."
          : "There is no such channel, or it is private."}
      </h2>
      {general && (
        <p>
          <a href={writePlace({ at: general.id, ...paneOf(place) })}>Go to #{general.name}</a>, or
          act as somebody who is in it.
        </p>
      )}
    </div>
  );
}

/** Whoever comes to a place that they do not see, because the one before saw it, goes on at one they do. */
function useLanding(place: Place): void {
  const { me, facts } = useHere();
  const channels = useTopic("channels");
  const lastId = useRef(me.id);
  useLayoutEffect(() => {
    if (lastId.current === me.id) return;
    lastId.current = me.id;
    const at = place.at ?? "";
    if (at === "home" || at === "browse" || channels.has(at)) return;
    go({ at: landingOf(channels.values(), facts.bot.userId), ...paneOf(place) }, true);
  }, [me.id]);
}

/** First the thread is closed, then what stood behind it. */
function closeSide(place: Place): void {
  const here = place.at === undefined ? {} : { at: place.at };
  go(place.thread === undefined ? here : { ...here, ...paneOf(place) });
}

/** Past everything to where one writes, or to what there is to read. */
function SkipLink({ to }: { to: string }) {
  return (
    <a
      className="skip"
      href={`#${to}`}
      onClick={(event) => {
        // the hash is the page's own address
        event.preventDefault();
        document.getElementById(to)?.focus();
      }}
    >
      {to === messageBoxId ? "To the message box" : "To the content"}
    </a>
  );
}

/** The tour opens by itself until somebody has closed it. */
function useToured(pane: Place["pane"]): void {
  useEffect(() => {
    if (pane !== "tour") keep("local", "toured", "yes");
  }, [pane]);
}

/** Titles the tab; returns the name of what is in the middle. */
function useTitle(at: string, channel: ScreenChannel | undefined): string {
  const here = useHere();
  const channels = useTopic("channels");
  let unread = 0;
  for (const one of channels.values()) if (one.id !== at) unread += one.unread;
  const where = channel
    ? channelName(here, channel)
    : at === "home"
      ? `Home of ${here.facts.bot.name}`
      : "Channels";
  const title = `${unread > 0 ? `(${unread}) ` : ""}${where} · @${here.me.name} · Faultline sandbox`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return where;
}
