import { readFileSync } from "node:fs";

/** The rows of a file of `test/samples`, one JSON object a line. */
export function readSamples<Row>(file: string): Row[] {
  return readFileSync(new URL(`../samples/${file}`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
}

/** Misses and false alarms as whole numbers and in percent, for people to read in a test's output. */
export function figures(found: {
  misses: readonly string[];
  falseAlarms: readonly string[];
  faulty: number;
  fine: number;
}): string {
  const part = (count: number, of: number): string =>
    `${count} of ${of} (${((100 * count) / of).toFixed(1)} %)`;
  return `misses ${part(found.misses.length, found.faulty)}, false alarms ${part(found.falseAlarms.length, found.fine)}`;
}
