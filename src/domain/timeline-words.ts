import { isLayerId, layers } from "./layers/index.ts";
import type { UserId } from "./person.ts";
import type { TimelineEntry } from "./timeline.ts";

/**
 * A sentence in parts, so that each place (Slack, GitHub) escapes what people wrote in its own way and
 * names people as it can. A string is our own words.
 */
export type Words = readonly Word[];
export type Word =
  | string
  | { kind: "person"; userId: UserId }
  /** Something short that stands as it is: an id, a number, a word of a list. */
  | { kind: "value"; text: string }
  /** What somebody wrote, in quotation marks; `saidLast` ends the sentence and brings a stop where it has none. */
  | { kind: "said" | "saidLast"; text: string }
  /** Whole sentences of ours or somebody's, without quotation marks; a stop ends them. */
  | { kind: "sentence"; text: string }
  | { kind: "time"; at: Date }
  | { kind: "link"; url: string; label: string };

/** `words`${actor} took back ${said(what)}.`: the text between is our own. */
export function words(strings: TemplateStringsArray, ...parts: readonly (Word | Words)[]): Words {
  const all: Word[] = [strings[0] ?? ""];
  parts.forEach((part, index) => {
    if (Array.isArray(part)) all.push(...(part as Words));
    else all.push(part as Word);
    all.push(strings[index + 1] ?? "");
  });
  return all.filter((part) => part !== "");
}

/** What somebody wrote, in the middle of a sentence. */
export function said(text: string): Word {
  return { kind: "said", text };
}

/** What somebody wrote, at the end of a sentence. */
export function saidLast(text: string): Word {
  return { kind: "saidLast", text };
}

/** An id, a number or a word of a closed list. */
export function value(text: string): Word {
  return { kind: "value", text };
}

/** The first letter small, for a label in the middle of a sentence. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** What people see for an id of a closed list; the id itself where it is not on it. */
export function wordOf(
  list: Readonly<Record<string, string | { label: string }>>,
  id: string,
): string {
  const word = Object.hasOwn(list, id) ? list[id] : undefined;
  return (typeof word === "string" ? word : word?.label) ?? id;
}

/** What a sentence about an entry is written from. What an entry does not hold reads as empty text. */
export interface EntryReader {
  /** Who did it. */
  actor: Word;
  /** Who says so, and in brackets who recorded it, where that is somebody else. */
  author: Words;
  text(key: string): string;
  list(key: string): string[];
  isTrue(key: string): boolean;
  /** Whether the person under this key is who did it. */
  isBy(key: string): boolean;
  /** The person under this key; "nobody" where there is none. */
  person(key: string): Word;
  /** The layer under this key: its label. */
  layer(key: string): Word;
  value(key: string): Word;
  /** The time under this key, which is ISO text. */
  time(key: string): Word;
}

/** An entry, as its sentence reads it. */
export function readerOf(entry: TimelineEntry): EntryReader {
  const text = (key: string): string => String(entry.data[key] ?? "");
  const person = (key: string): Word =>
    text(key) === "" ? "nobody" : { kind: "person", userId: text(key) as UserId };
  const actor: Word = { kind: "person", userId: entry.actor };
  const isOwnWord = text("author") === "" || text("author") === entry.actor;
  return {
    actor,
    author: isOwnWord ? [actor] : words`${person("author")} (recorded by ${actor})`,
    text,
    list(key) {
      const found = entry.data[key];
      return Array.isArray(found) ? found.map(String) : [];
    },
    isTrue: (key) => entry.data[key] === true,
    isBy: (key) => text(key) === entry.actor,
    person,
    layer(key) {
      const id = text(key);
      return isLayerId(id) ? layers[id].label : value(id);
    },
    value: (key) => value(text(key)),
    time(key) {
      const at = new Date(text(key));
      return Number.isNaN(at.getTime()) ? value(text(key)) : { kind: "time", at };
    },
  };
}
