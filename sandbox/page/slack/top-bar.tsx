import { type Pane, panes, type Place, writePlace } from "#sandbox/page/live/address.ts";
import { useMinute } from "#sandbox/page/live/clock.ts";
import { useTopic } from "#sandbox/page/live/store.ts";
import { useHere } from "./here.tsx";
import "./top-bar.css";

const names: Record<Pane, string> = { tour: "Tour", github: "GitHub", inspector: "Inspector" };

/** Whose workspace, as whom, at what time; and what can stand at the right. */
export function TopBar({ place, onSearch }: { place: Place; onSearch: () => void }) {
  const { facts, me } = useHere();
  return (
    <header className="top-bar">
      <h1>
        <bdi>{facts.team.name}</bdi> <small>Faultline sandbox</small>
      </h1>
      <p className="who">
        You are <strong>@{me.name}</strong>
      </p>
      <WorkspaceClock />
      <button
        type="button"
        className="search"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={onSearch}
      >
        Where to? <kbd>Ctrl K</kbd>
      </button>
      <nav className="pane-links" aria-label="Side panes">
        <PaneLinks place={place} />
      </nav>
    </header>
  );
}

/** On a phone: which of the page's parts is before one. */
export function BottomBar({ place }: { place: Place }) {
  const { at } = place;
  const here = at === undefined ? {} : { at };
  const channels = useTopic("channels");
  let unread = 0;
  for (const one of channels.values()) if (one.id !== at) unread += one.unread;
  const isSide = place.thread !== undefined || place.pane !== undefined;
  const part = place.list ? "list" : isSide ? "side" : "messages";
  return (
    <nav className="bottom-bar" aria-label="Parts of the page">
      <a href={writePlace({ ...here, list: true })} aria-current={part === "list" || undefined}>
        Channels
        {unread > 0 && (
          <span className="unread">
            {unread}
            <span className="only-spoken"> unread</span>
          </span>
        )}
      </a>
      <a href={writePlace(here)} aria-current={part === "messages" || undefined}>
        Messages
      </a>
      <PaneLinks place={place} />
    </nav>
  );
}

/** Opens and closes the panes. */
function PaneLinks({ place }: { place: Place }) {
  const { at, open } = place;
  const here = at === undefined ? {} : { at };
  return panes.map((pane) => {
    const isShown = pane === place.pane && place.thread === undefined && !place.list;
    const opened = pane === "github" && open !== undefined ? { open } : {};
    return (
      <a
        key={pane}
        href={writePlace(isShown ? here : { ...here, ...opened, pane })}
        aria-current={isShown || undefined}
      >
        {names[pane]}
      </a>
    );
  });
}

/** The time in the workspace, where the person is. */
function WorkspaceClock() {
  const { zone, me } = useHere();
  const minute = useMinute();
  if (!minute) return <p className="clock" />;
  const at = minute.toISOString();
  return (
    <p className="clock" title={`The workspace's own time, in ${me.timeZone ?? "UTC"}`}>
      <span className="only-spoken">It is </span>
      <time dateTime={at}>{zone.withZone(at)}</time>
    </p>
  );
}

/** The name of a pane. */
export function paneName(pane: Pane): string {
  return names[pane];
}
