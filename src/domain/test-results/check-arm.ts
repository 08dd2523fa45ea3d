import { err, ok, type Result } from "#src/lib/result.ts";
import { countRows, type RowCounts, type RowValues, type TestRow, valueIn } from "./test-run.ts";

/** What an arm is meant to run with: a name of a var, `provider` (also `model`) or `prompt`, and its value. */
export type Intended = RowValues;

/** One value that rows did not run with, and what they ran with instead. */
export interface ArmDifference {
  key: string;
  intended: string;
  /** The value of the rows that differ, and which rows: their place among the rows given, from 1. Null: they have none. */
  actual: { value: string | null; rows: number[] }[];
  /** How many rows there are in all. */
  of: number;
  /** The rows carry the label that was meant: the text under it is another one. */
  label: string | null;
}

/**
 * Whether rows really ran with what their arm means: their counts, or every difference. An arm is evidence
 * only then: tools take stored values, a test's own vars or an edited prompt without a word. No rows at
 * all, and rows without an answer alone, count as nothing and are not refused here. Source: C3.
 */
export function checkArm(
  rows: readonly TestRow[],
  intended: Intended,
): Result<RowCounts, ArmDifference[]> {
  const differences = Object.entries(intended).flatMap(([key, value]) => {
    const found = differenceIn(rows, key, value);
    return found ? [found] : [];
  });
  return differences.length > 0 ? err(differences) : ok(countRows(rows));
}

/** Whether one row ran with all of it. */
export function isAsIntended(row: TestRow, intended: Intended): boolean {
  return Object.entries(intended).every(([key, value]) => isMet(row, key, value));
}

/** Whether a row says anything of this value at all: JUnit knows no prompts, JSONL no configuration. */
export function saysAnythingOf(row: TestRow, key: string): boolean {
  return actualOf(row, key) !== null;
}

/**
 * "index_version is idx-2026-10-30 in all 3 rows, and the arm says idx-2026-11-06: …", why it may be, no full
 * stop. `who` said what was meant.
 */
export function differenceInWords(
  { key, intended, actual, of, label }: ArmDifference,
  who = "the arm",
): string {
  const said = actual.map(({ value, rows }) => {
    const is = value === null ? "is missing" : `is ${shown(value)}`;
    return `${is} in ${rowsInWords(rows, of)}`;
  });
  const why =
    key === "prompt" && hashOf(intended) === undefined
      ? "a label does not say which text ran. Give the SHA-256 of the prompt's text, as prompt=sha256:…"
      : whyOf(key, actual, label);
  return `${key} ${said.join(", ")}, and ${who} says ${shown(intended)}: ${why}`;
}

function differenceIn(
  rows: readonly TestRow[],
  key: string,
  intended: string,
): ArmDifference | undefined {
  const wrong = rows.flatMap((row, index) =>
    isMet(row, key, intended) ? [] : [{ row, at: index + 1 }],
  );
  if (wrong.length === 0) return undefined;
  const groups = Map.groupBy(wrong, ({ row }) => actualOf(row, key));
  const isSameLabel = wrong.some(({ row }) => row.promptLabel !== "");
  return {
    key,
    intended,
    actual: [...groups].map(([value, own]) => ({ value, rows: own.map(({ at }) => at) })),
    of: rows.length,
    label: key === "prompt" && isSameLabel ? (wrong[0]?.row.promptLabel ?? null) : null,
  };
}

function isMet(row: TestRow, key: string, intended: string): boolean {
  const wanted = intended.trim();
  if (isProvider(key)) return [row.provider.id, row.provider.label].includes(wanted);
  if (key === "prompt") {
    const hash = hashOf(wanted);
    // a label proves nothing: the text below it may have been edited (C3)
    return hash !== undefined && row.promptHash?.startsWith(hash) === true;
  }
  return actualOf(row, key)?.trim() === wanted;
}

/** What ran; null where the row does not say. Metadata says what was meant, and is not asked. */
function actualOf(row: TestRow, key: string): string | null {
  if (isProvider(key)) return row.provider.label || row.provider.id || null;
  if (key === "prompt") return row.promptHash === null ? null : shortHash(row.promptHash);
  return valueIn(row.vars, key) ?? valueIn(row.config, key) ?? null;
}

function isProvider(key: string): boolean {
  return key === "provider" || key === "model";
}

/** A hash as people copy it, at least 8 digits of it; undefined for what is none. */
function hashOf(text: string): string | undefined {
  return /^(?:sha256:)?([0-9a-f]{8,64})$/i.exec(text)?.[1]?.toLowerCase();
}

/** "sha256:" and the first 16 digits, as the ledger shows a derived pin. */
export function shortHash(hash: string): string {
  return `sha256:${hash.slice(0, 16)}`;
}

function rowsInWords(rows: readonly number[], of: number): string {
  if (rows.length === of) return of === 1 ? "the only row" : `all ${of} rows`;
  const named = rows.slice(0, rowsNamed).join(", ");
  const more = rows.length > rowsNamed ? ", …" : "";
  return `${rows.length} of ${of} rows (${rows.length === 1 ? "row" : "rows"} ${named}${more})`;
}
const rowsNamed = 8;

function whyOf(key: string, actual: ArmDifference["actual"], label: string | null): string {
  if (key === "prompt") {
    return label === null
      ? "the file does not say which prompt ran"
      : `the label “${shown(label)}” may be the same, the text below it is another one`;
  }
  if (isProvider(key)) return "the run was made with another provider";
  if (actual.every(({ value }) => value === null)) {
    return "the run does not know it, so nothing shows that it was set";
  }
  return "the run used the values stored with the failing rows (--filter-failing), or a test's own vars won over --var";
}

/** A value in a sentence, short. */
export function shown(value: string): string {
  const line = value.replaceAll(/\s+/g, " ").trim();
  if (line === "") return "blank";
  return line.length > shownAtMost ? `${line.slice(0, shownAtMost).toWellFormed()}…` : line;
}
const shownAtMost = 80;
