/** Between seconds since 1970, as the bot has them, and what a clock on the wall shows in a time zone. */

/** What stands on calendar and clock. Months count from 1. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar and clock of this zone at this moment. */
export function wallTime(seconds: number, zone: string): WallTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(seconds * 1_000)
      .map(({ type, value }) => [type, value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = number("year");
  return {
    // the year before 1 is 0, and is written as 1 BC
    year: parts.get("era") === "B" ? 1 - year : year,
    month: number("month"),
    day: number("day"),
    hour: number("hour"),
    minute: number("minute"),
    second: number("second"),
  };
}

/**
 * The moment at which the clocks of this zone show this time. A time that they skip in spring is moved
 * on by what they skip; of a time that they show twice in autumn, it is the first.
 */
function momentOf(wall: WallTime, zone: string): number {
  const asUtc = utcSeconds(wall);
  // no zone is more than a day from UTC, and none changes its clocks twice in two days
  const before = offsetAt(asUtc - 86_400, zone);
  const after = offsetAt(asUtc + 86_400, zone);
  const fits = [asUtc - before, asUtc - after]
    .filter((moment) => utcSeconds(wallTime(moment, zone)) === asUtc)
    .toSorted((a, b) => a - b);
  return fits[0] ?? asUtc - before;
}

/** "2026-03-09T14:30", the value of a field for date and time. */
export function toLocalInput(seconds: number, zone: string): string {
  const { year, month, day, hour, minute } = wallTime(seconds, zone);
  return `${padded(year, 4)}-${padded(month)}-${padded(day)}T${padded(hour)}:${padded(minute)}`;
}

/** Seconds since 1970 for the value of such a field; undefined where it is not complete. */
export function fromLocalInput(value: string, zone: string): number | undefined {
  const match = /^(\d{4,6})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?/.exec(value);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((digits) => Number(digits ?? 0));
  return momentOf({ year, month, day, hour, minute, second }, zone);
}

/** Whole days since 1970 by the calendar of this zone, to compare two moments by. */
export function dayNumber(seconds: number, zone: string): number {
  return Math.floor(utcSeconds(wallTime(seconds, zone)) / 86_400);
}

/** The number with zeros in front. */
export function padded(value: number, length = 2): string {
  return String(value).padStart(length, "0");
}

function offsetAt(seconds: number, zone: string): number {
  return utcSeconds(wallTime(seconds, zone)) - seconds;
}

function utcSeconds({ year, month, day, hour, minute, second }: WallTime): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime() / 1_000;
}

/** A zone that this browser does not know is read as UTC. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  let format: Intl.DateTimeFormat;
  try {
    format = newFormat(zone);
  } catch {
    format = newFormat("UTC");
  }
  formats.set(zone, format);
  return format;
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    era: "narrow",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}
