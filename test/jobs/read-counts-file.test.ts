// Goal: a file of test results becomes evidence only by rows that ran with what its arms mean, in the very
// form in which people type counts; every other file is read as before.
// Method: the form's values and the files of promptfoo and JUnit, without a database.

import { expect, test } from "vitest";
import type { IncidentId } from "#src/domain/incident.ts";
import { readCountsFile } from "#src/jobs/read-counts-file.ts";
import { bent, sampleText } from "#test/intake/formats/samples.ts";
import { encodeHint } from "#views/hint.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import type { Values } from "#views/values.ts";

const incidentId = 7 as IncidentId;
const ada = "U0ADA";
const filled = (more: Values): Values => ({
  kind: "E4",
  what: "Index set back",
  author: ada,
  ...more,
});
const pass = sampleText("promptfoo/promptfoo-pass.json");
const fail = sampleText("promptfoo/promptfoo-fail.json");
const trap = sampleText("promptfoo/promptfoo-filter-failing-trap.json");
const meant = "index idx-2026-11-06 (override, Retrieval & data): index_version=idx-2026-11-06";

function read(values: Values, text: string) {
  const result = readCountsFile(filled(values), incidentId, text);
  return result.ok ? result.value : result.error;
}

test("arms are counted from the file under the names, roles and layers that the lines give", () => {
  const both = bent("promptfoo/promptfoo-fail.json", ({ results }) => {
    results.results.push(...(JSON.parse(pass) as { results: typeof results }).results.results);
  });
  expect(read({ arms: `baseline: index_version=idx-2026-10-30\n${meant}` }, both)).toMatchObject({
    kind: "E4",
    what: "Index set back\nFrom promptfoo 0.123.1, run 2026-11-21 01:48 UTC: 3 of 6 runs failed. The file counts 3 runs itself, and has 6 rows.",
    figures: {
      arms: [
        { name: "baseline", role: "baseline", n: 3, fails: 3 },
        {
          name: "index idx-2026-11-06",
          role: "override",
          layers: ["retrieval_data"],
          n: 3,
          fails: 0,
        },
      ],
    },
  });
});

test("the trap is refused with its difference, as a whole replay and as an arm that is added", () => {
  for (const replay of [{}, { replay: "3" }]) {
    expect(read({ arms: meant, ...replay }, trap)).toMatch(
      /^“index idx-2026-11-06” did not run as meant, so it is no evidence\. index_version is idx-2026-10-30 in the only row, and the arm says idx-2026-11-06: the run used the values stored with the failing rows \(--filter-failing\)/,
    );
  }
  expect(read({ arms: meant, replay: "3" }, pass)).toEqual({
    incidentId,
    evidenceNumber: 3,
    arms: [
      {
        name: "index idx-2026-11-06",
        role: "override",
        layers: ["retrieval_data"],
        isLkg: true,
        n: 3,
        fails: 0,
      },
    ],
  });
});

test("the results of a plan need no lines for a replay, and are an evaluation like any other", () => {
  const planned = sampleText("promptfoo-baseline.json");
  expect(read({}, planned)).toMatchObject({
    figures: { arms: [{ name: "Baseline", role: "baseline", n: 3, fails: 3 }] },
  });
  expect(read({ kind: "E6" }, planned)).toMatchObject({ kind: "E6" });
});

test("what is wrong in the lines is said as for typed counts", () => {
  expect(read({ arms: meant }, pass)).toMatch(/There is no baseline/);
  expect(read({ arms: "a (override, Retreival): index_version=idx-2026-11-06" }, pass)).toMatch(
    /“Retreival” is no layer/,
  );
  expect(read({ arms: meant }, "arm,role,n,fails\nbaseline,baseline,20,9")).toMatch(
    /this file is no test results/,
  );
});

test("an evaluation without arms says its counts in words; with lines they are an ablation's", () => {
  expect(read({ kind: "E6" }, fail)).toMatchObject({
    kind: "E6",
    what: "Index set back\nFrom promptfoo 0.123.1, run 2026-11-21 01:48 UTC: 3 of 3 runs failed.",
  });
  const both = bent("promptfoo/promptfoo-fail.json", ({ results }) => {
    results.results.push(...(JSON.parse(pass) as { results: typeof results }).results.results);
  });
  const lines =
    "answers, with: index_version=idx-2026-10-30\nanswers, without: index_version=idx-2026-11-06";
  expect(read({ kind: "E6", ablation: lines }, both)).toMatchObject({
    figures: {
      ablation: [
        { hasChange: true, n: 3, fails: 3 },
        { hasChange: false, n: 3, fails: 0 },
      ],
    },
  });
});

test("a JUnit report is a contract test's counts on one stack", () => {
  expect(
    read({ kind: "E7", stacks: "TPU: host=tpu" }, sampleText("promptfoo/promptfoo-fail.junit.xml")),
  ).toMatchObject({
    kind: "E7",
    figures: { stacks: [{ stack: "TPU", isControl: false, n: 3, fails: 3 }] },
  });
});

test("counts in a CSV are read as before", () => {
  expect(read({}, "arm,role,layers,n,fails\nbaseline,baseline,,20,9")).toMatchObject({
    figures: { arms: [{ name: "baseline", n: 20, fails: 9 }] },
  });
});

const file = [JSON.stringify({ id: "F1", name: "replay.json", size: 900 })];
const parse = (values: Values) =>
  addEvidenceModal.parse(filled(values), encodeHint({ incidentId }));

test("the form takes these lines beside a file, keeps them, and records nothing yet", () => {
  const parsed = parse({ arms: meant, file });
  expect(parsed).toMatchObject({
    ok: true,
    value: { file: { id: "F1" }, values: { arms: meant } },
  });
  expect(parsed.ok && "draft" in parsed.value ? parsed.value.draft : {}).not.toHaveProperty(
    "figures",
  );
});

test("lines that name a version twice, lines without a file and counts beside one are refused at once", () => {
  expect(parse({ arms: "baseline: a=1, a=2", file })).toEqual({
    ok: false,
    error: { arms: "Line 1: a stands there twice." },
  });
  expect(parse({ arms: meant })).toEqual({
    ok: false,
    error: { arms: expect.stringMatching(/^These lines say what ran/) as string },
  });
  expect(parse({ arms: "baseline: 9 of 20", file })).toEqual({
    ok: false,
    error: { file: "Give the counts in the field or in a file, not in both." },
  });
});
