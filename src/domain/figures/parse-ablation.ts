import { err, ok, type Result } from "#src/lib/result.ts";
import { addedBack } from "./ablation.ts";
import type { AblationArm } from "./figures.ts";
import { countsOf, eachRow, flagOf, helpWithout, nameOf, nameTwice } from "./parse-cells.ts";
import { type LineForm, parseRows } from "./parse-rows.ts";

const form: LineForm = {
  example: "claude-opus-4.6, with: 1200 of 4000",
  row: { group: "claude-opus-4.6", with_change: true, n: 4000, fails: 1200 },
  cells: (head) => {
    const [, group, change] = /^(.*\S),\s*(with|without)$/i.exec(head) ?? [];
    return group === undefined ? undefined : { group, with_change: change };
  },
};

/**
 * An ablation (R5d): lines "claude-opus-4.6, with: 1200 of 4000", then "without", and the name with
 * " added back"; CSV with group,with_change,n,fails, or JSON objects of these. Refused with the line:
 * counts that cannot be, an arm twice, one that was added back without the change, more than 50.
 */
export function parseAblation(text: string): Result<AblationArm[], string> {
  const rows = parseRows(text, form);
  if (!rows.ok) return rows;
  const arms = eachRow(rows.value, (row) => {
    const group = nameOf(row, ["group", "name"]);
    const change = flagOf(row, "with_change", "“with” nor “without”");
    const counts = countsOf(row);
    if (!group.ok) return group;
    if (!change.ok) return change;
    if (!counts.ok) return counts;
    if (change.value === undefined)
      return err(
        `${row.at}: say whether it ran with the change.${helpWithout(row, "with_change")}`,
      );
    if (group.value.endsWith(addedBack) && !change.value) {
      return err(`${row.at}: “${group.value}” was added back, so it ran with the change.`);
    }
    return ok<AblationArm>({ group: group.value, hasChange: change.value, ...counts.value });
  });
  if (!arms.ok) return arms;
  const twice = nameTwice(arms.value.map(lineStart));
  return twice === undefined ? arms : err(`“${twice}” stands there twice. Count each arm once.`);
}

/** The arms as lines that parse back to the same. */
export function ablationText(arms: readonly AblationArm[]): string {
  return arms.map((arm) => `${lineStart(arm)}: ${arm.fails} of ${arm.n}`).join("\n");
}

function lineStart({ group, hasChange }: AblationArm): string {
  return `${group}, ${hasChange ? "with" : "without"}`;
}
