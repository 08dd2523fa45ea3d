import { listInWords } from "#src/domain/words.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { checkArm, differenceInWords, isAsIntended, saysAnythingOf, shown } from "./check-arm.ts";
import { type ArmRows, confounds } from "./confounds.ts";
import { type IntendedLine, intendedExample } from "./intended-lines.ts";
import { isPlanned, plannedArms } from "./planned-arms.ts";
import { countRows, type RowValues, type TestRow, type TestRun } from "./test-run.ts";

/** A run as an item of evidence takes it. */
export interface CountedRun {
  /** One line an arm, as people type counts: "baseline: 9 of 20"; empty where the run is no arms. */
  lines: string;
  /** What was run and how it went, in whole sentences: it goes with what the item says. */
  said: string;
}

/**
 * The counts of a run. `lines`: what each arm was meant to run with, where somebody typed it; else what the
 * plan of a replay wrote into its tests says it. A run without either is no arms: refused where arms are
 * needed (`needsArms`: a replay), else said in words. Refused with every difference where rows did not run
 * as meant, and where arms are not comparable or were answered from a cache. Sources: C3, B3.1.
 */
export function countRun(
  run: TestRun,
  lines: readonly IntendedLine[] | null,
  needsArms: boolean,
): Result<CountedRun, string> {
  if (run.rows.length === 0) return err("There is no test in it that ran.");
  // what a plan wrote are arms of a replay, and of nothing else
  const isReplay = needsArms && isPlanned(run);
  const arms = lines ? typedArms(run, lines) : isReplay ? plannedArms(run) : null;
  if (!arms) {
    return needsArms ? err(armsNeeded(run)) : ok({ lines: "", said: inWords(run) });
  }
  if (!arms.ok) return arms;
  const faults = [...(run.about.isCut ? [cutWords] : []), ...arms.value.flatMap(faultsOf)];
  if (faults.length > 0) return err(faults.slice(0, faultsSaid).join(" "));
  return ok({
    lines: arms.value
      .map(({ head, rows }) => {
        const { n, fails } = countRows(rows);
        return `${head}: ${fails} of ${n}`;
      })
      .join("\n"),
    said: inWords(run),
  });
}

/** More at once is not read in a direct message. */
const faultsSaid = 3;

const cutWords =
  "The end of the file is cut off, so runs are missing from it. Wait until the run has ended, and give the file again.";

function armsNeeded({ format }: TestRun): string {
  const has =
    format === "junit"
      ? "A JUnit file says which tests failed, and not what they ran with"
      : "Nothing in the file says what its rows were meant to run with";
  return `${has}. Write it into the field of the arms, one line an arm, without counts: “baseline: index_version=<the value of the incident>”, “${intendedExample}”. The counts then come from the file.`;
}

/** Rows go to the line whose values they ran with; each row to one line, each line with at least one row. */
function typedArms(run: TestRun, lines: readonly IntendedLine[]): Result<ArmRows[], string> {
  const arms = lines.map((line) => ({
    head: line.head,
    name: line.head.replace(/\s*\([^()]*\)$/, ""),
    intended: checkable(run, line.intended),
    rows: [] as TestRow[],
  }));
  const [only] = arms;
  if (arms.length === 1 && only) {
    const checked = checkArm(run.rows, only.intended);
    return checked.ok ? ok([{ ...only, rows: run.rows }]) : err(differencesOf(only, checked.error));
  }
  const left: TestRow[] = [];
  for (const [index, row] of run.rows.entries()) {
    const fitting = arms.filter(({ intended }) => isAsIntended(row, intended));
    if (fitting.length > 1) {
      const named = listInWords(fitting.slice(0, 3).map(({ name }) => `“${name}”`));
      const hint =
        run.format === "junit"
          ? "A JUnit file does not say what its tests ran with: give one file for each arm."
          : "Name in each line what tells the arms apart.";
      return err(`Row ${index + 1} fits ${named} alike. ${hint}`);
    }
    (fitting[0]?.rows ?? left).push(row);
  }
  const empty = arms.find(({ rows }) => rows.length === 0);
  if (empty) {
    const checked = checkArm(left.length > 0 ? left : run.rows, empty.intended);
    return err(checked.ok ? `“${empty.name}” has no row.` : differencesOf(empty, checked.error));
  }
  const checks = arms.flatMap((arm) => {
    const checked = checkArm(left, arm.intended);
    return checked.ok ? [] : [{ arm, differences: checked.error }];
  });
  const [nearest] = checks.toSorted((a, b) => a.differences.length - b.differences.length);
  if (left.length > 0 && nearest) {
    const { arm, differences } = nearest;
    return err(
      `${left.length === 1 ? "1 row fits" : `${left.length} rows fit`} no line. Nearest is this one. ${differencesOf(arm, differences)}`,
    );
  }
  const base = arms.find(({ head }) => /^baseline\b/i.test(head)) ?? only;
  const mixed = base ? arms.flatMap((arm) => (arm === base ? [] : confounds(arm, base))) : [];
  return mixed.length > 0 ? err(mixed.slice(0, faultsSaid).join(" ")) : ok(arms);
}

/** JUnit says little of what ran: what it does not say is taken on the word of whoever typed it. */
function checkable(run: TestRun, intended: RowValues): RowValues {
  if (run.format !== "junit") return intended;
  const isSaid = (key: string) => run.rows.some((row) => saysAnythingOf(row, key));
  return Object.fromEntries(Object.entries(intended).filter(([key]) => isSaid(key)));
}

/** The differences of an arm in sentences. */
function differencesOf(
  { name }: Pick<ArmRows, "name">,
  differences: Parameters<typeof differenceInWords>[0][],
): string {
  const said = differences.slice(0, faultsSaid).map((one) => `${differenceInWords(one)}.`);
  return `“${name}” did not run as meant, so it is no evidence. ${said.join(" ")}`;
}

/** What keeps rows that ran as meant from being counted. */
function faultsOf({ name, rows, intended }: ArmRows): string[] {
  const providers = new Set(rows.map(({ provider }) => provider.label || provider.id));
  const prompts = new Set(rows.map((row) => (row.isPromptRendered ? "" : row.promptHash)));
  const isNamed = Object.hasOwn(intended, "provider") || Object.hasOwn(intended, "model");
  const cases = Map.groupBy(rows, ({ goldenId, name: test }) => goldenId ?? test);
  const isRepeatedFromCache = [...cases.values()].some(
    (repeats) => repeats.length > 1 && repeats.some(({ isCached }) => isCached),
  );
  return [
    ...(providers.size > 1 && !isNamed
      ? [
          `“${name}” ran with ${providers.size} providers: ${[...providers].slice(0, 3).map(shown).join(", ")}. Name the one it is, as provider=…, and give the others lines of their own.`,
        ]
      : []),
    ...(prompts.size > 1
      ? [
          `“${name}” ran with ${prompts.size} prompts, told apart by their text. Give each a line of its own, with prompt=sha256:….`,
        ]
      : []),
    ...(isRepeatedFromCache
      ? [
          `“${name}” has repeats that were answered from promptfoo's cache: all of them are the first answer. Run it again with --no-cache.`,
        ]
      : []),
    ...(countRows(rows).n === 0
      ? [`Every run of “${name}” ended in an error: there is no answer to judge. Run it again.`]
      : []),
  ];
}

/** "From promptfoo 0.123.1, run 2026-11-21 01:48 UTC: 3 of 3 runs failed. …" */
function inWords({ format, ranAt, rows, about }: TestRun): string {
  const { n, fails, errors } = countRows(rows);
  const when = ranAt ? `, run ${ranAt.toISOString().slice(0, 16).replace("T", " ")} UTC` : "";
  const tool = about.tool ?? (format === "junit" ? "a JUnit file" : "promptfoo");
  return [
    `From ${shown(tool)}${when}: ${fails} of ${n} runs failed.`,
    ...(errors > 0
      ? [`${errors} more ended in an error: without an answer they are not counted.`]
      : []),
    ...(about.skipped > 0 ? [`${about.skipped} were skipped.`] : []),
    ...about.notes,
  ].join(" ");
}
