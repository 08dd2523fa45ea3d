// Goal: Q0 to Q2 (B10) refuse actions that nobody could test, Q3 and Q5 mark actions that nothing enforces
// or that mend something else.
// Method: one fact of a good action is changed at a time. How well words tell good from bad is measured in
// action-quality-figures.test.ts.

import { expect, test } from "vitest";
import { type ActionDraft, checkAction } from "#src/domain/action-quality.ts";
import { layerIds } from "#src/domain/layers/index.ts";

const draft = (facts: Partial<ActionDraft> = {}): ActionDraft => ({
  title: "Freshness alert on the corpus",
  owner: "U1",
  dueOn: "2026-12-15",
  criterion: "alert test fires when the newest document is older than 24 h",
  layer: "retrieval_data",
  constraintKind: "observability",
  enforcement: "alert rule in code",
  verification: null,
  failureType: "data",
  ...facts,
});

const refusalsOf = (facts: Partial<ActionDraft>) => checkAction(draft(facts)).refusals;
const weaknessesOf = (facts: Partial<ActionDraft>) => checkAction(draft(facts)).weaknesses;

test("a good action is neither refused nor weak", () => {
  expect(checkAction(draft())).toEqual({ refusals: [], weaknesses: [] });
});

test.each([
  [{ title: " " }, "title"],
  [{ owner: "" }, "owner"],
  [{ owner: "platform team" }, "owner"],
  [{ owner: "U1, U2" }, "owner"],
  [{ dueOn: "" }, "due_on"],
  [{ criterion: "\n" }, "criterion"],
] as const)("Q0: %j is missing at %s", (facts, field) => {
  expect(refusalsOf(facts)).toMatchObject([{ field, rule: "Q0" }]);
});

test("Q1: an activity is refused at the criterion", () => {
  const faults = refusalsOf({ criterion: "work on the document goes on" });
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
  const faults = refusalsOf({ title });
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
  expect(refusalsOf({ title })).toEqual([]);
});

test("Q2: to investigate takes one owner and a decision by a day", () => {
  const title = "Investigate the cache misses";
  expect(refusalsOf({ title })).toMatchObject([{ field: "criterion", rule: "Q2" }]);
  const criterion = "decision recorded in the incident by 15 December: fix, accept or drop";
  expect(refusalsOf({ title, criterion })).toEqual([]);
  const ownerless = refusalsOf({ title, criterion, owner: "" });
  expect(ownerless.map((one) => one.rule)).toEqual(["Q0", "Q2"]);
});

test("Q1, Q2: where both refuse, Q2 comes last", () => {
  const title = "Be more careful with policy documents";
  const faults = refusalsOf({ title, criterion: "everyone is aware" });
  expect(faults.map((one) => one.rule)).toEqual(["Q1", "Q2"]);
});

test("Q1: the example is one of the action's layer", () => {
  const messages = layerIds.map((layer) => refusalsOf({ layer, criterion: "done" })[0]?.message);
  expect(new Set(messages).size).toBe(layerIds.length);
  for (const message of messages) {
    const example = /“(.+)”/.exec(message ?? "")?.[1] ?? "";
    expect(refusalsOf({ criterion: example }), example).toEqual([]);
  }
});

test.each(["", "  ", null, "none", "n/a", "-", "TBD", "everybody remembers", "by hand"])(
  "Q3: %j enforces nothing, which makes the action weak",
  (enforcement) => {
    expect(weaknessesOf({ enforcement })).toMatchObject([{ field: "enforcement", rule: "Q3" }]);
  },
);

test.each(["required check", "branch rule for everybody", "approval by hand in the pipeline"])(
  "Q3: %j enforces it",
  (enforcement) => {
    expect(weaknessesOf({ enforcement })).toEqual([]);
  },
);

test("Q3: to investigate needs nothing that enforces it", () => {
  const criterion = "decision recorded in the incident by 15 December: fix, accept or drop";
  const title = "Investigate the cache misses";
  expect(checkAction(draft({ title, criterion, enforcement: "" }))).toEqual({
    refusals: [],
    weaknesses: [],
  });
});

test("Q3: what is refused is not weighed yet", () => {
  expect(weaknessesOf({ criterion: "done", enforcement: "" })).toEqual([]);
});

test.each([
  ["Tell the model in the prompt to ignore stale documents", "data"],
  ["Add a line against flattery to the system prompt", "model"],
  ["Clearer instructions about which pool to use", "infrastructure"],
  ["Switch to a larger model", "data"],
  ["Fine-tune on the tariffs", "prompt"],
] as const)("Q5: %j does not mend a fault of type %s", (title, failureType) => {
  expect(weaknessesOf({ title, failureType })).toMatchObject([{ field: "title", rule: "Q5" }]);
});

test.each([
  ["Add a line against flattery to the system prompt", "prompt"],
  ["Add a line against flattery to the system prompt", null],
  ["Add a line against flattery to the system prompt", "combination"],
  ["Gate prompt merges on the broad suite", "data"],
  ["Golden prompt for sessions resumed after 61 idle minutes", "model"],
  ["Switch to a larger model", "model"],
  ["Pin the response model id and fail on an unknown one", "data"],
] as const)("Q5: %j may answer a fault of type %s", (title, failureType) => {
  expect(weaknessesOf({ title, failureType })).toEqual([]);
});
