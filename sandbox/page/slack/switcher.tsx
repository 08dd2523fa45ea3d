import { type KeyboardEvent, useId, useState } from "react";
import { actAs, address, go, type Pane, paneOf, panes } from "#sandbox/page/live/address.ts";
import { useTopic } from "#sandbox/page/live/store.ts";
import { channelName, useHere } from "./here.tsx";
import { PlainDialog } from "./plain-dialog.tsx";

interface Target {
  key: string;
  label: string;
  detail: string;
  visit: () => void;
}

/** Where to? Channels, people and panes by a few letters of their names. */
export function Switcher({ onClose }: { onClose: () => void }) {
  return (
    <PlainDialog title="Where to?" className="switcher" onClose={onClose}>
      {(close) => <Search close={close} />}
    </PlainDialog>
  );
}

function Search({ close }: { close: () => void }) {
  const id = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const all = useTargets();
  const wanted = query.trim().toLowerCase();
  const found = all.filter(({ label, detail }) =>
    `${label} ${detail}`.toLowerCase().includes(wanted),
  );
  const visit = (target: Target | undefined) => {
    if (!target) return;
    close();
    target.visit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setActive((active + step + found.length) % found.length);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      visit(found[active]);
    }
  };
  return (
    <>
      <input
        role="combobox"
        aria-label="Channel, person or pane"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder="A few letters of a name"
        value={query}
        onChange={({ target }) => {
          setQuery(target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} role="listbox" aria-label="Found">
        {found.map((target, index) => (
          <li
            key={target.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            ref={(row) => {
              if (index === active) row?.scrollIntoView({ block: "nearest" });
            }}
            onClick={() => visit(target)}
          >
            <bdi>{target.label}</bdi> <small>{target.detail}</small>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p role="status">Nothing is called that.</p>}
    </>
  );
}

const paneNames: Record<Pane, string> = { tour: "Tour", github: "GitHub", inspector: "Inspector" };

function useTargets(): Target[] {
  const here = useHere();
  const channels = useTopic("channels");
  const kept = paneOf(address().place);
  return [
    ...[...channels.values()].map((channel) => ({
      key: channel.id,
      label: channelName(here, channel),
      detail: channel.isDirect ? "direct message" : channel.isArchived ? "archived" : "channel",
      visit: () => go({ at: channel.id, ...kept }),
    })),
    ...(here.facts.hasHome
      ? [
          {
            key: "home",
            label: `Home of ${here.facts.bot.name}`,
            detail: "the app",
            visit: () => go({ at: "home", ...kept }),
          },
        ]
      : []),
    ...here.facts.people
      .filter(({ bot, id, isDeactivated }) => !bot && !isDeactivated && id !== here.me.id)
      .map((one) => ({
        key: one.id,
        label: `@${one.name}`,
        detail: "act as",
        visit: () => actAs(one.id),
      })),
    ...panes.map((one) => ({
      key: one,
      label: paneNames[one],
      detail: "pane",
      visit: () => go({ ...address().place, pane: one }),
    })),
  ];
}
