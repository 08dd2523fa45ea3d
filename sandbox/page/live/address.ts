import { useSyncExternalStore } from "react";

/**
 * Who somebody is and where they are, in the page's address: `?as=U1#/C1?thread=12.34&pane=tour`. So
 * two tabs are two people, and reload, Back and a copied address lead to the same place.
 */
export interface Address {
  /** Whom this tab acts as; empty: nobody was chosen. */
  as: string;
  place: Place;
}
export interface Place {
  /** A channel's id, "home" or "browse"; absent: wherever this person comes in. */
  at?: string;
  /** The ts of a thread's head: the thread is open. */
  thread?: string;
  /** The ts of a message to show. */
  message?: string;
  pane?: Pane;
  /** What the GitHub pane shows: the url of an issue or a pull request. */
  open?: string;
  /** On a phone: the list of channels is before them. */
  list?: boolean;
}
export const panes = ["tour", "github", "inspector"] as const;
export type Pane = (typeof panes)[number];

/** Reads a hash; what it does not know is left out. */
export function readPlace(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const given = new URLSearchParams(query);
  const place: Place = {};
  const at = decoded(path);
  if (/^[\w-]+$/.test(at)) place.at = at;
  for (const key of ["thread", "message"] as const) {
    const ts = given.get(key);
    if (ts !== null && /^\d+\.\d+$/.test(ts)) place[key] = ts;
  }
  const pane = panes.find((one) => one === given.get("pane"));
  if (pane) place.pane = pane;
  const open = given.get("open");
  if (open !== null && open !== "") place.open = open;
  if (given.has("list")) place.list = true;
  return place;
}

/** The hash of a place, for a link or the address. */
export function writePlace(place: Place): string {
  const query = new URLSearchParams();
  if (place.thread !== undefined) query.set("thread", place.thread);
  if (place.message !== undefined) query.set("message", place.message);
  if (place.pane !== undefined) query.set("pane", place.pane);
  if (place.open !== undefined) query.set("open", place.open);
  if (place.list) query.set("list", "1");
  const text = query.toString();
  return `#/${place.at ?? ""}${text === "" ? "" : `?${text}`}`;
}

/** What stands at the right of a place: it stays where one goes elsewhere. */
export function paneOf({ pane, open }: Place): Pick<Place, "pane" | "open"> {
  return { ...(pane ? { pane } : {}), ...(open === undefined ? {} : { open }) };
}

let current: Address | undefined;
const listeners = new Set<() => void>();

/** Who and where; rendered anew when it changes. */
export function useAddress(): Address {
  return useSyncExternalStore(subscribe, address);
}

/** Who and where, now. */
export function address(): Address {
  return (current ??= read());
}

/** Goes to a place; Back leads here again, unless `isInstead`. */
export function go(place: Place, isInstead = false): void {
  visit(location.search + writePlace(place), isInstead);
}

/** Acts as somebody else from now on, at the same place. */
export function actAs(userId: string, isInstead = false): void {
  visit(addressOf(userId), isInstead);
}

/** The address of this place as somebody else, for a second tab. */
export function addressOf(userId: string): string {
  const query = new URLSearchParams(location.search);
  query.set("as", userId);
  // what was pointed at was for the one who looked for it
  const { message: _message, ...place } = address().place;
  return `?${query}${writePlace(place)}`;
}

function visit(url: string, isInstead: boolean): void {
  // who is there already need not go back over it
  if (isInstead || url === location.search + location.hash) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  changed();
}

function read(): Address {
  return {
    as: new URLSearchParams(location.search).get("as") ?? "",
    place: readPlace(location.hash),
  };
}

function changed(): void {
  current = read();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    addEventListener("popstate", changed);
    addEventListener("hashchange", changed);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    removeEventListener("popstate", changed);
    removeEventListener("hashchange", changed);
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}
