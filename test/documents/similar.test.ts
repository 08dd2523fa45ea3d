// Goal: the postmortem lists the incidents that look like it, with what people made of each and what is
// still open of it (B11.16, R13), whatever their titles hold.
// Method: the document of S0 with similar incidents added, read as text.

import { expect, test } from "vitest";
import type { SimilarRecord } from "#src/documents/record.ts";
import { openQuestions } from "#src/documents/sections/open-questions.ts";
import { s0Record } from "./s0-record.ts";

const like = (facts: Partial<SimilarRecord> = {}): SimilarRecord => ({
  number: 9,
  title: "Assistant cites the old travel rule",
  url: null,
  state: "linked",
  reasons: ["layer_and_symptom"],
  isSameLayer: true,
  openActions: 2,
  ...facts,
});

function linesOf(...similar: SimilarRecord[]): string[] {
  const text = openQuestions.render({ ...s0Record(), similar }) ?? "";
  const [, listed = ""] = text.split("Similar incidents:\n\n");
  return listed.split("\n");
}

test("R13: each incident that looks like it is named with why, what people said, and its open actions", () => {
  expect(
    linesOf(
      like(),
      like({ state: "shown", isSameLayer: false, openActions: 0 }),
      like({ state: "reopened", reasons: ["golden", "mechanism"], openActions: 1 }),
      like({ reasons: [], url: "https://github.com/example/postmortems/pull/3", openActions: 0 }),
    ),
  ).toEqual([
    "- Incident 9, “Assistant cites the old travel rule”: the same layer and symptom. 2 of its actions are not known to be done.",
    "- Incident 9, “Assistant cites the old travel rule”: the same symptom. Nobody has said whether it is the same failure.",
    "- Incident 9, “Assistant cites the old travel rule”: the same golden test and the same mechanism. It was reopened. 1 of its actions is not known to be done.",
    "- [Incident 9](<https://github.com/example/postmortems/pull/3>), “Assistant cites the old travel rule”: linked by hand.",
  ]);
});

test("a title does nothing on GitHub", () => {
  const [line = ""] = linesOf(like({ title: "@octocat fixes #12\n## a heading <!-- x -->" }));
  expect(line).not.toMatch(/@octocat|#12|<!--/);
  expect(linesOf(like({ title: "two\nlines" }))).toHaveLength(1);
});

test("without any, nothing is said of similar incidents", () => {
  expect(openQuestions.render(s0Record())).not.toContain("Similar incidents");
});
