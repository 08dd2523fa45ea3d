import { err, ok, type Result } from "#src/lib/result.ts";
import type { Counts } from "./figures.ts";
import type { Row } from "./parse-rows.ts";

const runsAtMost = 10_000_000;
const charactersAtMost = 200;

/** The counts of a row: whole numbers, at least one run, at most ten million, no more failures than runs. */
export function countsOf(row: Row): Result<Counts, string> {
  const { at, cells } = row;
  if ([cells.get("n"), cells.get("fails")].some((cell) => /%/.test(textOf(cell) ?? ""))) {
    return err(`${at}: write counts, not percent: 9 failed of 20 runs.`);
  }
  const n = wholeOf(cells.get("n"));
  const fails = wholeOf(cells.get("fails"));
  if (n === undefined)
    return err(`${at}: how many runs, as a whole number.${helpWithout(row, "n")}`);
  if (fails === undefined)
    return err(`${at}: how many of them failed, as a whole number.${helpWithout(row, "fails")}`);
  if (n < 1) return err(`${at}: it needs at least one run.`);
  if (n > runsAtMost) return err(`${at}: ${n} runs is more than can be; at most 10,000,000.`);
  if (fails < 0) return err(`${at}: failures cannot be below zero.`);
  if (fails > n) return err(`${at}: ${fails} failures are more than ${n} runs.`);
  return ok({ n, fails });
}

/** A name in a row, spaces made single; 1 to 200 characters. `keys`: how the cell may be called, the best first. */
export function nameOf(row: Row, keys: readonly string[]): Result<string, string> {
  const { at, cells } = row;
  const value = keys.map((key) => cells.get(key)).find((cell) => cell !== undefined);
  const name = textOf(value)?.trim().replaceAll(/\s+/g, " ") ?? "";
  if (name === "") return err(`${at}: give it a name (${keys[0]}).${helpWithout(row, ...keys)}`);
  if (name.length > charactersAtMost) {
    return err(`${at}: a name takes at most ${charactersAtMost} characters.`);
  }
  return ok(name);
}

/** What the columns of a file are called, where it has none of these. */
export function helpWithout({ cells, help }: Row, ...keys: readonly string[]): string {
  return help === "" || keys.some((key) => cells.has(key)) ? "" : ` ${help}`;
}

const yes = new Set(["true", "yes", "y", "1", "in", "with"]);
const no = new Set(["false", "no", "n", "0", "out", "without"]);

/** A yes or no in a row; undefined where the cell is blank. `otherwise`: what to write, for the error. */
export function flagOf(
  { at, cells }: Row,
  key: string,
  otherwise: string,
): Result<boolean | undefined, string> {
  const word = textOf(cells.get(key))?.trim().toLowerCase() ?? "";
  if (word === "") return ok(undefined);
  if (yes.has(word)) return ok(true);
  return no.has(word) ? ok(false) : err(`${at}: “${word}” is neither ${otherwise}.`);
}

/** A cell as text; undefined where it holds none, as for a list or an object. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

/** The first name that stands twice, in lower case too; undefined where none does. */
export function nameTwice(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => {
    const known = seen.has(name.toLowerCase());
    seen.add(name.toLowerCase());
    return known;
  });
}

/** Every row as a value, or the first error. */
export function eachRow<Value>(
  rows: readonly Row[],
  read: (row: Row) => Result<Value, string>,
): Result<Value[], string> {
  const values: Value[] = [];
  for (const row of rows) {
    const value = read(row);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return ok(values);
}

/** "1,200" and "1 200" as people write thousands; no fractions, no exponents. */
function wholeOf(value: unknown): number | undefined {
  const text = textOf(value)?.trim() ?? "";
  const plain = /^\d{1,3}(?:[, ]\d{3})+$/.test(text) ? text.replaceAll(/[, ]/g, "") : text;
  return /^-?\d{1,15}(?:\.0+)?$/.test(plain) ? Number(plain) : undefined;
}
