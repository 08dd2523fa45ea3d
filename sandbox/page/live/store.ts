import { useSyncExternalStore } from "react";
import type { Patch, Singles, Topics } from "./topics.ts";

/** Everything this tab was told, and how it is kept up to date. */
export interface Told {
  lists: { [Name in keyof Topics]: ReadonlyMap<string, Topics[Name]> };
  singles: Partial<Singles>;
}
/** `refused`: there is nobody of this name, or nobody may act as them. */
export type Connection = "connecting" | "live" | "lost" | "refused";

let told: Told = nothingTold();
let connection: Connection = "connecting";
const listeners = new Set<() => void>();

/** A list by key, in the order of arrival; the same map as long as nothing in it changes. */
export function useTopic<Name extends keyof Topics>(name: Name): ReadonlyMap<string, Topics[Name]> {
  const read = () => told.lists[name];
  return useSyncExternalStore(subscribe, read, read);
}

/** One thing; undefined until it has come. */
export function useOne<Name extends keyof Singles>(name: Name): Singles[Name] | undefined {
  const read = () => told.singles[name];
  return useSyncExternalStore(subscribe, read, read);
}

/** Whether what is shown is kept up to date. */
export function useConnection(): Connection {
  const read = () => connection;
  return useSyncExternalStore(subscribe, read, read);
}

/** Close codes of 4000 and above are the page server's own: it says no, and would say it again. */
const firstOwnCode = 4_000;
const againMs = 1_000;

/**
 * Connects as this person, again and again where the connection is lost; returns how to end it. As
 * nobody (or somebody unknown) only the workspace is told of, so that a person can be chosen.
 */
export function connect(userId: string): () => void {
  let isOver = false;
  let isRefused = false;
  let socket: WebSocket | undefined;
  let timer = 0;
  const open = () => {
    const as = isRefused ? "" : userId;
    const address = new URL(`/live?as=${encodeURIComponent(as)}`, location.href);
    address.protocol = "ws:";
    socket = new WebSocket(address);
    let isFirst = true;
    socket.addEventListener("message", ({ data }) => {
      if (isOver) return;
      // after a gap, and as somebody else, nothing of before stays
      told = patched(isFirst ? nothingTold() : told, JSON.parse(String(data)) as Patch);
      isFirst = false;
      connection = isRefused ? "refused" : "live";
      tell();
    });
    socket.addEventListener("close", ({ code }) => {
      if (isOver) return;
      const isNo = code >= firstOwnCode;
      isRefused ||= isNo;
      connection = isNo ? "refused" : "lost";
      tell();
      timer = window.setTimeout(open, isNo ? 0 : againMs);
    });
  };
  open();
  return () => {
    isOver = true;
    window.clearTimeout(timer);
    socket?.close();
  };
}

/** What is known after a patch. A list in which nothing changed stays the same map. */
export function patched(before: Told, { set = {}, gone = {}, one = {} }: Patch): Told {
  const lists = { ...before.lists } as Record<keyof Topics, ReadonlyMap<string, unknown>>;
  for (const name of Object.keys(before.lists) as (keyof Topics)[]) {
    const added = set[name];
    const removed = gone[name];
    if (!added && !removed) continue;
    const map = new Map<string, unknown>(before.lists[name]);
    for (const key of removed ?? []) map.delete(key);
    for (const [key, value] of Object.entries(added ?? {})) map.set(key, value);
    lists[name] = map;
  }
  return { lists: lists as Told["lists"], singles: { ...before.singles, ...one } };
}

/** Before the first patch. */
export function nothingTold(): Told {
  const empty = () => new Map<string, never>();
  return {
    lists: {
      channels: empty(),
      messages: empty(),
      files: empty(),
      issues: empty(),
      pulls: empty(),
      calls: empty(),
      deliveries: empty(),
      effects: empty(),
    },
    singles: {},
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
