// Goal: rows of a test run become arms of a replay only where they ran with what the arms mean; every trap
// of C3 is refused with the difference.
// Method: files that promptfoo 0.123.1 wrote, the trap among them, as they are and bent; random runs for
// the counts.

import fc from "fast-check";
import { expect, test } from "vitest";
import { parseArms } from "#src/domain/figures/parse-arms.ts";
import { checkArm, shortHash } from "#src/domain/test-results/check-arm.ts";
import { countRun } from "#src/domain/test-results/count-run.ts";
import { parseIntendedLines } from "#src/domain/test-results/intended-lines.ts";
import { countRows, type TestRow, type TestRun } from "#src/domain/test-results/test-run.ts";
import { readTestResults } from "#src/intake/formats/test-results.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { bent, type PromptfooFile, sampleText } from "#test/intake/formats/samples.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

function runOf(text: string): TestRun {
  const read = readTestResults(text);
  if (!read?.ok) throw new Error(`not read: ${read?.error}`);
  return read.value;
}
const sample = (name: string) => runOf(sampleText(`promptfoo/${name}`));
const fail = "promptfoo/promptfoo-fail.json";

/** What a run comes to with these lines: its lines of counts, or why it is refused. */
function counted(run: TestRun, typed: string | null, needsArms = true): string {
  const lines = typed === null ? null : parseIntendedLines(typed);
  if (lines && !lines.ok) throw new Error(lines.error);
  const result = countRun(run, lines?.value ?? null, needsArms);
  return result.ok ? result.value.lines : `refused: ${result.error}`;
}

/** Baseline and override as one file would hold them. */
const both = (): TestRun => {
  const [failing, passing] = [sample("promptfoo-fail.json"), sample("promptfoo-pass.json")];
  return { ...failing, rows: [...failing.rows, ...passing.rows] };
};
const twoLines =
  "baseline: index_version=idx-2026-10-30\nindex idx-2026-11-06 (override, Retrieval & data): index_version=idx-2026-11-06";

test("C3, trap 2: a re-run of failing rows with an override is refused, both values shown", () => {
  const trap = sample("promptfoo-filter-failing-trap.json");
  const arm =
    "snapshot B (override, Retrieval & data): index_version=idx-2026-11-06, context=snapshot B";
  expect(counted(trap, arm)).toBe(
    "refused: “snapshot B” did not run as meant, so it is no evidence. " +
      "index_version is idx-2026-10-30 in the only row, and the arm says idx-2026-11-06: the run used the values stored with the failing rows (--filter-failing), or a test's own vars won over --var. " +
      "context is snapshot A in the only row, and the arm says snapshot B: the run used the values stored with the failing rows (--filter-failing), or a test's own vars won over --var.",
  );
});

test("C3, trap 1: an override that a test's own vars won over is refused beside its baseline, too", () => {
  expect(counted(sample("promptfoo-fail.json"), twoLines)).toBe(
    "refused: “index idx-2026-11-06” did not run as meant, so it is no evidence. " +
      "index_version is idx-2026-10-30 in all 3 rows, and the arm says idx-2026-11-06: the run used the values stored with the failing rows (--filter-failing), or a test's own vars won over --var.",
  );
});

test("a run under its own values is accepted, and reads as typed counts do", () => {
  const lines = counted(
    sample("promptfoo-pass.json"),
    "index idx-2026-11-06 (override, Retrieval & data): index_version=idx-2026-11-06, context=snapshot A, provider=fake:support-model@2026-10-01",
  );
  expect(lines).toBe("index idx-2026-11-06 (override, Retrieval & data): 0 of 3");
  expect(counted(both(), twoLines)).toBe(
    "baseline: 3 of 3\nindex idx-2026-11-06 (override, Retrieval & data): 0 of 3",
  );
  expect(parseArms(counted(both(), twoLines))).toMatchObject({
    ok: true,
    value: [
      { role: "baseline", n: 3, fails: 3 },
      { role: "override", layers: ["retrieval_data"], n: 3, fails: 0 },
    ],
  });
});

test("C3, trap 3: a prompt that was edited under its label is refused by the hash of its text", () => {
  const meant = sha256("Policy context: {{context}}\nQ: {{q}}");
  const edited = runOf(
    bent(fail, ({ results }) => {
      results.prompts[0]!.raw = "Be kind. {{context}} {{q}}";
    }),
  );
  const line = `old prompt (override, Prompt & policy): prompt=sha256:${meant.slice(0, 16)}`;
  expect(counted(sample("promptfoo-fail.json"), line)).toBe(
    "old prompt (override, Prompt & policy): 3 of 3",
  );
  expect(counted(edited, line)).toBe(
    `refused: “old prompt” did not run as meant, so it is no evidence. prompt is ${shortHash(sha256("Be kind. {{context}} {{q}}"))} in all 3 rows, and the arm says ${shortHash(meant)}: the label “support@v42” may be the same, the text below it is another one.`,
  );
  // the label proves nothing
  expect(counted(edited, "old prompt (override, Prompt & policy): prompt=support@v42")).toMatch(
    /a label does not say which text ran/,
  );
});

test("C3, trap 3: nor may an arm differ from its baseline in a prompt that nobody names", () => {
  const run = both();
  const rows = run.rows.map((row) =>
    row.outcome === "pass" ? { ...row, promptHash: sha256("another") } : row,
  );
  expect(counted({ ...run, rows }, twoLines)).toMatch(
    /“index idx-2026-11-06” also differs from “baseline” in prompt: sha256:\w{16} against sha256:\w{16}\. Run both with the same, or name it in both lines\./,
  );
});

test("C3, trap 4: repeats from the cache are one answer, and no arm", () => {
  const cached = runOf(
    bent("promptfoo/promptfoo-pass.json", ({ results }) => {
      results.results[2]!.response!.cached = true;
    }),
  );
  expect(
    counted(cached, "new index (override, Retrieval & data): index_version=idx-2026-11-06"),
  ).toMatch(/Run it again with --no-cache\./);
});

test("rows that fit no line, two lines, or several providers at once are refused", () => {
  const other = runOf(
    bent(fail, ({ results }) => {
      results.results[1]!.vars["index_version"] = "idx-2026-09-01";
      results.results[2]!.vars["index_version"] = "idx-2026-11-06";
    }),
  );
  expect(counted(other, twoLines)).toMatch(
    /^refused: 1 row fits no line\. .*index_version is idx-2026-09-01 in the only row/,
  );
  expect(counted(other, "baseline: index_version=idx-2026-10-30")).toMatch(
    /idx-2026-09-01 in 1 of 3 rows \(row 2\), is idx-2026-11-06 in 1 of 3 rows \(row 3\)/,
  );
  expect(
    counted(
      sample("promptfoo-fail.json"),
      "baseline: context=snapshot A\nother (override, Model): q=Can I claim a bereavement fare after flying?",
    ),
  ).toMatch(/Row 1 fits “baseline” and “other” alike/);
  const mixed = runOf(
    bent(fail, ({ results }) => {
      results.results[0]!.provider.label = "other-model";
    }),
  );
  expect(counted(mixed, "baseline: context=snapshot A")).toMatch(/ran with 2 providers/);
});

test("what the run does not know is no override; a run without answers, and one that is cut, are none", () => {
  const run = sample("promptfoo-fail.json");
  expect(counted(run, "baseline: region=eu")).toMatch(
    /region is missing in all 3 rows, and the arm says eu: the run does not know it/,
  );
  expect(counted(run, "baseline: constructor=x")).toMatch(/constructor is missing/);
  const rows = run.rows.map((row): TestRow => ({ ...row, outcome: "error" }));
  expect(counted({ ...run, rows }, "baseline: context=snapshot A")).toMatch(
    /Every run of “baseline” ended in an error/,
  );
  const cut = { ...run, about: { ...run.about, isCut: true } };
  expect(counted(cut, "baseline: context=snapshot A")).toMatch(/cut off/);
  expect(counted({ ...run, rows: [] }, "baseline: context=snapshot A")).toMatch(/no test in it/);
});

test("without a word of what its rows mean a run is no replay; it can be an evaluation", () => {
  const run = sample("promptfoo-fail.json");
  expect(counted(run, null)).toMatch(/^refused: Nothing in the file says what its rows were meant/);
  expect(countRun(run, null, false)).toEqual({
    ok: true,
    value: {
      lines: "",
      said: "From promptfoo 0.123.1, run 2026-11-21 01:48 UTC: 3 of 3 runs failed.",
    },
  });
});

test("JUnit has no pins: they are taken on the word of whoever typed them, but for what it says", () => {
  const run = sample("promptfoo-fail.junit.xml");
  expect(counted(run, null)).toMatch(/^refused: A JUnit file says which tests failed/);
  expect(counted(run, "baseline: index_version=idx-2026-10-30")).toBe("baseline: 3 of 3");
  expect(counted(run, "baseline: provider=another-model")).toMatch(
    /provider is fake:support-model@2026-10-01 in all 3 rows/,
  );
  expect(counted(run, twoLines)).toMatch(/give one file for each arm/);
});

/** Baseline and arms as promptfoo wrote them for a plan, in one file; with the pins that plans write today. */
function planned(bend: (file: PromptfooFile) => void = () => {}): TestRun {
  const baseline = JSON.parse(sampleText("promptfoo-baseline.json")) as PromptfooFile;
  const text = bent("promptfoo-arms.json", (file) => {
    const { prompts, results } = baseline.results;
    const shift = file.results.prompts.length;
    file.results.prompts.push(...prompts);
    file.results.results.unshift(
      ...results.map((row) => ({ ...row, promptIdx: row.promptIdx + shift })),
    );
    for (const row of file.results.results) {
      const { context, history } = row.vars;
      row.testCase.metadata["pins"] = { model: row.provider.id, context, history };
    }
    bend(file);
  });
  return runOf(text);
}
const rowsOf = ({ results }: PromptfooFile, arm: string) =>
  results.results.filter(({ testCase }) => testCase.description === arm);

test("results of a plan say themselves what their arms are: all of them are counted", () => {
  const lines = counted(planned(), null);
  expect(lines.split("\n")).toHaveLength(8);
  expect(lines).toMatch(/^Baseline: 3 of 3\n/m);
  expect(lines).toMatch(/^Retrieval & data set back \(override, Retrieval & data\): \d of 3$/m);
  expect(lines).toMatch(/^All set back \(all last known good\): 0 of 3$/m);
  expect(parseArms(lines).ok).toBe(true);
});

test.each<[string, (file: PromptfooFile) => void, RegExp]>([
  [
    "with stored values",
    (file) => {
      for (const row of rowsOf(file, "Retrieval & data set back"))
        row.vars["context"] = "file://ctx.txt";
    },
    /“Retrieval & data set back” did not run as planned, so it is no evidence\. context is file:\/\/ctx\.txt in all 3 rows, and the plan says file:\/\/ctx-good\.txt/,
  ],
  [
    "with another provider",
    (file) => {
      for (const row of rowsOf(file, "Baseline")) row.provider.label = "echo";
    },
    /“Baseline” ran with the provider “echo” in 3 of 3 rows/,
  ],
  [
    "with another model under its label",
    (file) => {
      for (const row of rowsOf(file, "Model set back")) {
        row.testCase.metadata["pins"] = { model: "file://prov-best.js" };
      }
    },
    /model is file:\/\/prov-good\.js, and the plan says file:\/\/prov-best\.js/,
  ],
  [
    "with a prompt that was edited under its label",
    (file) => {
      for (const row of rowsOf(file, "Model set back")) {
        file.results.prompts[row.promptIdx]!.raw = "edited";
      }
    },
    /“Model set back” differs from “Baseline” in its prompt, which it does not set back: prompt is sha256:\w{16} against sha256:\w{16}/,
  ],
  [
    "without its parameter",
    (file) => {
      for (const provider of file.config.providers) {
        if (provider.label === "Orchestration & tools set back")
          provider.config = file.config.providers[0]!.config!;
      }
    },
    /“Orchestration & tools set back” sets its config back, and it is as in “Baseline”/,
  ],
])("an arm of a plan that ran %s is refused", (_, bend, says) => {
  expect(counted(planned(bend), null)).toMatch(says);
});

test("a plan's JSONL lacks the parameters of its arms, and is refused for that", () => {
  const { results } = JSON.parse(sampleText("promptfoo-arms.json")) as PromptfooFile;
  const run = runOf(results.results.map((row) => JSON.stringify(row)).join("\n"));
  expect(counted(run, null)).toMatch(/Give the JSON file of the run/);
});

const anyRow = fc
  .record({
    outcome: fc.constantFrom("pass" as const, "fail" as const, "error" as const),
    index: fc.constantFrom("a", "b", "c"),
    isCached: fc.boolean(),
  })
  .map(({ outcome, index, isCached }): TestRow => ({
    name: "t",
    goldenId: null,
    outcome,
    vars: { index },
    provider: { id: "p", label: "p" },
    promptHash: sha256("p"),
    isPromptRendered: false,
    promptLabel: "p",
    config: {},
    metadata: {},
    intended: null,
    isCached,
  }));

test("counts of arms never exceed the rows, and an accepted arm has only rows that ran as it means", () => {
  const lines = parseIntendedLines("baseline: index=a\nb (override, Model): index=b");
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 12 }), (rows) => {
      const run: TestRun = {
        format: "promptfoo",
        ranAt: null,
        rows,
        about: { tool: null, skipped: 0, isCut: false, notes: [] },
      };
      const { n, fails, errors } = countRows(rows);
      expect(n + errors).toBe(rows.length);
      expect(fails).toBeLessThanOrEqual(n);
      expect(checkArm(rows, { index: "a" }).ok).toBe(
        rows.every(({ vars }) => vars["index"] === "a"),
      );
      const result = countRun(run, lines.ok ? lines.value : [], true);
      if (!result.ok) return;
      const arms = parseArms(result.value.lines);
      if (!arms.ok) throw new Error(arms.error);
      expect(arms.value.reduce((sum, arm) => sum + arm.n, 0)).toBe(n);
      expect(arms.value.reduce((sum, arm) => sum + arm.fails, 0)).toBe(fails);
      expect(rows.every(({ vars }) => vars["index"] !== "c")).toBe(true);
    }),
    { numRuns: propertyRuns },
  );
});
