import { type KeyboardEvent, useMemo, useState } from "react";
import { useTopic } from "#sandbox/page/live/store.ts";
import { useHere } from "./here.tsx";
import { type Known, suggest, type Suggestion, type Suggestions } from "./suggestions.ts";

/** What is offered now, and how the keyboard goes through it. */
export interface Offer {
  shown: Suggestions | undefined;
  /** The one that Enter picks; -1: none. */
  active: number;
  pick: (item: Suggestion) => void;
  moveCursor: (cursor: number) => void;
  dismiss: () => void;
  /** Whether the key was meant for the list. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  /** The hint of the command that is being typed. */
  hint: string | undefined;
}

/** Commands, people and channels that can be written of here; in a channel its members come first. */
export function useKnown(channelId: string): Known {
  const { facts } = useHere();
  const channels = useTopic("channels");
  return useMemo(() => {
    const members = new Set(channels.get(channelId)?.memberIds);
    const bot = { id: facts.bot.userId, name: facts.bot.name, realName: facts.bot.name };
    const people = [...facts.people, bot].toSorted(
      (a, b) => Number(members.has(b.id)) - Number(members.has(a.id)),
    );
    return {
      commands: facts.commands,
      people,
      channels: [...channels.values()].filter((one) => !one.isDirect && !one.isArchived),
    };
  }, [facts, channels, channelId]);
}

/** What is offered for what stands before the cursor. */
export function useSuggestions(
  text: string,
  known: Known,
  hasCommands: boolean,
  write: (text: string, caret: number) => void,
): Offer {
  const [cursor, setCursor] = useState(0);
  const [moved, setMoved] = useState<{ on: string; to: number }>();
  const [dismissed, setDismissed] = useState<string>();
  const found = useMemo(
    () => suggest(text, cursor, hasCommands ? known : { ...known, commands: [] }),
    [text, cursor, known, hasCommands],
  );
  const shown = dismissed === text ? undefined : found;
  const count = shown?.items.length ?? 0;
  // where somebody has moved to counts as long as nothing else is typed
  const active = moved?.on === text ? Math.min(moved.to, count - 1) : shown?.isEager ? 0 : -1;
  const pick = ({ insert }: Suggestion) => {
    if (!shown) return;
    const next = text.slice(0, shown.from) + insert + text.slice(shown.to).replace(/^ /, "");
    const caret = shown.from + insert.length;
    setCursor(caret);
    write(next, caret);
  };
  return {
    shown,
    active,
    pick,
    moveCursor: setCursor,
    dismiss: () => setDismissed(text),
    hint:
      shown?.kind === "subcommand"
        ? known.commands.find(({ command }) => text.trimStart().startsWith(command))?.usageHint
        : undefined,
    onKeyDown(event) {
      if (!shown) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const chosen = shown.items[event.key === "Tab" ? Math.max(active, 0) : active];
      if (step !== undefined) {
        setMoved({ on: text, to: (active + step + count) % count });
      } else if (event.key === "Escape") {
        setDismissed(text);
      } else if (chosen && !event.shiftKey && (event.key === "Enter" || event.key === "Tab")) {
        pick(chosen);
      } else {
        return false;
      }
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
