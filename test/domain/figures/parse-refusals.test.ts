// Goal: figures that cannot be are refused, in words that name the line and say what to change.
// Method: a table of bad input with its words, then any text at all.

import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAblation } from "#src/domain/figures/parse-ablation.ts";
import { parseArms } from "#src/domain/figures/parse-arms.ts";
import { parseCohorts } from "#src/domain/figures/parse-cohorts.ts";
import { parseSeries } from "#src/domain/figures/parse-series.ts";
import { parseStacks } from "#src/domain/figures/parse-stacks.ts";
import type { Result } from "#src/lib/result.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

test.each<[string, (text: string) => Result<unknown, string>, string, RegExp]>([
  ["nothing", parseCohorts, " \n ", /^Write at least one line, such as “pool-1m: 61 of 100”\.$/],
  ["words", parseCohorts, "a: 1 of 2\nmany failed", /^Line 2: write it as/],
  [
    "more failures than runs",
    parseCohorts,
    "a: 3 of 2",
    /^Line 1: 3 failures are more than 2 runs/,
  ],
  ["negative", parseCohorts, "a: -1 of 2", /^Line 1: failures cannot be below zero/],
  ["fractional", parseCohorts, "a: 1.5 of 2", /^Line 1: .*whole number/],
  ["a percentage", parseCohorts, "a: 5% of 200", /^Line 1: write counts, not percent, such as/],
  ["a percentage alone", parseArms, "baseline 45%", /^Line 1: write counts, not percent, such as/],
  ["a percentage in a file", parseCohorts, "group,n,fails\na,20,45%", /^Line 2: write counts, not/],
  [
    "thousands with a space and no colon, which might be two numbers",
    parseCohorts,
    "pool 1 200 of 4000",
    /^Line 1: write it as/,
  ],
  [
    "CSV with other columns",
    parseArms,
    "arm,role,layers,total,failed\nbaseline,baseline,,20,9",
    /^Line 1: .* Or as CSV\. Columns: arm, role, layers, n, fails\. A row: “effort high,override,orchestration_tools,20,2”\.$/,
  ],
  [
    "CSV without a column",
    parseStacks,
    "is_control,n,fails\ntrue,10,0",
    /^Line 2: give it a name \(stack\)\. Columns: stack, is_control, n, fails\./,
  ],
  [
    "JSON without a key",
    parseSeries,
    '[{"change_present":true,"n":9,"fails":1}]',
    /^Entry 1: write both times in UTC.* Such as \[\{"from":"2025-08-05 12:00",/,
  ],
  [
    "an object of ablation arms",
    parseAblation,
    '{"group":"a"}',
    /^Give a JSON list of objects\. Such as \[\{"group":"claude-opus-4\.6","with_change":true,"n":4000,"fails":1200\}\]\.$/,
  ],
  ["an empty list", parseCohorts, "[]", /^The list is empty\. Such as \[\{"group":/],
  ["no runs", parseCohorts, "a: 0 of 0", /^Line 1: it needs at least one run/],
  ["absurd", parseCohorts, "a: 1 of 10000001", /^Line 1: .*at most 10,000,000/],
  ["far beyond any number", parseCohorts, `a: 1 of ${"9".repeat(400)}`, /^Line 1: .*whole number/],
  ["a group twice", parseCohorts, "a: 1 of 2\nA: 1 of 2", /“A” stands there twice/],
  ["no name", parseCohorts, ": 1 of 2", /^Line 1: write it as/],
  [
    "51 lines",
    parseCohorts,
    Array.from({ length: 51 }, (_, at) => `${at}: 1 of 2`).join("\n"),
    /at most 50/,
  ],
  ["CSV below zero", parseCohorts, "group,n,fails\na,2,1\nb,2,-1", /^Line 3: failures cannot/],
  [
    "CSV with a missing cell",
    parseCohorts,
    "group,n,fails\na,2",
    /^Line 2: 2 columns, but the header row has 3/,
  ],
  ["CSV with an open quote", parseCohorts, 'group,n,fails\n"a,2,1', /quote is not closed/],
  ["CSV of a header alone", parseCohorts, "group,n,fails", /nothing below the header/],
  ["JSON that is broken", parseCohorts, '[{"group": "a", "n": 2', /JSON list/],
  ["a JSON object", parseCohorts, '{"group": "a", "n": 2, "fails": 1}', /JSON list/],
  ["JSON of no objects", parseCohorts, "[[1]]\n", /^Entry 1 is no object/],
  [
    "JSON with counts that are none",
    parseCohorts,
    '[{"group": "a", "n": [2], "fails": 1}]',
    /^Entry 1: how many runs/,
  ],
  ["no baseline", parseArms, "x (override, Model): 1 of 2", /no baseline/],
  [
    "two baselines",
    parseArms,
    "baseline: 1 of 2\nagain (baseline): 1 of 2",
    /“again” is a second baseline/,
  ],
  [
    "two of everything",
    parseArms,
    "baseline: 1 of 2\nall lkg: 1 of 2\nb (all last known good): 1 of 2",
    /“b” is a second/,
  ],
  [
    "an arm twice",
    parseArms,
    "baseline: 1 of 2\nx (override, Model): 1 of 2\nx (override, Model): 1 of 2",
    /“x” stands there twice/,
  ],
  [
    "an override without a layer",
    parseArms,
    "baseline: 1 of 2\nx (override): 1 of 2",
    /^Line 2: name the layer/,
  ],
  [
    "a baseline with a layer",
    parseArms,
    "x (baseline, Model): 1 of 2",
    /^Line 1: a baseline sets nothing back/,
  ],
  [
    "no role",
    parseArms,
    "baseline: 1 of 2\neffort high: 1 of 2",
    /^Line 2: say what the arm is for/,
  ],
  [
    "an unknown role",
    parseArms,
    "x (overide, Model): 1 of 2",
    /^Line 1: “overide” is no role\. Did you mean “override”\?/,
  ],
  [
    "an unknown layer",
    parseArms,
    "x (override, modle): 1 of 2",
    /^Line 1: “modle” is no layer\. Did you mean “Model”\? Layers: Model, /,
  ],
  [
    "a forward patch",
    parseArms,
    "arm,role,layers,value_is_lkg,n,fails\nb,baseline,,,2,1\nx,override,model,false,2,1",
    /^Line 3: .*is a mitigation/,
  ],
  ...[
    "patched prompt forward",
    "prompt hotfix",
    "memory hot-fix",
    "retry_fix",
    "a workaround",
    "New prompt",
    "sp-301 patch",
  ].map((name): [string, typeof parseArms, string, RegExp] => [
    `a change forward typed as an override: ${name}`,
    parseArms,
    `baseline: 9 of 20\n${name} (override, Prompt & policy): 0 of 20`,
    /^Line 2: “.*” is a change forward: write it as a mitigation\. An override sets one thing back to what last worked\./,
  ]),
  [
    "a window that ends before it begins",
    parseSeries,
    "2025-08-05 to 2025-08-04, in: 1 of 2",
    /^Line 1: the window ends before it begins/,
  ],
  [
    "a day that is none",
    parseSeries,
    "2025-02-30 to 2025-03-04, in: 1 of 2",
    /^Line 1: write both times in UTC/,
  ],
  [
    "overlapping windows",
    parseSeries,
    "2025-08-01 to 2025-08-05, in: 1 of 2\n2025-08-04 to 2025-08-09, out: 1 of 2",
    /^Line 2: its window overlaps that of line 1/,
  ],
  [
    "neither in nor out",
    parseSeries,
    "2025-08-01 to 2025-08-05, maybe: 1 of 2",
    /^Line 1: “maybe” is neither “in” nor “out”/,
  ],
  ["no change", parseSeries, "2025-08-01 to 2025-08-05: 1 of 2", /^Line 1: write it as/],
  [
    "added back without the change",
    parseAblation,
    "m added back, without: 1 of 2",
    /^Line 1: .*so it ran with the change/,
  ],
  [
    "an ablation arm twice",
    parseAblation,
    "m, with: 1 of 2\nm, with: 1 of 2",
    /“m, with” stands there twice/,
  ],
  ["a stack twice", parseStacks, "CPU: 1 of 2\nCPU, control: 0 of 2", /“CPU” stands there twice/],
])("refused: %s", (_, parse, text, words) => {
  const parsed = parse(text);
  expect(parsed.ok ? "accepted" : parsed.error).toMatch(words);
});

test.each(["patched prompt (mitigation, Model)", "prefix sp-300 (override, Model)"])(
  "R8: %s is no override forward",
  (head) => {
    expect(parseArms(`baseline: 9 of 20\n${head}: 0 of 20`).ok).toBe(true);
  },
);

test("windows of different slices may overlap", () => {
  const text =
    "2025-08-01 to 2025-08-05, in, region eu: 1 of 2\n2025-08-01 to 2025-08-05, in: 1 of 2";
  expect(parseSeries(text).ok).toBe(true);
});

test("any text is taken or refused with a sentence, and never throws", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc.json(),
    fc
      .array(
        fc.constantFrom(
          "a",
          ":",
          " of ",
          "1",
          "\n",
          ",",
          '"',
          "group,n,fails",
          "(",
          ")",
          "[",
          "{",
          "}",
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (any) => {
      for (const parse of [parseCohorts, parseArms, parseSeries, parseAblation, parseStacks]) {
        const parsed = parse(any);
        if (!parsed.ok) expect(parsed.error).toMatch(/[.?]$/);
      }
    }),
    { numRuns: propertyRuns },
  );
});
