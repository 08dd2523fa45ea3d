import { useSyncExternalStore } from "react";
import { Icon } from "./icon.tsx";

/** Short sentences at the edge of the page: what could not be done, and what was done unseen. */
interface Notice {
  id: number;
  text: string;
  tone: "plain" | "problem";
}

const shownMs = 8_000;
const most = 4;
let notices: readonly Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Says something at the edge of the page. */
export function notify(text: string, tone: Notice["tone"] = "plain"): void {
  lastId += 1;
  const id = lastId;
  set([...notices, { id, text, tone }].slice(-most));
  // a problem stands until somebody has read it
  if (tone === "plain") setTimeout(() => drop(id), shownMs);
}

/** Does something, and says so where it cannot be done; whether it was done. */
export async function attempt(what: () => Promise<unknown>): Promise<boolean> {
  try {
    await what();
    return true;
  } catch (error) {
    notify(sentenceOf(error), "problem");
    return false;
  }
}

/** The sentence of what was thrown. */
export function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Where these sentences stand. */
export function Notices() {
  const shown = useSyncExternalStore(subscribe, () => notices);
  return (
    <div className="notices" role="status" aria-live="polite">
      {shown.map(({ id, text, tone }) => (
        <p key={id} className="notice" data-tone={tone}>
          <span>{text}</span>
          <button type="button" className="quiet" aria-label="Dismiss" onClick={() => drop(id)}>
            <Icon of="close" />
          </button>
        </p>
      ))}
    </div>
  );
}

function drop(id: number): void {
  set(notices.filter((one) => one.id !== id));
}

function set(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
