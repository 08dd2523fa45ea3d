// Goal: the figures that README.md shows can be typed as they stand there, and its columns are those that are read.
// Method: every example of its section goes through the parser of its kind, as lines and as CSV of its columns.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseAblation } from "#src/domain/figures/parse-ablation.ts";
import { parseArms } from "#src/domain/figures/parse-arms.ts";
import { parseCohorts } from "#src/domain/figures/parse-cohorts.ts";
import { parseSeries } from "#src/domain/figures/parse-series.ts";
import { parseStacks } from "#src/domain/figures/parse-stacks.ts";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
const section = readme.split("## Figures by form or file")[1]?.split("\n## ")[0] ?? "";
const examples = [...section.matchAll(/```\n([^`]*)```/g)].map(([, lines = ""]) => lines);

test.each([
  ["replay", 0, parseArms, "arm,role,layers,n,fails", "baseline,baseline,,20,9"],
  ["groups", 1, parseCohorts, "group,n,fails", "pool-1m,100,61"],
  [
    "windows",
    2,
    parseSeries,
    "from,to,change_present,n,fails",
    "2025-08-05 12:00,2025-08-29 08:00,true,10000,80",
  ],
  ["ablation", 3, parseAblation, "group,with_change,n,fails", "opus,true,4000,1200"],
  ["stacks", 4, parseStacks, "stack,is_control,n,fails", "CPU,true,10,0"],
] as const)("the %s of the README parses", (_, at, parse, columns, row) => {
  expect(parse(examples[at] ?? "")).toMatchObject({ ok: true, value: { length: 3 } });
  expect(section).toContain(`\`${columns}\``);
  expect(parse(`${columns}\n${row}`)).toMatchObject({ ok: true, value: { length: 1 } });
});
