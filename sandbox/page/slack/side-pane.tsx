import { type ReactNode, useEffect, useRef } from "react";
import type { Place } from "#sandbox/page/live/address.ts";
import type { ScreenChannel } from "#sandbox/screen.ts";
import { channelName, useHere } from "./here.tsx";
import { Icon } from "./icon.tsx";
import { ThreadPane } from "./thread-pane.tsx";
import { paneName } from "./top-bar.tsx";

/** What stands at the right: a thread, or the pane that was chosen (`children`). */
export function SidePane(props: {
  place: Place;
  channel: ScreenChannel | undefined;
  onClose: () => void;
  children: ReactNode;
}) {
  const { place, channel, onClose } = props;
  const here = useHere();
  const aside = useRef<HTMLElement>(null);
  const isThread = place.thread !== undefined && channel !== undefined;
  const title = isThread ? "Thread" : place.pane ? paneName(place.pane) : "";
  // who opens a thread is in it; a pane that was there from the start takes nobody's focus
  useEffect(() => {
    if (isThread) aside.current?.querySelector("textarea")?.focus();
  }, [isThread, place.thread]);
  return (
    <aside ref={aside} className="side" data-region="side" aria-label={title} tabIndex={-1}>
      <header className="side-header">
        <h2>
          {title} {isThread && <small>{channelName(here, channel)}</small>}
        </h2>
        <button type="button" className="quiet" aria-label={`Close ${title}`} onClick={onClose}>
          <Icon of="close" />
        </button>
      </header>
      {isThread && place.thread !== undefined ? (
        <ThreadPane
          key={`${here.me.id} ${place.thread}`}
          channel={channel}
          ts={place.thread}
          pointedTs={place.message}
        />
      ) : (
        <div className="side-body">{props.children}</div>
      )}
    </aside>
  );
}
