// Goal: a verdict is refused exactly where a rule of B3 finds something missing, with the cheapest way out.
// Method: given a record, when somebody claims, then the refusal; each test's name starts with its rule.

import { expect, test } from "vitest";
import {
  checkClaim,
  clearedWithEvidence,
  contributionBlameless,
  contributionSaid,
  opposingRowsAnswered,
  othersExamined,
  type VerdictClaim,
  verdictRules,
} from "#src/domain/attribution.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { allRows, answersExcept, declarer, item, openIncident, rowAnswer } from "./fixtures.ts";

const claim = (facts: Partial<VerdictClaim> = {}): VerdictClaim => ({
  strandNumber: 1,
  layer: "retrieval_data",
  verdict: "proximate",
  confidence: "probable",
  scope: {},
  contribution: null,
  evidenceNumbers: [],
  approver: null,
  author: declarer,
  ...facts,
});

test("R1: a layer is not named while others are unexamined, and they are missing in registry order", () => {
  const refusal = checkClaim(openIncident(), claim({ layer: "model" }));
  expect(refusal?.rules).toEqual(["R1", "R9"]);
  expect(refusal?.missing).toEqual(layerIds.filter((layer) => layer !== "model"));
  expect(refusal?.sentence).toBe(
    "Model cannot be named yet, because nobody has answered for Retrieval & data and 4 other layers: ask the owner, “cannot tell” counts.",
  );
  expect(refusal?.more).toEqual([
    "After that: Prompt & policy; Orchestration & tools; Integration & UI; Infrastructure.",
    expect.stringContaining(
      "Model cannot be named yet. First answer “Did the index or corpus change",
    ),
  ]);
});

test("R1: the claimed layer itself may be unexamined", () => {
  const state = openIncident({
    answers: answersExcept("retrieval_data"),
    rowAnswers: allRows("retrieval_data"),
  });
  expect(checkClaim(state, claim())).toBeUndefined();
});

test("R1: 'cannot tell' and 'not applicable' count as an answer", () => {
  const answers = answersExcept().map((one, index) => ({
    ...one,
    change: index % 2 ? ("cannot_tell" as const) : ("not_applicable" as const),
  }));
  const state = openIncident({ answers, rowAnswers: allRows("retrieval_data") });
  expect(checkClaim(state, claim())).toBeUndefined();
});

test("R1: another strand's answer does not count", () => {
  const answers = answersExcept("retrieval_data").map((one) => ({ ...one, strandNumbers: [2] }));
  const state = openIncident({ answers, rowAnswers: allRows("retrieval_data") });
  expect(checkClaim(state, claim())?.rules).toEqual(["R1"]);
});

test.each(["contributing", "implicated", "not_applicable", "undeterminable"] as const)(
  "R1, R9: the verdict %s may stand beside unexamined layers and blank rows",
  (verdict) => {
    const refusal = checkClaim(openIncident(), claim({ verdict, contribution: "it hid the date" }));
    expect(refusal).toBeUndefined();
  },
);

test("R9: blank rows refuse in table order, and the sentence asks the first one's question", () => {
  const state = openIncident({
    answers: answersExcept(),
    rowAnswers: [rowAnswer("retrieval_data", "RD2"), rowAnswer("retrieval_data", "RD4")],
  });
  expect(checkClaim(state, claim())).toEqual({
    rules: ["R9"],
    missing: ["RD1", "RD3", "RD5"],
    sentence:
      "Retrieval & data cannot be named yet. First answer “Were the right documents retrieved but ignored?” in the checklist: the owner of Model can say, with one item of evidence or “cannot tell”.",
    more: ["After that: “Does a cache serve old answers?”; “Is the document true at its source?”."],
  });
});

test("R9: a row without evidence is blank, unless it is 'cannot tell'", () => {
  const bare = { evidenceNumbers: [] };
  const rows = allRows("retrieval_data").filter((one) => one.row !== "RD1");
  const state = openIncident({
    answers: answersExcept(),
    rowAnswers: [...rows, rowAnswer("retrieval_data", "RD1", bare)],
  });
  expect(checkClaim(state, claim())).toMatchObject({
    missing: ["RD1"],
    sentence: expect.stringContaining("has an answer but no evidence"),
  });
  const cannotTell = rowAnswer("retrieval_data", "RD1", { ...bare, reading: "cannot_tell" });
  const filled = { ...state, rowAnswers: [...rows, cannotTell] };
  expect(checkClaim(filled, claim())).toBeUndefined();
});

test("R9: rows of another layer or strand do not count", () => {
  const state = openIncident({
    answers: answersExcept(),
    rowAnswers: allRows("retrieval_data").map((row) => ({ ...row, strandNumber: 2 })),
  });
  expect(checkClaim(state, claim())?.missing).toHaveLength(5);
});

const pointing = openIncident({
  answers: answersExcept(),
  rowAnswers: allRows("retrieval_data").map((row) =>
    row.row === "RD3" ? { ...row, reading: "points_to" as const, pointsTo: "infrastructure" } : row,
  ),
});

test("R9: a row that points to another layer refuses, and says to which", () => {
  const refusal = checkClaim(pointing, claim());
  expect(refusal).toMatchObject({ rules: ["R9"], missing: ["RD3"] });
  expect(refusal?.sentence).toMatch(/“Does a cache serve old answers\?” points to Infrastructure/);
});

test("R9: a row that points to the claimed layer speaks for the claim", () => {
  const rowAnswers = pointing.rowAnswers.map((row) =>
    row.row === "RD3" ? { ...row, pointsTo: "retrieval_data" as const } : row,
  );
  expect(checkClaim({ ...pointing, rowAnswers }, claim())).toBeUndefined();
});

const supports = ["retrieval_data" as const];
const bothArms = { ablation: [{ with_change: true }, { with_change: false }] };

test.each([
  ["cohort rates", item(1, { kind: "E5", supports }), true],
  ["a replay", item(1, { kind: "E4", supports }), true],
  ["a contract test", item(1, { kind: "E7", supports }), true],
  ["an ablation with both arms", item(1, { kind: "E6", supports, data: bothArms }), true],
  ["an evaluation without arms", item(1, { kind: "E6", supports }), false],
  [
    "an ablation with one arm",
    item(1, { kind: "E6", supports, data: { ablation: [{ with_change: true }] } }),
    false,
  ],
  ["a trace", item(1, { kind: "E3", supports }), false],
  ["cohort rates for another layer", item(1, { kind: "E5", supports: ["model"] }), false],
  ["cohort rates of another strand", item(1, { kind: "E5", supports, strandNumbers: [2] }), false],
  ["cohort rates of a slice", item(1, { kind: "E5", supports, slice: { region: ["eu"] } }), false],
] as const)("R9: %s lets the claim stand against a pointing row: %s", (_, decisive, stands) => {
  const refusal = checkClaim({ ...pointing, evidence: [decisive] }, claim());
  expect(refusal === undefined).toBe(stands);
});

test("R9: a claim that names its items rests on those alone", () => {
  const state = { ...pointing, evidence: [item(1, { kind: "E5", supports }), item(2)] };
  expect(checkClaim(state, claim({ evidenceNumbers: [1, 2] }))).toBeUndefined();
  expect(checkClaim(state, claim({ evidenceNumbers: [2] }))?.missing).toEqual(["RD3"]);
});

test("R9: an item of a slice covers a claim for that slice, named by the claim or by the strand (B13.1)", () => {
  const evidence = [item(1, { kind: "E5", supports, slice: { region: ["eu"] } })];
  const state = { ...pointing, evidence };
  expect(checkClaim(state, claim({ scope: { region: ["eu"] } }))).toBeUndefined();
  expect(checkClaim(state, claim({ scope: { region: ["us"] } }))?.rules).toEqual(["R9"]);
  const strands = state.strands.map((strand) => ({ ...strand, slice: { region: ["eu"] } }));
  expect(checkClaim({ ...state, strands }, claim())).toBeUndefined();
});

test.each([null, "", "  "])(
  "R7: a contributing layer takes a sentence, and %j is none",
  (contribution) => {
    const refusal = checkClaim(openIncident(), claim({ verdict: "contributing", contribution }));
    expect(refusal).toMatchObject({ rules: ["R7"], missing: ["contribution"] });
  },
);

test("R10: what a rule returns is what is missing; no rule sets or changes a verdict", () => {
  const state = openIncident();
  const before = structuredClone(state);
  for (const rule of verdictRules) rule(state, claim());
  expect(state).toEqual(before);
});

test("R1, R2, R9, R7, R12: the rules refuse in the order of the protocol", () => {
  expect(verdictRules).toEqual([
    othersExamined,
    clearedWithEvidence,
    opposingRowsAnswered,
    contributionSaid,
    contributionBlameless,
  ]);
});
