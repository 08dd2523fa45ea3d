import { err, ok, type Result } from "#src/lib/result.ts";
import { checkArm, differenceInWords, shortHash, shown } from "./check-arm.ts";
import type { ArmRows } from "./confounds.ts";
import { type RowValues, type TestRow, type TestRun, valueIn } from "./test-run.ts";

/** What the plan of a replay writes into each test (`src/documents/promptfoo-config.ts`). */
const roleKey = "is";
const setsBackKey = "sets_back";

/** Whether a run was made with the configuration of a plan: it says itself what its arms are. */
export function isPlanned({ rows }: TestRun): boolean {
  return rows.length > 0 && rows.every(({ metadata }) => valueIn(metadata, roleKey) !== undefined);
}

/**
 * The arms of a run made with the plan's configuration: each is a test and a provider of its name. Refused
 * where a row ran with another provider than its arm's, with other values than the plan wrote into it, or
 * where an arm does not differ from the others in exactly the columns that it sets back. Source: C3, B3.1.
 */
export function plannedArms(run: TestRun): Result<ArmRows[], string> {
  const arms = [...Map.groupBy(run.rows, ({ name }) => name)].map(([name, rows]): Planned => {
    const first = rows[0];
    const role = first ? (valueIn(first.metadata, roleKey) ?? "") : "";
    const sets = first ? (valueIn(first.metadata, setsBackKey) ?? "") : "";
    return {
      name,
      head: /^baseline$/i.test(role) ? name : `${name} (${role})`,
      rows,
      intended: first?.intended ?? {},
      setsBack: new Set(sets.split(" ").filter((word) => word !== "")),
    };
  });
  const setsConfig = arms.some(({ setsBack }) => setsBack.has("config"));
  if (setsConfig && run.rows.every((row) => Object.keys(valuesOf("config", row)).length === 0)) {
    return err(
      "An arm sets a parameter, a tool or an address back, and the file does not say with which of them it ran. Give the JSON file of the run (-o replay.json): other formats leave the configuration out.",
    );
  }
  const faults = [
    ...arms.flatMap(rowFaults),
    ...columns.flatMap((column) => columnFaults(column, arms)),
  ];
  return faults.length > 0 ? err(faults.slice(0, faultsSaid).join(" ")) : ok(arms);
}

const faultsSaid = 3;

interface Planned extends ArmRows {
  setsBack: Set<string>;
}

/** Each row of an arm ran with the arm's provider, and with what the plan wrote into its test. */
function rowFaults({ name, rows, intended }: Planned): string[] {
  const others = rows.filter(({ provider }) => provider.label !== name);
  if (others.length > 0) {
    const [other] = others;
    return [
      `“${name}” ran with the provider “${shown(other?.provider.label ?? "")}” in ${others.length} of ${rows.length} rows. In a plan each arm has the provider of its name: run the plan whole, without -r and --filter-failing.`,
    ];
  }
  // which file a prompt came from does not stand in the results: its text is compared over the arms
  const { model, ...values } = intended;
  const checked = checkArm(rows, values);
  const said = [
    ...differingModels(rows, model),
    ...(checked.ok ? [] : checked.error.map((one) => `${differenceInWords(one, "the plan")}.`)),
  ];
  return said.length > 0
    ? [`“${name}” did not run as planned, so it is no evidence. ${said.join(" ")}`]
    : [];
}

/** In a plan the label of a provider is the name of its arm: the model stands in its id alone. */
function differingModels(rows: readonly TestRow[], model: string | undefined): string[] {
  const other = rows.find(({ provider }) => model !== undefined && provider.id !== model);
  return other && model !== undefined
    ? [
        `model is ${shown(other.provider.id)}, and the plan says ${shown(model)}: another provider ran.`,
      ]
    : [];
}

/** What the check of a plan compares of arms; the words are those of `sets_back`. */
const columns = ["model", "prompt", "vars", "config"] as const;
type Column = (typeof columns)[number];

/** All arms that leave a column alone have it alike, and those that set it back have it otherwise. */
function columnFaults(column: Column, arms: readonly Planned[]): string[] {
  const isComparable = (row: TestRow) => column !== "prompt" || !row.isPromptRendered;
  if (!arms.every(({ rows }) => rows.every(isComparable))) return [];
  const mixed = arms.filter(({ rows }) => new Set(rows.map((row) => textOf(column, row))).size > 1);
  if (mixed.length > 0) {
    return mixed.map(({ name }) => `In “${name}” the ${column} is not the same in every row.`);
  }
  const left = arms.filter(({ setsBack }) => !setsBack.has(column));
  const base = left.find(({ name }) => /^baseline\b/i.test(name)) ?? left[0];
  if (!base) return [];
  return arms.flatMap((arm) => {
    if (arm === base) return [];
    const isOther = textIn(column, arm) !== textIn(column, base);
    if (isOther === arm.setsBack.has(column)) return [];
    return isOther
      ? [
          `“${arm.name}” differs from “${base.name}” in its ${column}, which it does not set back: ${againstWords(column, arm, base)}.`,
        ]
      : [
          `“${arm.name}” sets its ${column} back, and it is as in “${base.name}”: ${againstWords(column, arm, base)}.`,
        ];
  });
}

function textIn(column: Column, { rows }: Planned): string {
  return rows[0] ? textOf(column, rows[0]) : "";
}

function textOf(column: Column, row: TestRow): string {
  return JSON.stringify(
    Object.entries(valuesOf(column, row)).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function valuesOf(column: Column, { provider, promptHash, vars, config }: TestRow): RowValues {
  // the output parser is written in a column of its own, and set back with the vars
  const { transform = "", ...rest } = config;
  switch (column) {
    case "model":
      return { model: provider.id };
    case "prompt":
      return { prompt: promptHash === null ? "" : shortHash(promptHash) };
    case "vars":
      return { ...vars, transform };
    case "config":
      return rest;
  }
}

/** The values that differ, both shown; all of them where none does. */
function againstWords(column: Column, arm: Planned, base: Planned): string {
  const [own, other] = [arm, base].map(({ rows }) => (rows[0] ? valuesOf(column, rows[0]) : {}));
  const keys = [...new Set([...Object.keys(own ?? {}), ...Object.keys(other ?? {})])];
  const value = (values: RowValues | undefined, key: string) =>
    shown((values && valueIn(values, key)) ?? "");
  const differing = keys.filter((key) => value(own, key) !== value(other, key));
  return (differing.length > 0 ? differing : keys)
    .slice(0, 3)
    .map((key) =>
      differing.length > 0
        ? `${key} is ${value(own, key)} against ${value(other, key)}`
        : `${key} is ${value(own, key)}`,
    )
    .join(", ");
}
