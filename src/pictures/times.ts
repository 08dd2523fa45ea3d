const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** "9 Mar 09:20", in UTC; with the year where it is not that of `beside`: "15 Dec 2024 12:00". */
export function timeWords(at: Date, beside: Date): string {
  return `${dayWords(at, beside)} ${at.toISOString().slice(11, 16)}`;
}

/** "9 Mar", in UTC; with the year where it is not that of `beside`. */
function dayWords(at: Date, beside: Date): string {
  const year = at.getUTCFullYear();
  const words = `${at.getUTCDate()} ${months[at.getUTCMonth()]}`;
  return year === beside.getUTCFullYear() ? words : `${words} ${year}`;
}

/** How far apart marks of a time axis may be, in milliseconds: what people count in. */
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 4, 7, 14, 28, 56, 91, 182, 364].map((count) => count * day),
];

/** At most `most` round times between two, evenly apart, each with its words. */
export function ticks(
  from: Date,
  to: Date,
  most: number,
  beside: Date,
): { at: Date; words: string }[] {
  const span = to.getTime() - from.getTime();
  const longest = 364 * day * Math.max(1, Math.ceil(span / most / (364 * day)));
  const step = steps.find((one) => span / one <= most) ?? longest;
  const found: { at: Date; words: string }[] = [];
  const first = Math.ceil(from.getTime() / step) * step;
  for (let time = first; time <= to.getTime() && found.length < most; time += step) {
    const at = new Date(time);
    found.push({ at, words: step < day ? timeWords(at, beside) : dayWords(at, beside) });
  }
  return found;
}
