/** How moments of the workspace read in one person's time zone. */
export interface Zone {
  /** "09:20". */
  time(at: string): string;
  /** "Monday, 9 March 2026 at 09:20:31 GMT+1". */
  full(at: string): string;
  /** "Mon, 9 March 2026 at 09:20". */
  short(at: string): string;
  /** The same with the zone's name: "Mon, 9 March 2026 at 09:20 GMT+1". */
  withZone(at: string): string;
  /** "2026-03-09": the day it was there. */
  dayKey(at: string): string;
  /** "Today", "Yesterday" or "Friday 6 March", with the year where it is another. */
  dayName(at: string, now: Date): string;
}

const zones = new Map<string, Zone>();

/** The formats of a zone by its IANA name; UTC where there is none of this name. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name) ?? makeZone(isZone(name) ? name : "UTC");
  zones.set(name, known);
  return known;
}

function makeZone(timeZone: string): Zone {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
  const time = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const full = format({ dateStyle: "full", timeStyle: "long", hourCycle: "h23" });
  const shortParts: Intl.DateTimeFormatOptions = {
    weekday: "short",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  };
  const short = format(shortParts);
  const withZone = format({ ...shortParts, timeZoneName: "short" });
  const day = format({ weekday: "long", day: "numeric", month: "long" });
  const year = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  // the Swedish form is the ISO form
  const key = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
  const said = (one: Intl.DateTimeFormat, at: string) => {
    const date = new Date(at);
    return Number.isNaN(date.getTime()) ? "" : one.format(date);
  };
  return {
    time: (at) => said(time, at),
    full: (at) => said(full, at),
    short: (at) => said(short, at),
    withZone: (at) => said(withZone, at),
    dayKey: (at) => said(key, at),
    dayName(at, now) {
      const then = said(key, at);
      const today = key.format(now);
      if (then === today) return "Today";
      if (then === dayBefore(today)) return "Yesterday";
      return said(then.slice(0, 4) === today.slice(0, 4) ? day : year, at);
    },
  };
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function isZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
