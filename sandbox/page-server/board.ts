import type { Singles, Topics } from "#sandbox/page/live/topics.ts";
import { nothing, type Snapshot } from "./snapshot.ts";

/** What every tab is told alike. Whoever learns something puts it here. */
export interface Board {
  readonly now: Snapshot;
  put<Name extends keyof Singles>(name: Name, value: Singles[Name]): void;
  putList(name: keyof Topics, list: ReadonlyMap<string, string>): void;
  /** Called after each change. */
  onChange(listener: () => void): void;
}

/** An empty board. */
export function createBoard(): Board {
  let now: Snapshot = nothing;
  const listeners: (() => void)[] = [];
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    get now() {
      return now;
    },
    put(name, value) {
      const text = JSON.stringify(value);
      if (now.ones[name] === text) return;
      now = { ...now, ones: { ...now.ones, [name]: text } };
      tell();
    },
    putList(name, list) {
      if (isSame(now.lists[name], list)) return;
      now = { ...now, lists: { ...now.lists, [name]: list } };
      tell();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

function isSame(
  one: ReadonlyMap<string, string> | undefined,
  other: ReadonlyMap<string, string>,
): boolean {
  if (one?.size !== other.size) return false;
  for (const [key, text] of other) if (one.get(key) !== text) return false;
  return true;
}
