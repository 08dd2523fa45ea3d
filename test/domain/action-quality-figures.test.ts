// Goal: the words by which Q1, Q2, Q3 and Q5 (B10) judge actions miss few bad ones and stop few good ones.
// Method: the shared sample, and actions and criteria that were written before the word lists saw them.
// Misses and false alarms are printed.

import { expect, test } from "vitest";
import { checkAction } from "#src/domain/action-quality.ts";
import type { FailureType } from "#src/domain/vocabulary.ts";
import type { ConstraintKind } from "#src/domain/vocabulary.ts";
import { figures, readSamples } from "#test/support/samples.ts";

type Expected = "pass" | "weak" | "refuse";

interface Sample {
  title: string;
  owner: string;
  due: string;
  criterion: string;
  kind: ConstraintKind;
  enforcement: string;
  failure_type: FailureType;
  expected: Expected;
  rules: string[];
  missing: string[];
}

interface Criterion {
  criterion: string;
  testable: boolean;
  /** 1: the word lists were made with these in view; 2 and 3: measured once before they were. */
  round: number;
}

const strictness: readonly Expected[] = ["pass", "weak", "refuse"];

function judged(sample: Sample): { got: Expected; rules: string[]; fields: string[] } {
  const { title, owner, due: dueOn, criterion, kind: constraintKind, enforcement } = sample;
  const { refusals, weaknesses } = checkAction({
    title,
    owner,
    dueOn,
    criterion,
    layer: "model",
    constraintKind,
    enforcement,
    verification: null,
    failureType: sample.failure_type,
  });
  const found = refusals.length > 0 ? refusals : weaknesses;
  // a blank criterion is told as Q0: its remedy is the same
  const rules = found.flatMap(({ rule, field }) =>
    rule === "Q0" ? (field === "criterion" ? ["Q1"] : []) : [rule],
  );
  const got = refusals.length > 0 ? "refuse" : weaknesses.length > 0 ? "weak" : "pass";
  const fields = found.map(({ field }) => (field === "due_on" ? "due" : field));
  return { got, rules: [...new Set(rules)].toSorted(), fields };
}

function measured(samples: readonly Sample[]) {
  const isLess = (one: Expected, other: Expected): boolean =>
    strictness.indexOf(one) < strictness.indexOf(other);
  const line = ({ title, criterion }: Sample): string => `${title} | ${criterion}`;
  return {
    misses: samples.filter((one) => isLess(judged(one).got, one.expected)).map(line),
    falseAlarms: samples.filter((one) => isLess(one.expected, judged(one).got)).map(line),
    faulty: samples.filter(({ expected }) => expected !== "pass").length,
    fine: samples.filter(({ expected }) => expected !== "refuse").length,
  };
}

test("the shared sample: every row is refused, weak or passed by the rules it names, at its fields", () => {
  const samples = readSamples<Sample>("action-lint.jsonl");
  const found = measured(samples);
  console.info("actions, shared sample:", figures(found));
  expect(samples).toHaveLength(40);
  expect(found).toMatchObject({ misses: [], falseAlarms: [] });
  for (const sample of samples) {
    const { rules, fields } = judged(sample);
    expect(rules, sample.title).toEqual(sample.rules.toSorted());
    expect(fields, sample.title).toEqual(expect.arrayContaining(sample.missing));
  }
});

// Measured before the rules saw them: the first 70, with Q1 as it was, 0 of 26 refusals missed and 5 of 44
// good criteria refused; the last 57, 0 of 32 missed and 3 of 35 refused wrongly.
test.each([["action-lint-unseen.jsonl"], ["action-lint-fresh.jsonl"]])(
  "%s: at most 5 % are missed, at most 5 % stopped wrongly",
  (file) => {
    const found = measured(readSamples<Sample>(file));
    console.info(`actions, ${file}:`, figures(found), found.misses, found.falseAlarms);
    expect(found.misses.length / found.faulty).toBeLessThanOrEqual(0.05);
    expect(found.falseAlarms.length / found.fine).toBeLessThanOrEqual(0.05);
  },
);

// Measured before the rules saw them: round 2, 3 of 12 good ones refused and 0 of 12 poor ones let through;
// round 3, 0 of 25 refused and 2 of 25 let through.
test("Q1: criteria that somebody else can test are told from those that nobody can", () => {
  const criteria = readSamples<Criterion>("action-criteria.jsonl");
  const isRefused = ({ criterion }: Criterion): boolean =>
    judged({
      title: "Freshness alert on the corpus",
      owner: "U1",
      due: "2026-12-15",
      criterion,
      kind: "test",
      enforcement: "required check",
      failure_type: "data",
      expected: "pass",
      rules: [],
      missing: [],
    }).got === "refuse";
  const poor = criteria.filter(({ testable }) => !testable);
  const good = criteria.filter(({ testable }) => testable);
  const found = {
    misses: poor.filter((one) => !isRefused(one)).map(({ criterion }) => criterion),
    falseAlarms: good.filter(isRefused).map(({ criterion }) => criterion),
    faulty: poor.length,
    fine: good.length,
  };
  console.info("action criteria:", figures(found), found.misses, found.falseAlarms);
  expect(found.misses.length / found.faulty).toBeLessThanOrEqual(0.05);
  expect(found.falseAlarms.length / found.fine).toBeLessThanOrEqual(0.05);
});
