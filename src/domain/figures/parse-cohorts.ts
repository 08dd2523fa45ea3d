import { err, ok, type Result } from "#src/lib/result.ts";
import type { Cohort } from "./figures.ts";
import { countsOf, eachRow, nameOf, nameTwice } from "./parse-cells.ts";
import { type LineForm, parseRows } from "./parse-rows.ts";

const form: LineForm = {
  example: "pool-1m: 61 of 100",
  row: { group: "pool-1m", n: 100, fails: 61 },
  cells: (head) => (head === "" ? undefined : { group: head }),
};

/**
 * Failure rates by cohort: lines "pool-1m: 61 of 100", CSV with group,n,fails, or JSON objects of these.
 * Refused with the line: counts that cannot be, a group twice, more than 50.
 */
export function parseCohorts(text: string): Result<Cohort[], string> {
  const rows = parseRows(text, form);
  if (!rows.ok) return rows;
  const cohorts = eachRow(rows.value, (row) => {
    const group = nameOf(row, ["group", "cohort", "name"]);
    const counts = countsOf(row);
    if (!group.ok) return group;
    return counts.ok ? ok<Cohort>({ group: group.value, ...counts.value }) : counts;
  });
  if (!cohorts.ok) return cohorts;
  const twice = nameTwice(cohorts.value.map(({ group }) => group));
  return twice === undefined
    ? cohorts
    : err(`“${twice}” stands there twice. Count each group once.`);
}

/** The cohorts as lines that parse back to the same. */
export function cohortsText(cohorts: readonly Cohort[]): string {
  return cohorts.map(({ group, n, fails }) => `${group}: ${fails} of ${n}`).join("\n");
}
