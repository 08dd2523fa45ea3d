import type { ArmsToRun } from "#src/domain/replay-plan.ts";

/** What is pasted into a shell beside the configuration, which stands in `replay.yaml`. */
export interface PromptfooCommands {
  /** Runs the arms; the baseline by itself first, where nobody knows how often it fails. */
  run: string;
  /** Tells whether each arm ran as planned, and prints the lines to be recorded. */
  check: string;
}

/**
 * The commands of a plan, for promptfoo 0.123.1. Repeats need `--no-cache`, else all of them are the first
 * answer. `--filter-metadata` and `--filter-pattern` choose tests, and a test names its own provider.
 * Sources: promptfoo.dev/docs/usage/command-line; C3 of the domain notes.
 */
export function promptfooCommands({ arms, runs, base }: ArmsToRun): PromptfooCommands {
  const run = (more: string, file: string) =>
    `npx promptfoo@0.123.1 eval -c replay.yaml --repeat ${runs} --no-cache --no-write --no-table${more} -o ${file}`;
  const isBaselineFirst = base === null && arms.length > 1;
  return isBaselineFirst
    ? {
        run: [
          "# 1. the baseline by itself",
          run(" --filter-pattern '^Baseline$'", "baseline.json"),
          "# 2. the other arms",
          run(" --filter-pattern 'set back$'", "arms.json"),
        ].join("\n"),
        check: checkOf("baseline.json", "arms.json"),
      }
    : { run: run("", "replay.json"), check: checkOf("replay.json") };
}

/**
 * Compares each arm with the baseline: its model, the template of its prompt (a prompt's id is made of its
 * label, and so stays when the text is edited), its vars with the parser, its config. A run that ended in an
 * error is no run. Single quotes would end it in a shell, and backticks in Slack.
 */
function checkOf(...files: string[]): string {
  return `node -e '
const { createHash } = require("node:crypto"), { readFileSync } = require("node:fs");
const hash = (x) => createHash("sha256").update(JSON.stringify(x ?? null)).digest("hex").slice(0, 6);
const arms = new Map(), columns = ["model", "prompt", "vars", "config"];
for (const file of ${JSON.stringify(files)}) {
  const { results, config } = JSON.parse(readFileSync(file, "utf8"));
  for (const row of results.results) {
    const { description: arm, metadata: { is: role, sets_back } } = row.testCase;
    const provider = [].concat(config.providers).find((p) => p.label === row.provider.label);
    const is = { model: row.provider.id, prompt: hash((results.prompts[row.promptIdx] ?? row.prompt).raw),
      vars: hash([row.vars, row.testCase.options?.transform]), config: hash(provider?.config) };
    const a = arms.get(arm) ?? { role, sets_back, is, n: 0, fails: 0, errors: 0, wrong: new Set() };
    arms.set(arm, a);
    if (row.provider.label !== arm) a.wrong.add("ran with " + row.provider.label);
    for (const c of columns) if (a.is[c] !== is[c]) a.wrong.add(c + " is not the same in every run");
    if (row.failureReason === 2) a.errors++; else { a.n++; if (!row.success) a.fails++; }
  }
}
const base = arms.get("Baseline");
for (const [name, a] of arms) {
  const differs = base ? columns.filter((c) => a.is[c] !== base.is[c]) : [];
  const planned = a.sets_back.split(" ").filter(Boolean);
  if (base) for (const c of columns) if (differs.includes(c) !== planned.includes(c))
    a.wrong.add(c + (planned.includes(c) ? " is as in the baseline" : " differs from the baseline"));
  console.log(a.wrong.size ? "NOT AS PLANNED" : "ok", name, ...a.wrong, a.errors ? "errors, not counted: " + a.errors : "");
}
for (const [name, a] of arms) if (!a.wrong.size) console.log(name + " (" + a.role + "): " + a.fails + " of " + a.n);
'`;
}
