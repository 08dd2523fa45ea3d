// Goal: a golden run says which versions it ran on, and a baseline that is old or missing is a gap.
// Method: promptfoo's and JUnit's own files, with what a sender says beside them.

import { expect, test } from "vitest";
import { baselineGap } from "#src/domain/test-results/baseline.ts";
import { shortHash } from "#src/domain/test-results/check-arm.ts";
import { goldenRunOf } from "#src/domain/test-results/golden-run.ts";
import { pinsOfRun } from "#src/domain/test-results/run-pins.ts";
import type { TestRun } from "#src/domain/test-results/test-run.ts";
import { readTestResults } from "#src/intake/formats/test-results.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { bent, sampleText } from "#test/intake/formats/samples.ts";

function runOf(text: string): TestRun {
  const read = readTestResults(text);
  if (!read?.ok) throw new Error(`not read: ${read?.error}`);
  return read.value;
}
const fail = "promptfoo/promptfoo-fail.json";
const noKeys = { pinKeys: {} };

/** The pins by name, several values with a bar between. */
function pinned(
  run: TestRun,
  beside: Record<string, string> = {},
  settings: Parameters<typeof pinsOfRun>[2] = noKeys,
) {
  const pins = pinsOfRun(run, beside, settings, sha256);
  if (!pins.ok) return pins.error;
  const byPin = Map.groupBy(pins.value, ({ pin }) => pin);
  return Object.fromEntries(
    [...byPin].map(([pin, own]) => [pin, own.map(({ value }) => value).join("|")]),
  );
}

test("C2b: the model of the provider, the hash of the prompt and vars that look like versions are pins", () => {
  expect(pinned(runOf(sampleText(fail)))).toEqual({
    "model.requested": "fake:support-model@2026-10-01",
    prompt: shortHash(sha256("Policy context: {{context}}\nQ: {{q}}")),
    index: "idx-2026-10-30",
  });
});

test("parameters of the provider are pins, and a team's own keys; several values stand beside each other", () => {
  const run = runOf(
    bent(fail, (file) => {
      file.config.providers[0]!.config = { temperature: 0, apiKey: "sk-4711", max_tokens: 9 };
      for (const [at, row] of file.results.results.entries()) {
        row.provider.id = "openai:gpt-4o";
        row.vars["corpus_cut"] = "c-9";
        row.vars["index_version"] = `idx-${at % 2}`;
      }
    }),
  );
  expect(pinned(run, {}, { pinKeys: { corpus_cut: "retrieval_data" } })).toMatchObject({
    "model.requested": "openai:gpt-4o",
    "param.temperature": "0",
    "param.max_tokens": "9",
    index: "idx-0|idx-1",
    corpus_cut: "c-9",
  });
  expect(JSON.stringify(run)).not.toContain("4711");
});

test("a JUnit report takes its pins from beside it, by the name of a var or of a pin", () => {
  const run = runOf(sampleText("promptfoo/promptfoo-fail.junit.xml"));
  expect(
    pinned(run, { index_version: "idx-1", "model.served": "m-1", prompt: "support@v42" }),
  ).toMatchObject({
    "model.requested": "fake:support-model@2026-10-01",
    "model.served": "m-1",
    index: "idx-1",
    prompt: "support@v42",
  });
});

test("what is said beside a file has to be what it ran with, and has to be a version", () => {
  expect(pinned(runOf(sampleText(fail)), { index_version: "idx-2026-11-06" })).toEqual({
    kind: "differs",
    reasons: [
      expect.stringMatching(
        /^index_version is idx-2026-10-30 in all 3 rows, and pins says idx-2026-11-06: .*\.$/,
      ) as string,
    ],
  });
  expect(pinned(runOf(sampleText(fail)), { mood: "good" })).toMatchObject({
    kind: "unknown",
    reasons: [expect.stringMatching(/^mood is no version that I can place/) as string],
  });
});

test.each([
  [
    "index",
    "idx-WRONG",
    /^index_version is idx-2026-10-30 in all 3 rows, and pins, as index, says idx-WRONG: /,
  ],
  [
    "app.index.version",
    "idx-WRONG",
    /^index_version is idx-2026-10-30 .* as app\.index\.version, says idx-WRONG/,
  ],
  [
    "model.requested",
    "gpt-9",
    /^model is fake:support-model@2026-10-01 .* as model\.requested, says gpt-9/,
  ],
  [
    "prompt_version",
    "v42",
    /^prompt is sha256:\w{16} .* as prompt_version, says v42: a label does not say which text ran/,
  ],
])(
  "C3: %s that contradicts what the file says under another name is refused",
  (key, value, says) => {
    expect(pinned(runOf(sampleText(fail)), { [key]: value })).toEqual({
      kind: "differs",
      reasons: [expect.stringMatching(says) as string],
    });
  },
);

test("C3: a pin that says the same under another name is no second one, also where the file has many values", () => {
  const run = runOf(sampleText(fail));
  const prompt = sha256("Policy context: {{context}}\nQ: {{q}}");
  expect(
    pinned(run, {
      "app.index.version": "idx-2026-10-30",
      "model.requested": "fake:support-model@2026-10-01",
      provider: "fake:support-model@2026-10-01",
      "app.prompt.hash": `sha256:${prompt}`,
    }),
  ).toEqual(pinned(run));
  const many = bent(fail, ({ results }) => {
    const [row] = results.results;
    results.results = Array.from({ length: 7 }, (_, at) => ({
      ...row!,
      vars: { index_version: `idx-${at}` },
    }));
  });
  expect(pinned(runOf(many), { index: "idx-1" })).toMatchObject({
    kind: "differs",
    reasons: [expect.stringMatching(/^index_version is idx-0 in 1 of 7 rows/) as string],
  });
  const prompts = bent(fail, ({ results }) => {
    const [row] = results.results;
    results.prompts = Array.from({ length: 7 }, (_, at) => ({ raw: `prompt ${at}`, label: "v42" }));
    results.results = results.prompts.map((_, promptIdx) => ({ ...row!, promptIdx }));
  });
  expect(pinned(runOf(prompts), { prompt_version: "v42" })).toMatchObject({ kind: "differs" });
});

test("where a file has prompts only with their values put in, the sender's word for the version is taken", () => {
  const lines = runOf(sampleText("promptfoo/promptfoo.jsonl"));
  expect(pinned(lines, { prompt_version: "v42" })).toMatchObject({ prompt: "v42" });
});

test("two names of one version beside a file with two values are refused", () => {
  const run = runOf('<testsuite name="a"><testcase name="one"/></testsuite>');
  expect(pinned(run, { index: "a", index_version: "b" })).toEqual({
    kind: "differs",
    reasons: ["index and index_version are the same version, and pins says a and b."],
  });
  expect(pinned(run, { index: "a", index_version: "a" })).toEqual({ index: "a" });
});

test("a value that is a text of somebody's is kept as its hash", () => {
  const run = runOf(
    bent(fail, ({ results }) => {
      for (const { vars } of results.results) {
        vars["memory"] = "likes cats, John";
        vars["policy_name"] = "john@example.com";
      }
    }),
  );
  const hash = expect.stringMatching(/^sha256:[0-9a-f]{16}$/) as string;
  expect(pinned(run)).toMatchObject({ memory: hash, policy: hash });
});

test("4.17: counts in all and by case are kept; errors are apart", () => {
  const run = runOf(
    bent(fail, ({ results }) => {
      results.results[2]!.failureReason = 2;
    }),
  );
  const ranAt = new Date("2026-11-21T01:48:57Z");
  const sent = { service: "support", digest: "d", ranAt, link: null, pins: [] };
  expect(goldenRunOf(run, sent)).toEqual({
    ...sent,
    format: "promptfoo",
    total: 3,
    failed: 2,
    errors: 1,
    cases: [{ id: "gp-017", n: 2, fails: 2 }],
  });
});

test.each([
  ["none", null, /^There is no golden run in which everything passed/],
  ["of 7 days", "2026-11-15T00:00:00Z", undefined],
  ["of 7 days and a second", "2026-11-14T23:59:59Z", /is 7 days old; after 7 days/],
  ["of a month", "2026-10-22T00:00:00Z", /is 31 days old/],
  ["of tomorrow", "2026-11-23T00:00:00Z", undefined],
])("4.17: a baseline %s", (_, ranAt, says) => {
  const gap = baselineGap(
    ranAt === null ? null : { ranAt: new Date(ranAt) },
    new Date("2026-11-22T00:00:00Z"),
  );
  if (says) expect(gap).toMatch(says);
  else expect(gap).toBeUndefined();
});
