// Goal: what promptfoo wrote is read as it ran, what cannot be read is refused by name, and no word that
// people or models said comes out of it.
// Method: files that promptfoo 0.123.1 wrote, as they are and bent; random ones for what must never throw.

import fc from "fast-check";
import { expect, test } from "vitest";
import { countRows, type TestRun } from "#src/domain/test-results/test-run.ts";
import { readTestResults } from "#src/intake/formats/test-results.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { bent, type PromptfooFile, sampleText } from "./samples.ts";

function runOf(text: string): TestRun {
  const read = readTestResults(text);
  if (!read?.ok) throw new Error(`not read: ${read?.error}`);
  return read.value;
}
function refusalOf(text: string): string {
  const read = readTestResults(text);
  if (!read || read.ok) throw new Error("not refused");
  return read.error;
}

test("C3: the rows, what they ran with and when stand in the JSON file", () => {
  const run = runOf(sampleText("promptfoo/promptfoo-fail.json"));
  expect(run).toMatchObject({
    format: "promptfoo",
    ranAt: new Date("2026-11-21T01:48:57.511Z"),
    about: { tool: "promptfoo 0.123.1", skipped: 0, isCut: false, notes: [] },
  });
  expect(countRows(run.rows)).toEqual({ n: 3, fails: 3, errors: 0 });
  expect(run.rows[0]).toMatchObject({
    name: "bereavement refund",
    goldenId: "gp-017",
    outcome: "fail",
    vars: { index_version: "idx-2026-10-30", context: "snapshot A" },
    provider: { id: "file://./prov.js", label: "fake:support-model@2026-10-01" },
    promptLabel: "support@v42",
    isPromptRendered: false,
  });
});

test("C3: the hash is of the template's text, whatever promptfoo's own id of the prompt says", () => {
  const name = "promptfoo/promptfoo-fail.json";
  const edited = bent(name, ({ results }) => {
    results.prompts[0]!.raw = "Answer kindly. {{q}}";
  });
  const [row] = runOf(sampleText(name)).rows;
  const [silent] = runOf(edited).rows;
  expect(row!.promptHash).toBe(sha256("Policy context: {{context}}\nQ: {{q}}"));
  expect(silent!.promptLabel).toBe(row!.promptLabel);
  expect(silent!.promptHash).toBe(sha256("Answer kindly. {{q}}"));
});

test("repeats are one case, by golden id and not by their test index", () => {
  const run = runOf(sampleText("promptfoo/promptfoo-pass.json"));
  expect([...Map.groupBy(run.rows, ({ goldenId }) => goldenId).keys()]).toEqual(["gp-017"]);
  expect(countRows(run.rows)).toEqual({ n: 3, fails: 0, errors: 0 });
});

test("a run without an answer is an error and no failure, also in files that give no reason", () => {
  const text = bent("promptfoo/promptfoo-fail.json", ({ results }) => {
    results.results[0]!.failureReason = 2;
    const [, second] = results.results;
    delete second!.failureReason;
    delete second!.response;
    second!.error = "429 Too Many Requests";
  });
  expect(countRows(runOf(text).rows)).toEqual({ n: 1, fails: 1, errors: 2 });
});

test("JSONL has rows alone: the prompt is known with its values put in, and the time is not", () => {
  const run = runOf(sampleText("promptfoo/promptfoo.jsonl"));
  expect(run.ranAt).toBeNull();
  expect(run.rows).toHaveLength(1);
  expect(run.rows[0]).toMatchObject({
    isPromptRendered: true,
    vars: { index_version: "idx-2026-11-06" },
  });
});

test("blank lines of JSONL are said, and so is a last line that is cut off", () => {
  const line = sampleText("promptfoo/promptfoo.jsonl").trim();
  const run = runOf(`${line}\n\n${line}\n${line.slice(0, 300)}`);
  expect(run.rows).toHaveLength(2);
  expect(run.about).toMatchObject({
    isCut: true,
    notes: ["A blank line was passed over.", "Line 4, the last one, is cut off and was left out."],
  });
  expect(refusalOf(`${line}\n{"success": tru\n${line}`)).toBe(
    "Line 2 is no JSON. Give the file as promptfoo wrote it.",
  );
});

test.each<[string, (file: PromptfooFile) => void, RegExp]>([
  ["of version 2", ({ results }) => (results.version = 2), /of version 2\. Export it again/],
  [
    "with a table",
    ({ results }) => Object.assign(results, { version: 1, table: {} }),
    /of version 2/,
  ],
  [
    "of a version to come",
    ({ results }) => (results.version = 4),
    /of version 4, and version 3 is read/,
  ],
  ["without rows", ({ results }) => Object.assign(results, { results: null }), /no rows/],
  [
    "with a row of another shape",
    ({ results }) => Object.assign(results.results[1]!, { success: "yes" }),
    /^Row 2: success is not as promptfoo writes it\.$/,
  ],
  [
    "with a reason that nobody knows",
    ({ results }) => (results.results[2]!.failureReason = 7),
    /^Row 3: success is false and failureReason is 7/,
  ],
  [
    "that contradicts itself",
    ({ results }) => (results.results[0]!.success = true),
    /^Row 1: success is true and failureReason is 1/,
  ],
])("a file %s is refused by what is wrong with it", (_, bend, says) => {
  expect(refusalOf(bent("promptfoo/promptfoo-fail.json", bend))).toMatch(says);
});

test("a file whose end is missing is told as that", () => {
  const text = sampleText("promptfoo/promptfoo-fail.json");
  expect(refusalOf(text.slice(0, -500))).toMatch(/cut off/);
});

test("answers from the cache, and rows that its own count misses, are said", () => {
  const text = bent("promptfoo/promptfoo-pass.json", ({ results }) => {
    results.results[1]!.response!.cached = true;
    results.results.pop();
  });
  expect(runOf(text).about.notes).toEqual([
    "The file counts 3 runs itself, and has 2 rows.",
    "1 of 2 answers came from promptfoo's cache: run it with --no-cache.",
  ]);
});

test("what people wrote and models answered comes out as hashes or not at all", () => {
  const secret = "My account is 4711.\nPlease refund me.";
  const text = bent("promptfoo/promptfoo-fail.json", ({ results }) => {
    results.prompts[0]!.raw = secret;
    for (const row of results.results) {
      row.prompt.raw = secret;
      row.prompt.label = secret;
      row.vars["q"] = secret;
      row.vars["history"] = [{ role: "user", content: secret.repeat(9) }];
      row.response!.output = secret;
      row.error = secret;
    }
  });
  expect(JSON.stringify(runOf(text))).not.toContain("4711");
});

test("names in a file are names only", () => {
  const text = bent("promptfoo/promptfoo-fail.json", ({ results }) => {
    for (const row of results.results) {
      row.vars = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, unknown>;
    }
  });
  const [row] = runOf(text).rows;
  expect(Object.keys(row!.vars)).toEqual(["constructor"]);
  expect(Object.getPrototypeOf(row!.vars)).toBe(Object.prototype);
});

test("counts that people save as JSON or CSV are no test results", () => {
  for (const text of ['[{"arm":"a","n":2,"fails":1}]', '{"arms":[]}', "arm,n,fails\na,2,1", ""]) {
    expect(readTestResults(text)).toBeUndefined();
  }
});

test("values that are nested 200,000 deep are refused in a sentence; brackets in a text are text", () => {
  const [open, close] = ["[".repeat(200_000), "]".repeat(200_000)];
  const deep = bent("promptfoo/promptfoo-fail.json", ({ results }) => {
    results.results[0]!.vars["deep"] = "DEEP";
  }).replace('"DEEP"', open + close);
  const line = `{"success":true,"testIdx":1,"vars":{"deep":${open + close}}}`;
  for (const text of [deep, line, deep.slice(0, -2)]) {
    expect(readTestResults(text)).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^It nests deeper than 200/) as string,
    });
  }
  const asText = `${open}\\"${open}\\\\`;
  expect(
    runOf(`{"success":true,"testIdx":1,"vars":{"deep":${JSON.stringify(asText)}}}`).rows,
  ).toHaveLength(1);
});

test("whatever is in a file, it is read or refused, and never throws", () => {
  const row = { success: false, testIdx: 1, failureReason: 1 };
  const keys = fc.constantFrom(
    "vars",
    "provider",
    "prompt",
    "testCase",
    "metadata",
    "response",
    "promptIdx",
  );
  fc.assert(
    fc.property(fc.jsonValue(), keys, (value, key) => {
      const results = {
        version: 3,
        prompts: [value],
        results: [{ ...row, [key]: value }],
        stats: value,
      };
      readTestResults(JSON.stringify({ results, config: value, metadata: value }));
      readTestResults(
        JSON.stringify({ results, config: { providers: [value, { label: value }] } }),
      );
      readTestResults(JSON.stringify({ results: value }));
      readTestResults(`{"success":true,"testIdx":1}\n${JSON.stringify(value)}`);
    }),
    { numRuns: propertyRuns },
  );
});
