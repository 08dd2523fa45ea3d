// Goal: Q0 to Q2 (B10) refuse actions that nobody could test, and let the others through.
// Method: the shared sample, every row; then sentences that were written after the word lists and never
// used to tune them. Misses and false alarms are printed.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type ActionDraft, checkAction } from "#src/domain/action-quality.ts";

interface Sample {
  title: string;
  owner: string;
  due: string;
  criterion: string;
  expected: "pass" | "weak" | "refuse";
  rules: string[];
  missing: string[];
}

const samples = readFileSync(new URL("../samples/action-lint.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Sample);

const draft = (facts: Partial<ActionDraft> = {}): ActionDraft => ({
  title: "Freshness alert on the corpus",
  owner: "U1",
  dueOn: "2026-12-15",
  criterion: "alert test fires when the newest document is older than 24 h",
  ...facts,
});

test("the sample: what passes or is weak is not refused, what is refused is refused at the field", () => {
  const falseAlarms: string[] = [];
  const misses: string[] = [];
  for (const sample of samples) {
    const { title, owner, due: dueOn, criterion, expected, missing } = sample;
    const faults = checkAction({ title, owner, dueOn, criterion });
    const line = `${title} | ${criterion} | ${faults.map((one) => one.rule).join("+")}`;
    if (expected !== "refuse" && faults.length > 0) falseAlarms.push(line);
    if (expected !== "refuse") continue;
    const fields = missing.map((field) => (field === "due" ? "due_on" : field));
    const found = new Set<string>(faults.map((one) => one.field));
    // a blank criterion is told as Q0: its remedy is the same
    const rules = new Set<string>(faults.map((one) => (one.rule === "Q0" ? "Q1" : one.rule)));
    const isComplete =
      faults.length > 0 &&
      fields.every((field) => found.has(field)) &&
      sample.rules.every((rule) => rules.has(rule));
    if (!isComplete) misses.push(line);
  }
  expect(samples).toHaveLength(40);
  expect({ falseAlarms, misses }).toEqual({ falseAlarms: [], misses: [] });
});

test.each([
  [{ title: " " }, "title"],
  [{ owner: "" }, "owner"],
  [{ owner: "platform team" }, "owner"],
  [{ owner: "U1, U2" }, "owner"],
  [{ dueOn: "" }, "due_on"],
  [{ criterion: "\n" }, "criterion"],
] as const)("Q0: %j is missing at %s", (facts, field) => {
  expect(checkAction(draft(facts))).toMatchObject([{ field, rule: "Q0" }]);
});

test("Q1: an activity is refused at the criterion", () => {
  const faults = checkAction(draft({ criterion: "work on the document goes on" }));
  expect(faults).toMatchObject([{ field: "criterion", rule: "Q1" }]);
  expect(faults[0]?.rule).toBe("Q1");
});

test.each([
  ["Be  MORE\u00A0careful with deploys", "be more careful"],
  ["Raising awareness of drift", "raising awareness"],
  ["Make everybody aware of it", "aware"],
  ["Remind the team", "remind"],
  ["Retrain our staff", "retrain our staff"],
  ["Im\u200Bproved recall", "improved"],
  ["Monitor the p95 closely", "monitor the p95 closely"],
  ["Looking into the filter", "looking into"],
  ["Ensures quality", "ensures"],
  ["Follow best-practices", "best-practices"],
])("Q2: the title %j is refused at the criterion, naming %j", (title, phrase) => {
  const faults = checkAction(draft({ title }));
  expect(faults).toMatchObject([{ field: "criterion", rule: "Q2" }]);
  expect(faults[0]?.message).toContain(`“${phrase}”`);
  expect(faults[0]?.rule).toBe("Q2");
});

test.each([
  "Retrain the ranking model on June data",
  "Locale-aware tokenizer for dates",
  "Training data filter rejects personal data",
  "Look-up table for tariffs",
])("Q2: %j is an action, not a wish", (title) => {
  expect(checkAction(draft({ title }))).toEqual([]);
});

test("Q2: to investigate takes one owner and a decision by a day", () => {
  const title = "Investigate the cache misses";
  expect(checkAction(draft({ title }))).toMatchObject([{ field: "criterion", rule: "Q2" }]);
  const criterion = "decision recorded in the incident by 15 December: fix, accept or drop";
  expect(checkAction(draft({ title, criterion }))).toEqual([]);
  const ownerless = checkAction(draft({ title, criterion, owner: "" }));
  expect(ownerless.map((one) => one.rule)).toEqual(["Q0", "Q2"]);
});

test("Q1, Q2: where both refuse, Q2 comes last", () => {
  const title = "Be more careful with policy documents";
  const faults = checkAction(draft({ title, criterion: "everyone is aware" }));
  expect(faults.map((one) => one.rule)).toEqual(["Q1", "Q2"]);
});

// The word lists were made with these in view.
const known: Record<"testable" | "untestable", string[]> = {
  testable: [
    "the quota job cuts a tenant off at 110 % of its budget in staging",
    "reranker output for the 30 pinned queries is byte-identical before and after the upgrade",
    "an agent session without approval cannot write to the ledger, shown by the red-team script",
    "each refusal carries the id of the rule that caused it",
    "the corpus diff of every night is attached to the release ticket",
    "tenant isolation test reads zero foreign documents",
    "time to first token in region-3 is under 900 ms at the 95th percentile",
    "the fallback model takes over within 20 s when the provider returns 529",
    "the pull request template asks for the ablation, and the bot blocks a merge without it",
    "citations resolve to a live page in 99 of 100 sampled answers",
    "the freeze is visible as a red banner in the release tool",
    "the parser rejects a completion with trailing text",
    "unit test test_currency_format passes for all 12 locales",
    "p95 latency of /chat stays below 1.2 s for 7 days on the dashboard",
    "the staging cluster refuses a model id that is not on the allow list",
    "two engineers' approvals are visible on each prompt pull request",
    "weekly report shows at least 95 % of answers with a working link",
    "feature flag agent_writes is off by default in config and a test proves it",
    "grafana panel 'index age' turns red after 6 h without a rebuild",
    "replaying trace 4411 returns the rule in force",
    "schema registry rejects a producer without owner field",
    "PagerDuty page arrives within 5 minutes of a 3 % drop in grounded answers",
    "API returns 429 with Retry-After once a tenant passes 50 requests a second",
    "no prompt can be merged without a green evaluation run",
    "backup restore finishes in under 30 minutes in the quarterly drill",
    "vendor notice of a model change opens a ticket automatically",
    "router config in the repository equals the config in production, compared hourly by a job",
    "the on-call runbook names one person for each layer and the link check on it passes",
    "cost per request in the billing export is at most 0.02 dollars",
    "an injected stale document is flagged by the freshness probe within an hour",
    "tool call without a permission scope returns 403 in the contract test",
    "the shadow run of 500 prompts differs in fewer than 5 answers",
    "customers see the date of the source under every answer in the screenshot test",
    "old index snapshots are deleted after 30 days, shown by the storage listing",
    "the load test at double traffic keeps the error share under 0.5 %",
    "smoke test in region-2 blocks the rollout on the first wrong answer",
    "each retrieval log line carries the index version",
    "alarm rings when no feedback arrives for two hours",
    "model version on every span",
    "end-to-end replay of the three reported questions answers by the new rule",
    "the assistant declines the travel question while the index is older than the rule",
    "an expired document never reaches the context, shown by the planted-document test",
    "the gateway drops a request whose tool schema hash is unknown",
    "support sees fewer than 2 tickets a week tagged wrong-rule",
    "the build breaks on an unpinned model alias",
    "the prompt repository rejects a push without an ablation result",
  ],
  untestable: [
    "the team meets more often",
    "everybody follows the runbook",
    "prompt quality is where it should be",
    "we are confident in the retrieval",
    "nobody complains",
    "a culture of testing",
    "documentation written",
    "cleanup finished",
    "root cause understood",
    "talks with the vendor continue",
    "code is cleaner",
    "as soon as possible",
    "team has discussed it",
    "people know the process",
    "we have fewer problems",
    "document updated",
    "the fix works",
    "prompts are reviewed carefully",
    "answers are correct",
    "things are more stable",
    "meeting with vendor took place",
    "code cleaned up",
    "users are happy",
    "done when done",
    "three workshops held",
    "everything is documented",
    "model quality is acceptable",
    "we talk about it more often",
    "quality is up",
    "the team feels confident",
    "work continues",
    "it no longer happens",
    "engineers double-check",
    "a plan exists in our heads",
    "process followed",
    "done",
    "ask somebody",
    "the problem is solved for good",
    "stakeholders informed",
    "lessons learned shared",
    "monitoring in place",
    "documentation is good",
    "no wrong answers",
    "no complaints",
    "more people know about it",
    "reviewed",
    "a workshop took place",
    "we trust the index",
    "the index is fine again",
    "the model behaves",
    "code quality went up",
    "it is done",
  ],
};

// Written after the word lists were done, and measured once: 3 of 12 good criteria were refused, 0 of 12
// poor ones let through. The lists were not changed for them; a change of the lists needs new sentences.
const unseen: Record<"testable" | "untestable", string[]> = {
  testable: [
    "the weekly cost sheet stays under 400 dollars for four weeks running",
    "a stale embedding job is killed by the watchdog after 15 minutes",
    "two people outside the team reproduce the fix from the ticket alone",
    "the help desk macro no longer mentions the old kilometre rate",
    "guardrail v9 lets through none of the 80 jailbreak strings",
    "the retriever drops documents whose valid_until lies in the past",
    "the vendor contract names a notice period of 14 days for model changes",
    "feature store backfill aborts on a missing column",
    "accuracy on the tariff quiz is 48 of 50 or higher, three nights in a row",
    "opening the assistant from a private window shows the AI label",
    "the rollback button restores the March bundle without a deploy",
    "unit tests cover the truncation branch and fail with the old code",
  ],
  untestable: [
    "we keep the topic on the agenda",
    "a proposal was presented to leadership",
    "the new process is in use",
    "the assistant gives helpful answers",
    "engineers take ownership of their prompts",
    "the incident does not come back",
    "retrieval has been cleaned up",
    "someone keeps watching the numbers",
    "the vendor promised to fix it",
    "risk is reduced",
    "people double check before they deploy",
    "the design is agreed with everyone",
  ],
};

const isRefused = (criterion: string): boolean => checkAction(draft({ criterion })).length > 0;

test("Q1: sentences that the word lists were made with are told apart", () => {
  expect(known.testable.filter(isRefused)).toEqual([]);
  expect(known.untestable.filter((criterion) => !isRefused(criterion))).toEqual([]);
});

test("Q1: sentences that were never used for tuning are told apart, with few mistakes", () => {
  const falseAlarms = unseen.testable.filter(isRefused);
  const misses = unseen.untestable.filter((criterion) => !isRefused(criterion));
  console.info("action criteria, unseen sentences", { falseAlarms, misses });
  // as measured; to do better, change the lists and measure again on sentences nobody has seen
  expect(falseAlarms.length).toBeLessThanOrEqual(3);
  expect(misses).toEqual([]);
});
