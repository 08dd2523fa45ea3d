import { err, ok, type Result } from "#src/lib/result.ts";
import type { Intended } from "./check-arm.ts";

/** One line beside a file of test results: what a line of counts begins with, and what its rows are meant to run with. */
export interface IntendedLine {
  /** "index idx-2026-11-06 (override, Retrieval & data)", as before the counts. */
  head: string;
  intended: Intended;
}

/** A whole line, for whoever typed another. */
export const intendedExample =
  "index idx-2026-11-06 (override, Retrieval & data): index_version=idx-2026-11-06";

/** A name, "=", and what it is; the name is what the colon is told by: values and heads may hold colons. */
const name = /[A-Za-z_][\w.-]{0,99}/.source;
const line = new RegExp(`^(.*?\\S)\\s*:\\s*(?=${name}\\s*=)(.+)$`);
const pin = new RegExp(
  `(${name})\\s*=\\s*(?:"([^"]*)"|(.*?))\\s*(?:,\\s*(?=${name}\\s*=)|$)`,
  "gy",
);

/** "effort=high: 2 of 20" is a line of counts, whatever stands before them. */
const counts = /:\s*\d[\d., ]*\s*(?:out of|of)\s*\d[\d., ]*$|:\s+\d[\d., ]*\s*\/\s*\d[\d., ]*$/;

/** Whether a text is lines of this kind, and has no counts: each line that is not blank names a value. */
export function areIntendedLines(text: string): boolean {
  const lines = filled(text);
  return lines.length > 0 && lines.every((one) => line.test(one) && !counts.test(one));
}

/**
 * Lines "index idx-2026-11-06 (override, Retrieval & data): index_version=idx-2026-11-06, context=snapshot
 * B": the arm as it is written before counts, then what its rows are meant to run with; a value that holds
 * a comma before a name and "=" stands in quotes. Refused with the line: none of this form, a value that is
 * blank, a name twice.
 */
export function parseIntendedLines(text: string): Result<IntendedLine[], string> {
  const lines: IntendedLine[] = [];
  for (const [index, one] of filled(text).entries()) {
    const at = `Line ${index + 1}`;
    const [, head, rest] = line.exec(one) ?? [];
    if (head === undefined || rest === undefined) {
      return err(`${at}: write it as “${intendedExample}”.`);
    }
    const intended = new Map<string, string>();
    for (const [, key = "", quoted, plain = ""] of rest.matchAll(pin)) {
      const value = quoted ?? plain;
      if (value.trim() === "") {
        return err(
          `${at}: write each value as name=value, such as “index_version=idx-2026-11-06”.`,
        );
      }
      if (intended.has(key)) return err(`${at}: ${key} stands there twice.`);
      intended.set(key, value.trim());
    }
    lines.push({ head, intended: Object.fromEntries(intended) });
  }
  return lines.length === 0
    ? err(`Write at least one line, such as “${intendedExample}”.`)
    : ok(lines);
}

function filled(text: string): string[] {
  return text
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
