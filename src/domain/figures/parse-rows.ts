import Papa from "papaparse";
import { err, ok, type Result } from "#src/lib/result.ts";

/** More than that is pasted by mistake: a form is filled in two minutes. */
const rowsAtMost = 50;

/** One line, one row of a CSV file or one object of a JSON list, before anything in it is believed. */
export interface Row {
  /** Where a person finds it: "Line 3", "Entry 3". */
  at: string;
  /** Names in snake_case and lower case. */
  cells: ReadonlyMap<string, unknown>;
  /** What the columns or keys are called, for whoever left one out; empty for typed lines. */
  help: string;
}

/** How people type one row, apart from the counts at its end. */
export interface LineForm {
  /** A whole line, for whoever typed another. */
  example: string;
  /** A whole row of a file, by its columns; also an object of a JSON list. */
  row: Readonly<Record<string, string | number | boolean>>;
  /** What stands before ": 61 of 100" as cells; undefined where it has not that form. */
  cells: (head: string) => Record<string, unknown> | undefined;
}

/**
 * Text as its rows, at most 50. Three forms, told apart by themselves: lines as people type them, CSV with
 * a header row (comma, semicolon or tab), a JSON list of objects. The error names the line.
 */
export function parseRows(text: string, form: LineForm): Result<Row[], string> {
  const plain = text.replace(/^\uFEFF/, "").trim();
  if (plain === "") return err(`Write at least one line, such as “${form.example}”.`);
  const rows = isJson(plain)
    ? jsonRows(plain, jsonHelp(form))
    : isCsv(plain)
      ? csvRows(text.replace(/^\uFEFF/, ""), csvHelp(form))
      : lineRows(text, form);
  if (!rows.ok) return rows;
  if (rows.value.length === 0) {
    return err(
      isJson(plain)
        ? `The list is empty. ${jsonHelp(form)}`
        : `There is nothing below the header row. ${csvHelp(form)}`,
    );
  }
  if (rows.value.length > rowsAtMost) {
    return err(`There are ${rows.value.length} lines. Give at most ${rowsAtMost}.`);
  }
  return rows;
}

/** "Columns: group, n, fails. A row: “pool-1m,100,61”." */
function csvHelp({ row }: LineForm): string {
  return `Columns: ${Object.keys(row).join(", ")}. A row: “${Object.values(row).join(",")}”.`;
}

/** "Such as [{"group":"pool-1m","n":100,"fails":61}]." */
function jsonHelp({ row }: LineForm): string {
  return `Such as ${JSON.stringify([row])}.`;
}

const counts = /(-?\d[\d., ]*?)\s*(?:\bout of\b|\bof\b|\/)\s*(-?\d[\d., ]*)$/.source;
const withColon = new RegExp(`^(.*):\\s*${counts}`);
// no colon: thousands with a space would be taken for a part of the name
const withoutColon = new RegExp(`^(.*\\S)\\s+${counts.replace("[\\d., ]*?", "[\\d.,]*")}`);
/** Counts that are none, for an error that says so. */
const miscounted = /^(.*):\s*(\S.*?)\s*(?:\bout of\b|\bof\b|\/)\s*(\S.*)$/;

function lineRows(text: string, form: LineForm): Result<Row[], string> {
  const rows: Row[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const at = `Line ${index + 1}`;
    const parts = partsOf(line.trim());
    if (!parts && /\d\s*(?:%|percent\b)/i.test(line)) {
      return err(`${at}: write counts, not percent, such as “${form.example}”.`);
    }
    const [head, fails, n] = parts ?? miscounted.exec(line.trim())?.slice(1) ?? [];
    const cells = head === undefined ? undefined : form.cells(head.trim());
    if (!cells) {
      const help = isCells(line) ? ` Or as CSV. ${csvHelp(form)}` : "";
      return err(`${at}: write it as “${form.example}”.${help}`);
    }
    rows.push({ at, cells: new Map(Object.entries({ ...cells, n, fails })), help: "" });
  }
  return ok(rows);
}

/** What stands before the counts, and both counts; undefined where a line ends in none. */
function partsOf(line: string): [head: string, fails: string, n: string] | undefined {
  const [, head, fails, n] = withColon.exec(line) ?? [];
  if (head !== undefined && fails !== undefined && n !== undefined) return [head, fails, n];
  const [, name, failed, of] = withoutColon.exec(line) ?? [];
  if (name === undefined || failed === undefined || of === undefined) return undefined;
  const mayBeThousands = /(?:^|\s)\d{1,3}$/.test(name) && /^\d{3}$/.test(failed);
  return mayBeThousands ? undefined : [name, failed, of];
}

/** At least three cells of a file, in a line that does not end in counts. */
function isCells(line: string): boolean {
  return /([,;\t])[^,;\t]*\1/.test(line) && !endsInCounts(line);
}

/** A header row names the counts; a line ends in its own. */
function isCsv(text: string): boolean {
  const [first = ""] = text.split("\n");
  const names = first.split(/[,;\t]/).map((name) => keyOf(name.replaceAll('"', "")));
  return !endsInCounts(first) && names.includes("n") && names.includes("fails");
}

function csvRows(text: string, help: string): Result<Row[], string> {
  const header = text.split("\n").find((line) => line.trim() !== "") ?? "";
  const delimiter = [",", ";", "\t"].toSorted(
    (one, other) => header.split(other).length - header.split(one).length,
  )[0];
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: delimiter ?? "," });
  const [problem] = errors;
  if (problem) return err(`Line ${(problem.row ?? 0) + 1}: a quote is not closed. ${help}`);
  let line = 1;
  let names: string[] | undefined;
  const rows: Row[] = [];
  for (const values of data) {
    const at = `Line ${line}`;
    // a quoted cell may go over lines
    line += 1 + values.join("").split("\n").length - 1;
    if (values.every((value) => value.trim() === "")) continue;
    if (!names) {
      names = values.map(keyOf);
      continue;
    }
    if (values.length !== names.length) {
      return err(
        `${at}: ${values.length} columns, but the header row has ${names.length}. ${help}`,
      );
    }
    rows.push({ at, cells: new Map(names.map((name, column) => [name, values[column]])), help });
  }
  return ok(rows);
}

/** Brackets may also open the name of a group: "[1]: 1 of 2". */
function isJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false;
  return typeof parseJson(text) === "object" || !endsInCounts(text.split("\n")[0] ?? "");
}

/** A typed line ends in numbers, which the cells of a file, or a header row, do not. */
function endsInCounts(line: string): boolean {
  return /:\s*[-\d][\d., ]*\s*(?:out of|of|\/)\s*[-\d][\d., ]*$/.test(line.trim());
}

function jsonRows(text: string, help: string): Result<Row[], string> {
  const list = parseJson(text);
  if (!Array.isArray(list)) return err(`Give a JSON list of objects. ${help}`);
  const rows: Row[] = [];
  for (const [index, entry] of list.entries()) {
    const at = `Entry ${index + 1}`;
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
      return err(`${at} is no object. ${help}`);
    }
    const cells = Object.entries(entry).map(([key, value]) => [keyOf(key), value] as const);
    rows.push({ at, cells: new Map<string, unknown>(cells), help });
  }
  return ok(rows);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // the only error it knows; what is no JSON is no list either
    return undefined;
  }
}

function keyOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
}
