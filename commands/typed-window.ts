import type { ScanWindow } from "#src/domain/ledger/ledger.ts";
import { err, ok, type Result } from "#src/lib/result.ts";

/** What stands after `versions`: a service, a window, both or neither. */
export interface TypedScan {
  /** Empty where none was typed. */
  service: string;
  /** Null where none was typed. */
  window: ScanWindow | null;
  /** The window as it was typed; empty where none was. */
  windowText: string;
}

/**
 * Reads "assistant 48h", "7d", "2026-03-01..2026-03-05": the last word is the window where it reads like
 * one, what stands before it the service. Days are UTC and whole, the last one too; both ends may have a time
 * (`2026-03-01T14:00`). A word that was meant as a window and is none: an error that says what to type.
 */
export function readTypedScan(
  text: string,
  { now, slashCommand }: { now: Date; slashCommand: string },
): Result<TypedScan, string> {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const last = words.at(-1) ?? "";
  const service = words.slice(0, -1).join(" ");
  const wrong = (why: string) => err(`${why} ${examplesOf(slashCommand)}`);
  const [, count, unit = ""] = /^(\d{1,5})([mhdw])$/i.exec(last) ?? [];
  if (count !== undefined) {
    const ms = Number(count) * (unitMs[unit.toLowerCase()] ?? 0);
    if (ms === 0 || ms > longestMs) {
      return wrong(`\`${last}\` is no window: it has to be from one minute to ten years long.`);
    }
    return ok({
      service,
      window: { from: new Date(now.getTime() - ms), to: now },
      windowText: last,
    });
  }
  if (!/\.\.|^\d{4}-\d/.test(last)) {
    return /^\d+\s*[a-z]*$/i.test(last) && words.length > 1
      ? wrong(`\`${oneWord(last)}\` is no window that I know.`)
      : ok({ service: words.join(" "), window: null, windowText: "" });
  }
  const [start = "", end, ...more] = last.split("..");
  const from = timeOf(start, "start");
  const to = end === undefined ? timeOf(start, "end") : end === "" ? now : timeOf(end, "end");
  if (!from || !to || more.length > 0) {
    return wrong(`\`${oneWord(last)}\` is no window that I know.`);
  }
  if (from >= to) return wrong(`\`${oneWord(last)}\` ends before it begins.`);
  if (from > now) return wrong(`\`${oneWord(last)}\` lies in the future.`);
  if (to.getTime() - from.getTime() > longestMs) {
    return wrong(`\`${oneWord(last)}\` is longer than ten years.`);
  }
  return ok({ service, window: { from, to }, windowText: last });
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

function examplesOf(slashCommand: string): string {
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
    return which === "start" ? midnight : new Date(midnight.getTime() + dayMs);
  }
  const at = new Date(`${day}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** What was typed, short and without what would end its marks. */
function oneWord(word: string): string {
  return word.replaceAll("`", "").slice(0, 60);
}
