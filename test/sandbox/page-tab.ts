import { once } from "node:events";
import { expect, vi } from "vitest";
import { WebSocket } from "ws";
import type { Patch, Singles, Topics } from "#sandbox/page/live/topics.ts";

/** A tab of the page as the server sees it: what it was told, put together. */
export interface Tab {
  lists: { [Name in keyof Topics]?: Record<string, Topics[Name]> };
  ones: Partial<Singles>;
  patches: Patch[];
  /** Why it was closed. */
  closed: Promise<{ code: number; reason: string }>;
  /** Waits until it shows this. */
  shows(what: (tab: Tab) => unknown): Promise<void>;
  close(): void;
}

/** Opens a tab as this person, and waits for its first news. */
export async function openTab(url: string, as: string, origin = url): Promise<Tab> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/live?as=${as}`, { origin });
  const closing = once(socket, "close") as Promise<[number, Buffer]>;
  // whoever is refused is told by the promise below
  closing.catch(() => undefined);
  const tab: Tab = {
    lists: {},
    ones: {},
    patches: [],
    closed: closing.then(
      ([code, reason]) => ({ code, reason: reason.toString() }),
      (error: unknown) => ({ code: 0, reason: String(error) }),
    ),
    shows: (what) =>
      vi.waitFor(() => expect(what(tab)).toBeTruthy(), { timeout: 5_000, interval: 10 }),
    close: () => socket.close(),
  };
  socket.on("message", (data: Buffer) => {
    const patch = JSON.parse(data.toString()) as Patch;
    tab.patches.push(patch);
    applyPatch(tab, patch);
  });
  await Promise.race([once(socket, "message"), once(socket, "close")]);
  return tab;
}

/** What the page does with a patch. */
export function applyPatch(shown: Pick<Tab, "lists" | "ones">, patch: Patch): void {
  for (const [name, keys] of Object.entries(patch.gone ?? {})) {
    const list: Record<string, unknown> = { ...shown.lists[name as keyof Topics] };
    for (const key of keys) delete list[key];
    Object.assign(shown.lists, { [name]: list });
  }
  for (const [name, things] of Object.entries(patch.set ?? {})) {
    Object.assign(shown.lists, { [name]: { ...shown.lists[name as keyof Topics], ...things } });
  }
  Object.assign(shown.ones, patch.one);
}
