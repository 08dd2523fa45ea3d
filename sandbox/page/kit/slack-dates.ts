import { dayNumber, padded, wallTime, type WallTime } from "./zone.ts";

/** Who reads a date: where, and when by the workspace's clock. */
export interface Reader {
  zone: string;
  now: Date;
}

/**
 * Fills Slack's tokens of a date (`{date_short_pretty} at {time}`), as
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting has them, for an English
 * reader with a clock of 24 hours, like the rest of the page. Undefined where there is no such moment: Slack shows the fallback.
 */
export function formatSlackDate(
  timestamp: number,
  format: string,
  reader: Reader,
): string | undefined {
  if (!Number.isFinite(timestamp) || Math.abs(timestamp) > maxSeconds) return undefined;
  const date: Dated = {
    ...reader,
    timestamp,
    wall: wallTime(timestamp, reader.zone),
    daysAhead: dayNumber(timestamp, reader.zone) - dayNumber(nowSeconds(reader), reader.zone),
  };
  return format.replace(/\{(\w+)\}/g, (whole, token: string, at: number) => {
    const written = Object.hasOwn(tokens, token) ? tokens[token]?.(date) : undefined;
    if (written === undefined) return whole;
    return at === 0 ? written.charAt(0).toUpperCase() + written.slice(1) : written;
  });
}

/** The time of day, "09:05". */
export function timeOfDay({ hour, minute }: Pick<WallTime, "hour" | "minute">): string {
  return `${padded(hour)}:${padded(minute)}`;
}

/** What a Date of JavaScript can hold. */
const maxSeconds = 8.64e12;
const halfAYear = 183;
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const weekdays = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

interface Dated extends Reader {
  timestamp: number;
  wall: WallTime;
  /** From the reader's today on; negative: behind. */
  daysAhead: number;
}

const tokens: Readonly<Record<string, (date: Dated) => string>> = {
  date_num: ({ wall }) => `${padded(wall.year, 4)}-${padded(wall.month)}-${padded(wall.day)}`,
  date_slash: ({ wall }) => `${padded(wall.month)}/${padded(wall.day)}/${padded(wall.year, 4)}`,
  date: (date) => `${month(date)} ${ordinal(date.wall.day)}${yearIfFar(date)}`,
  date_short: (date) => `${month(date).slice(0, 3)} ${date.wall.day}${yearIfFar(date)}`,
  date_long: (date) =>
    `${weekday(date)}, ${month(date)} ${ordinal(date.wall.day)}${yearIfFar(date)}`,
  date_long_full: (date) => `${month(date)} ${date.wall.day}, ${date.wall.year}`,
  date_pretty: (date) => near(date) ?? tokens["date"]?.(date) ?? "",
  date_short_pretty: (date) => near(date) ?? tokens["date_short"]?.(date) ?? "",
  date_long_pretty: (date) => near(date) ?? tokens["date_long"]?.(date) ?? "",
  day_divider_pretty: (date) => near(date) ?? tokens["date_long"]?.(date) ?? "",
  time: ({ wall }) => timeOfDay(wall),
  time_secs: ({ wall }) => `${timeOfDay(wall)}:${padded(wall.second)}`,
  ago: (date) => ago(date.timestamp - nowSeconds(date)),
};

function near({ daysAhead }: Dated): string | undefined {
  return { "-1": "yesterday", "0": "today", "1": "tomorrow" }[String(daysAhead)];
}

/** Slack leaves the year away where the date is less than six months from now. */
function yearIfFar({ daysAhead, wall }: Dated): string {
  return Math.abs(daysAhead) < halfAYear ? "" : `, ${wall.year}`;
}

function month({ wall }: Dated): string {
  return months[wall.month - 1] ?? "";
}

function weekday({ timestamp, zone }: Dated): string {
  // 1 January 1970 was a Thursday
  return weekdays.at(dayNumber(timestamp, zone) % 7) ?? "";
}

function ordinal(day: number): string {
  const isTeen = day > 10 && day < 14;
  return `${day}${isTeen ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th")}`;
}

const relative = new Intl.RelativeTimeFormat("en-US");
const units = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

function ago(seconds: number): string {
  const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[5];
  return relative.format(Math.trunc(seconds / length), unit);
}

function nowSeconds({ now }: Reader): number {
  return Math.floor(now.getTime() / 1_000);
}
