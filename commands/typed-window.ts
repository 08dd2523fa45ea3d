import type { ScanWindow } from "#src/domain/ledger/ledger.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { readTypedName } from "./typed-name.ts";

/** What stands after `versions`: a service, a window, both or neither. */
export interface TypedScan {
  /** Empty where none was typed. */
  service: string;
  /** Null where none was typed. */
  window: ScanWindow | null;
  /** The window as it was typed; empty where none was. */
  windowText: string;
}

interface Typing {
  now: Date;
  slashCommand: string;
  /** Names of services that are known: one of them may end in what reads like a window. */
  services: readonly string[];
}

/**
 * Reads "assistant 48h", "“Travel assistant” 7d", "2026-03-01..2026-03-05": what stands between quotes is the
 * service, or the longest known name that it begins with; else the last word is the window where it reads like
 * one, and what stands before it the service. Days are UTC and whole, the last one too; both ends may have a
 * time (`2026-03-01T14:00`). A word that was meant as a window and is none: an error that says what to type.
 */
export function readTypedScan(text: string, typing: Typing): Result<TypedScan, string> {
  const { quoted, rest } = readTypedName(text);
  if (quoted !== null) return readAfter(quoted, rest, typing) ?? noWindow(rest, typing);
  const words = rest.split(" ");
  for (const count of knownLengths(words, typing.services)) {
    const [service, after] = [words.slice(0, count), words.slice(count)];
    const read = readAfter(service.join(" "), after.join(" "), typing);
    if (read) return read;
  }
  const last = words.at(-1) ?? "";
  const window = readWindow(last, typing);
  if (!window) {
    return /^\d+\s*[a-z]*$/i.test(last) && words.length > 1
      ? noWindow(last, typing)
      : ok({ service: rest, window: null, windowText: "" });
  }
  const service = words.slice(0, -1).join(" ");
  return window.ok ? ok({ service, window: window.value, windowText: last }) : window;
}

/** How many of the words are a known name, in whatever case, where the text begins with one; the most first. */
function knownLengths(words: readonly string[], services: readonly string[]): number[] {
  const known = new Set(services.map((name) => name.trim().replaceAll(/\s+/g, " ").toLowerCase()));
  return words
    .map((_, index) => index + 1)
    .filter((count) => known.has(words.slice(0, count).join(" ").toLowerCase()))
    .toReversed();
}

/** A service that is known to be one, and what follows it; undefined where that is no window. */
function readAfter(
  service: string,
  windowText: string,
  typing: Typing,
): Result<TypedScan, string> | undefined {
  if (windowText === "") return ok({ service, window: null, windowText });
  const window = readWindow(windowText, typing);
  if (!window) return undefined;
  return window.ok ? ok({ service, window: window.value, windowText }) : window;
}

/** One word as a window up to now, or from when to when; undefined where it does not look like one. */
function readWindow(word: string, typing: Typing): Result<ScanWindow, string> | undefined {
  const { now } = typing;
  const wrong = (why: string) => err(`\`${oneWord(word)}\` ${why} ${examplesOf(typing)}`);
  const [, count, unit = ""] = /^(\d{1,5})([mhdw])$/i.exec(word) ?? [];
  if (count !== undefined) {
    const ms = Number(count) * (unitMs[unit.toLowerCase()] ?? 0);
    return ms === 0 || ms > longestMs
      ? wrong("is no window: it has to be from one minute to ten years long.")
      : ok({ from: new Date(now.getTime() - ms), to: now });
  }
  if (!/\.\.|^\d{4}-\d/.test(word)) return undefined;
  const [start = "", end, ...more] = word.split("..");
  const from = timeOf(start, "start");
  const to = end === undefined ? timeOf(start, "end") : end === "" ? now : timeOf(end, "end");
  if (!from || !to || more.length > 0) return wrong("is no window that I know.");
  if (from >= to) return wrong("ends before it begins.");
  if (from > now) return wrong("lies in the future.");
  if (to.getTime() - from.getTime() > longestMs) return wrong("is longer than ten years.");
  return ok({ from, to });
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const unitMs: Readonly<Record<string, number>> = {
  m: 60_000,
  h: hourMs,
  d: dayMs,
  w: 7 * dayMs,
};
const longestMs = 3_653 * dayMs;

function noWindow(text: string, typing: Typing): Result<never, string> {
  return err(`\`${oneWord(text)}\` is no window that I know. ${examplesOf(typing)}`);
}

function examplesOf({ slashCommand }: Typing): string {
  return `Say how far back to look, for example \`${slashCommand} versions 48h\`, \`${slashCommand} versions 7d\`, or from when to when, \`${slashCommand} versions 2026-03-01..2026-03-05\`.`;
}

/** A day (its first or its last moment) or a time, in UTC unless it says otherwise; undefined where there is no such. */
function timeOf(text: string, which: "start" | "end"): Date | undefined {
  const [, day, time, zone = "Z"] =
    /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?)?$/i.exec(text) ?? [];
  if (day === undefined) return undefined;
  const midnight = new Date(`${day}T00:00:00Z`);
  // 30 February would roll over into March
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return undefined;
  if (time === undefined) {
    // both ends of a window belong to it, and the next midnight is of the next day
    return which === "start" ? midnight : new Date(midnight.getTime() + dayMs - 1);
  }
  const at = new Date(`${day}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** What was typed, short and without what would end its marks. */
function oneWord(word: string): string {
  return word.replaceAll("`", "").slice(0, 60);
}
