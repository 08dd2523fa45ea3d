// Goal: figures can be typed, or taken from CSV and JSON.
// Method: each form of each kind by example, then any figures: what is written as text parses back to
// the same.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Arm, ArmRole, Counts } from "#src/domain/figures/figures.ts";
import { ablationText, parseAblation } from "#src/domain/figures/parse-ablation.ts";
import { armsText, parseArms } from "#src/domain/figures/parse-arms.ts";
import { cohortsText, parseCohorts } from "#src/domain/figures/parse-cohorts.ts";
import { parseSeries, seriesText } from "#src/domain/figures/parse-series.ts";
import { parseStacks, stacksText } from "#src/domain/figures/parse-stacks.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { isSameSlice, parseSlice } from "#src/domain/slice.ts";
import { ok } from "#src/lib/result.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

const pools = [
  { group: "pool-1m", n: 100, fails: 61 },
  { group: "pool, std", n: 10_000, fails: 2 },
];

test.each([
  ["lines", "pool-1m: 61 of 100\n\n  pool, std :  2/10,000 \r\n"],
  ["other words", "pool-1m: 61 out of 100\npool, std: 2 of 10 000"],
  ["no colon", "pool-1m 61 of 100\npool, std 2 of 10,000"],
  ["commas", 'Group,N,Fails,note\npool-1m,100,61,x\n"pool, std",10000,2,"a\nb"'],
  ["semicolons", "group;n;fails\npool-1m;100;61\npool, std;10000;2\n"],
  [
    "tabs and a byte order mark",
    "\uFEFFgroup\tn\tfails\r\npool-1m\t100\t61\r\npool, std\t10000\t2\r\n",
  ],
  ["JSON", JSON.stringify([{ ...pools[0], tag: "F" }, pools[1]])],
])("cohorts as %s", (_, text) => {
  expect(parseCohorts(text)).toEqual(ok(pools));
});

const arms: Arm[] = [
  { name: "baseline", role: "baseline", layers: [], isLkg: false, n: 20, fails: 9 },
  {
    name: "effort high (new)",
    role: "override",
    layers: ["orchestration_tools"],
    isLkg: true,
    n: 20,
    fails: 2,
  },
  {
    name: "both",
    role: "override",
    layers: ["model", "prompt_policy"],
    isLkg: true,
    n: 20,
    fails: 1,
  },
  { name: "all last known good", role: "all_lkg", layers: [], isLkg: true, n: 20, fails: 1 },
  {
    name: "reverse: effort medium",
    role: "reverse",
    layers: ["orchestration_tools"],
    isLkg: false,
    n: 20,
    fails: 8,
  },
  {
    name: "memory off",
    role: "mitigation",
    layers: ["retrieval_data"],
    isLkg: false,
    n: 20,
    fails: 13,
  },
];

test.each([
  [
    "lines",
    `baseline: 9 of 20
effort high (new) (override, Orchestration & tools): 2 of 20
both (Override, model + prompt_policy): 1 of 20
all last known good (all_lkg): 1 of 20
reverse: effort medium (reverse, orchestration and tools): 8 of 20
memory off (mitigation, Retrieval & data): 13 of 20`,
  ],
  [
    "CSV",
    `arm,role,layers,n,fails
baseline,baseline,,20,9
effort high (new),override,orchestration_tools,20,2
both,override,Model+Prompt & policy,20,1
all last known good,all last known good,,20,1
reverse: effort medium,reverse,Orchestration & tools,20,8
memory off,mitigation,retrieval_data,20,13`,
  ],
  [
    "JSON",
    JSON.stringify(
      arms.map(({ name, role, layers, isLkg, n, fails }) => ({
        id: "A1",
        arm: name,
        role,
        ...(layers.length === 1 ? { layer: layers[0] } : { layers }),
        value_is_lkg: isLkg,
        n,
        fails,
      })),
    ),
  ],
])("arms as %s", (_, text) => {
  expect(parseArms(text)).toEqual(ok(arms));
});

test("added arms are parsed beside those that are there, and returned alone", () => {
  expect(parseArms("back (reverse, model): 8 of 20", arms.slice(0, 1))).toMatchObject(
    ok([{ role: "reverse", layers: ["model"] }]),
  );
});

const windows = [
  {
    from: "2025-08-05T12:00:00Z",
    to: "2025-08-29T08:00:00Z",
    slice: { platforms: ["bedrock", "first_party"] },
    isChangeIn: true,
    n: 10_000,
    fails: 80,
  },
  {
    from: "2025-08-29T08:00:00Z",
    to: "2025-08-30T00:00:30Z",
    slice: {},
    isChangeIn: false,
    n: 10,
    fails: 0,
  },
];

test.each([
  [
    "lines",
    `2025-08-05 12:00 to 2025-08-29 08:00, in, platforms first_party or bedrock: 80 of 10000
2025-08-29T10:00+02:00 to 2025-08-30 00:00:30 UTC, out: 0 of 10`,
  ],
  [
    "CSV",
    `from,to,change_present,n,fails,platforms
2025-08-05T12:00:00Z,2025-08-29 08:00,true,10000,80,first_party|bedrock
2025-08-29 08:00,2025-08-30 00:00:30.5,no,10,0,`,
  ],
  [
    "JSON",
    JSON.stringify([
      {
        platforms: ["first_party", "bedrock"],
        window: { from: "2025-08-05T12:00:00Z", to: "2025-08-29T08:00:00Z" },
        change_present: true,
        n: 10_000,
        fails: 80,
      },
      {
        from: "2025-08-29T08:00:00Z",
        to: "2025-08-30T00:00:30Z",
        change_present: false,
        n: 10,
        fails: 0,
      },
    ]),
  ],
])("a series as %s", (_, text) => {
  expect(parseSeries(text)).toEqual(ok(windows));
});

const ablation = [
  { group: "opus", hasChange: true, n: 4000, fails: 1200 },
  { group: "opus", hasChange: false, n: 4000, fails: 1080 },
  { group: "opus added back", hasChange: true, n: 4000, fails: 1196 },
];

test.each([
  [
    "lines",
    "opus, with: 1200 of 4000\nopus, Without: 1080 of 4000\nopus added back, with: 1196 of 4000",
  ],
  [
    "CSV",
    "group,with_change,n,fails\nopus,true,4000,1200\nopus,false,4000,1080\nopus added back,true,4000,1196",
  ],
  [
    "JSON",
    JSON.stringify(ablation.map(({ hasChange, ...arm }) => ({ ...arm, with_change: hasChange }))),
  ],
])("an ablation as %s", (_, text) => {
  expect(parseAblation(text)).toEqual(ok(ablation));
});

const stacks = [
  { stack: "TPU, sampler-0826", isControl: false, n: 10, fails: 10 },
  { stack: "CPU", isControl: true, n: 10, fails: 0 },
];

test.each([
  ["lines", "TPU, sampler-0826: 10 of 10\nCPU, control: 0 of 10"],
  ["CSV", 'stack,is_control,n,fails\n"TPU, sampler-0826",false,10,10\nCPU,true,10,0'],
  [
    "JSON",
    JSON.stringify(stacks.map(({ isControl, ...stack }) => ({ ...stack, is_control: isControl }))),
  ],
])("stacks as %s", (_, text) => {
  expect(parseStacks(text)).toEqual(ok(stacks));
});

const counts: fc.Arbitrary<Counts> = fc
  .integer({ min: 1, max: 10_000_000 })
  .chain((n) => fc.integer({ min: 0, max: n }).map((fails) => ({ n, fails })));
const name = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
    fc.constantFrom(
      "a (b)",
      "[1]",
      "{x}",
      "a: 1 of 2",
      "snapshot: of 23 April",
      "x, control",
      "n,fails",
      "end, with",
      "7/8",
      "y, suspect",
    ),
  )
  .map((text) => text.replaceAll(/\s+/g, " ").trim())
  .filter((text) => text !== "" && !/[\uFEFF]/.test(text) && text.length <= 100);
const names = (most = 8) =>
  fc.uniqueArray(name, { minLength: 1, maxLength: most, selector: (text) => text.toLowerCase() });

test("cohorts and stacks written as lines parse back to the same", () => {
  const rows = names().chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.array(fc.tuple(counts, fc.boolean()), { minLength: all.length, maxLength: all.length }),
    ),
  );
  fc.assert(
    fc.property(rows, ([all, facts]) => {
      const cohorts = all.map((group, at) => ({
        group,
        ...(facts[at]?.[0] ?? { n: 1, fails: 0 }),
      }));
      expect(parseCohorts(cohortsText(cohorts))).toEqual(ok(cohorts));
      const stacks = all.map((stack, at) => ({
        stack,
        isControl: facts[at]?.[1] ?? false,
        ...(facts[at]?.[0] ?? { n: 1, fails: 0 }),
      }));
      expect(parseStacks(stacksText(stacks))).toEqual(ok(stacks));
      const arms = stacks
        .filter(({ stack }) => !stack.endsWith(" added back"))
        .map(({ stack, isControl, n, fails }) => ({
          group: stack,
          hasChange: isControl,
          n,
          fails,
        }));
      if (arms.length > 0) expect(parseAblation(ablationText(arms))).toEqual(ok(arms));
    }),
    { numRuns: propertyRuns },
  );
});

test("arms written as lines parse back to the same", () => {
  const facts = fc.tuple(
    counts,
    fc.constantFrom<ArmRole>("override", "reverse", "mitigation"),
    fc.uniqueArray(fc.constantFrom(...layerIds), { minLength: 1, maxLength: 3 }),
  );
  fc.assert(
    fc.property(names(), fc.array(facts, { minLength: 8, maxLength: 8 }), (all, some) => {
      const arms = all.map((text, at): Arm => {
        const [numbers, role, layers] = some[at] ?? [{ n: 1, fails: 1 }, "override", ["model"]];
        return at === 0
          ? { name: text, role: "baseline", layers: [], isLkg: false, ...numbers }
          : { name: text, role, layers, isLkg: role === "override", ...numbers };
      });
      expect(parseArms(armsText(arms))).toEqual(ok(arms));
    }),
    { numRuns: propertyRuns },
  );
});

test("a series written as lines parses back to the same", () => {
  const word = fc
    .stringMatching(/^[a-z0-9_=.-]{1,8}( [a-z0-9_=.-]{1,6})?$/)
    .filter((text) => !text.split(" ").includes("or"));
  const dimension = fc
    .stringMatching(/^[a-z_]{1,8}( [a-z_]{1,6})?$/)
    .filter((text) => !["n", "to", "id", "tag", "from", "note", "fails", "window"].includes(text));
  const slice = fc
    .dictionary(dimension, fc.uniqueArray(word, { minLength: 1, maxLength: 3 }), {
      maxKeys: 3,
      noNullPrototype: true,
    })
    .map((some) =>
      parseSlice(
        Object.entries(some)
          .map(([key, values]) => `${key}: ${values.join(", ")}`)
          .join("\n"),
      ),
    )
    .filter((parsed) => parsed.ok)
    .map((parsed) => (parsed.ok ? parsed.value : {}));
  const time = fc.integer({ min: 1_700_000_000, max: 1_900_000_000 });
  const series = fc.tuple(
    slice,
    fc.uniqueArray(time, { minLength: 2, maxLength: 6 }),
    fc.boolean(),
    counts,
  );
  fc.assert(
    fc.property(series, ([own, times, isFirstIn, numbers]) => {
      const sorted = times.toSorted((one, other) => one - other).map(iso);
      const windows = sorted.slice(1).map((to, at) => ({
        from: sorted[at] ?? to,
        to,
        slice: own,
        isChangeIn: isFirstIn === (at % 2 === 0),
        ...numbers,
      }));
      const parsed = parseSeries(seriesText(windows));
      expect(parsed).toEqual(ok(windows));
      if (parsed.ok) expect(isSameSlice(parsed.value[0]?.slice ?? {}, own)).toBe(true);
    }),
    { numRuns: propertyRuns },
  );
});

function iso(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
