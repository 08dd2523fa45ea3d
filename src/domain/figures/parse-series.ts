import { isValid, parseISO } from "date-fns";
import { parseSlice, sliceText } from "#src/domain/slice.ts";
import type { Slice } from "#src/domain/strand.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { SeriesWindow } from "./figures.ts";
import { countsOf, eachRow, flagOf, helpWithout, textOf } from "./parse-cells.ts";
import { type LineForm, parseRows, type Row } from "./parse-rows.ts";

const form: LineForm = {
  example: "2025-08-05 12:00 to 2025-08-29 08:00, in: 80 of 10000",
  row: {
    from: "2025-08-05 12:00",
    to: "2025-08-29 08:00",
    change_present: true,
    n: 10_000,
    fails: 80,
  },
  cells: (head) => {
    const [window = "", change, ...parts] = head.split(",").map((part) => part.trim());
    const [, from, to] = /^(.*\S)\s+to\s+(\S.*)$/.exec(window) ?? [];
    const slice = sliceCells(parts);
    if (from === undefined || change === undefined || !slice) return undefined;
    return { ...Object.fromEntries(slice), from, to, change_present: change };
  },
};

/** What is no dimension of a slice, in files with more columns than these. */
const notSlice = new Set([
  "from",
  "to",
  "window",
  "change_present",
  "n",
  "fails",
  "id",
  "tag",
  "tag_n",
  "tag_time",
  "note",
]);

/**
 * Failures over time with a change in and out (R5c), times in UTC: lines "2025-08-05 12:00 to 2025-08-29
 * 08:00, in, platforms first_party: 80 of 10000" (in or out; several values with " or "); CSV with
 * from,to,change_present,n,fails and further columns as slice, several values with "|"; or JSON objects,
 * `window: {from, to}` too. Refused with the line: counts that cannot be, a time that is none, a window
 * that ends before it begins or overlaps another of the same slice, more than 50.
 */
export function parseSeries(text: string): Result<SeriesWindow[], string> {
  const rows = parseRows(text, form);
  if (!rows.ok) return rows;
  const windows = eachRow(rows.value, windowOf);
  if (!windows.ok) return windows;
  const problem = overlapIn(windows.value, rows.value);
  return problem === undefined ? windows : err(problem);
}

/** The windows as lines that parse back to the same. */
export function seriesText(windows: readonly SeriesWindow[]): string {
  return windows
    .map(({ from, to, isChangeIn, slice, n, fails }) => {
      const parts = Object.entries(slice).map(([dimension, values]) => {
        const listed = values.join(" or ");
        // the first space ends a dimension of one word
        return /\s/.test(dimension) || listed.includes("=")
          ? `, ${dimension} = ${listed}`
          : `, ${dimension} ${listed}`;
      });
      return `${timeText(from)} to ${timeText(to)}, ${isChangeIn ? "in" : "out"}${parts.join("")}: ${fails} of ${n}`;
    })
    .join("\n");
}

function windowOf(row: Row): Result<SeriesWindow, string> {
  const { at, cells } = row;
  const window = cells.get("window");
  const inside = new Map<string, unknown>(
    typeof window === "object" && window !== null ? Object.entries(window) : [],
  );
  const from = timeOf(textOf(cells.get("from") ?? inside.get("from")));
  const to = timeOf(textOf(cells.get("to") ?? inside.get("to")));
  const change = flagOf(row, "change_present", "“in” nor “out”");
  const slice = sliceOf(row);
  const counts = countsOf(row);
  if (from === undefined || to === undefined) {
    return err(
      `${at}: write both times in UTC, such as “2025-08-05 12:00 to 2025-08-29 08:00”.${helpWithout(row, "from", "window")}`,
    );
  }
  if (Date.parse(to) <= Date.parse(from)) return err(`${at}: the window ends before it begins.`);
  if (!change.ok) return change;
  if (change.value === undefined) return err(`${at}: say whether the change was in or out.`);
  if (!slice.ok) return slice;
  if (!counts.ok) return counts;
  return ok({ from, to, slice: slice.value, isChangeIn: change.value, ...counts.value });
}

/** Windows of one slice make one series, and count no request twice; they may touch. */
function overlapIn(windows: readonly SeriesWindow[], rows: readonly Row[]): string | undefined {
  for (const [at, window] of windows.entries()) {
    const other = windows.findIndex(
      (earlier, index) =>
        index < at &&
        sliceText(earlier.slice) === sliceText(window.slice) &&
        Date.parse(earlier.from) < Date.parse(window.to) &&
        Date.parse(window.from) < Date.parse(earlier.to),
    );
    if (other >= 0) {
      return `${rows[at]?.at}: its window overlaps that of ${rows[other]?.at.toLowerCase()}. Windows of one slice follow each other.`;
    }
  }
  return undefined;
}

/** The dimensions of a typed line; undefined where a part is none, or has the name of another column. */
function sliceCells(parts: readonly string[]): Map<string, string[]> | undefined {
  const cells = new Map<string, string[]>();
  for (const part of parts) {
    const [dimension, values] = dimensionOf(part) ?? [];
    if (dimension === undefined || values === undefined || notSlice.has(dimension))
      return undefined;
    cells.set(dimension, [...(cells.get(dimension) ?? []), ...values]);
  }
  return cells;
}

/** "platforms first_party or bedrock"; "request type = billing" where the dimension has a space. */
function dimensionOf(part: string): [string, string[]] | undefined {
  const [, dimension, values] =
    /^([^=]*[^=\s])\s*=\s*(\S.*)$/.exec(part) ?? /^(\S+)\s+(\S.*)$/.exec(part) ?? [];
  if (dimension === undefined || values === undefined) return undefined;
  return [dimension, values.split(" or ")];
}

function sliceOf({ at, cells }: Row): Result<Slice, string> {
  const lines: string[] = [];
  for (const [dimension, cell] of cells) {
    const values = (
      Array.isArray(cell) ? cell.map((one) => textOf(one) ?? "") : (textOf(cell) ?? "").split("|")
    )
      .map((value) => value.trim().replaceAll(/\s+/g, " "))
      .filter((value) => value !== "");
    if (notSlice.has(dimension) || values.length === 0) continue;
    const name = dimension.trim().replaceAll(/\s+/g, " ");
    if (/[=:,]/.test(name) || values.some((value) => /,|(?:^| )or(?: |$)/.test(value))) {
      return err(
        `${at}: a dimension takes no “=”, “:” or comma, its values no comma and no word “or”.`,
      );
    }
    lines.push(`${name}: ${values.join(", ")}`);
  }
  const slice = parseSlice(lines.join("\n"));
  return slice.ok ? slice : err(`${at}: ${slice.error}`);
}

/** To the second, UTC where it names no zone; undefined where it is no time of the calendar. */
function timeOf(text: string | undefined): string | undefined {
  const [, day, time = "00:00", zone = "Z"] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$/i.exec(
      text?.trim() ?? "",
    ) ?? [];
  if (day === undefined) return undefined;
  const date = parseISO(`${day}T${time}${/^(?:z|utc)$/i.test(zone) ? "Z" : zone}`);
  return isValid(date) ? `${date.toISOString().slice(0, 19)}Z` : undefined;
}

/** "2025-08-05 12:00"; seconds only where there are any. */
function timeText(iso: string): string {
  const time = new Date(iso).toISOString();
  return `${time.slice(0, 10)} ${time.slice(11, time.slice(17, 19) === "00" ? 16 : 19)}`;
}
