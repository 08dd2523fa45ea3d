import { isValid, parseISO } from "date-fns";

/** The days of a person reach twelve hours behind UTC: a day is over once it is over everywhere. */
const behindUtcMs = 12 * 60 * 60 * 1000;

/** Whether a day, `yyyy-MM-dd`, is one of the calendar. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isValid(parseISO(text));
}

/**
 * Whether a day, `yyyy-MM-dd`, has ended for everybody, by the service's clock. Who chooses "today" in
 * a zone behind UTC is taken at their word, and nothing is overdue before the day has ended for its owner.
 */
export function isDayOver(day: string, now: Date): boolean {
  return day < new Date(now.getTime() - behindUtcMs).toISOString().slice(0, 10);
}
