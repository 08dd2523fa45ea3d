// Goal: a layer's state, its standing answer and verdicts follow from what is recorded (B3, B13).
// Method: given rows of the record, then what is computed of them.

import { expect, test } from "vitest";
import { checklistRows, nextStep } from "#src/domain/checklist.ts";
import {
  currentAnswer,
  currentVerdicts,
  isAttributed,
  isUndeterminable,
  layerState,
  openLayers,
  verdictOf,
} from "#src/domain/layer-state.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import {
  action,
  allRows,
  answer,
  answersExcept,
  item,
  lever,
  openIncident,
  rowAnswer,
  verdict,
} from "./fixtures.ts";
import { completeFor } from "./complete-record.ts";
import { plainStrand } from "#test/support/not-yet.ts";

const secondStrand = {
  number: 2,
  name: "two",
  windowFrom: null,
  windowTo: null,
  slice: {},
  ...plainStrand,
};

test("a layer without an answer is unexamined", () => {
  expect(layerState(openIncident(), 1, "model")).toBe("unexamined");
  expect(openLayers(openIncident(), 1)).toEqual(layerIds);
});

test.each([
  ["changed", true, "answered"],
  ["changed", false, "answered"],
  ["degraded", false, "answered"],
  ["not_applicable", false, "answered"],
  ["no_change", true, "answered"],
  ["no_change", false, "blocked"],
  ["cannot_tell", true, "blocked"],
] as const)(
  "the answer %s (change record complete: %s) makes a layer %s",
  (change, isSourceComplete, expected) => {
    const state = openIncident({ answers: [answer("model", { change, isSourceComplete })] });
    expect(layerState(state, 1, "model")).toBe(expected);
  },
);

test("an answer that names no strand covers all, and a strand's own answer overrides it", () => {
  const answers = [
    answer("model"),
    answer("model", { strandNumbers: [2], change: "changed", revision: 2 }),
    answer("model", { strandNumbers: [2], change: "degraded", revision: 3 }),
  ];
  const state = openIncident({ answers });
  expect(currentAnswer(state, 1, "model")?.revision).toBe(1);
  expect(currentAnswer(state, 2, "model")?.revision).toBe(3);
  expect(currentAnswer(state, 3, "model")?.revision).toBe(1);
});

test("a condition stands beside the proximate verdict of the same layer (B13.7)", () => {
  const state = openIncident({
    verdicts: [
      verdict("retrieval_data", { verdict: "contributing", revision: 2, contribution: "why" }),
      verdict("retrieval_data", { revision: 1 }),
      verdict("model", { verdict: "cleared" }),
    ],
  });
  const standing = currentVerdicts(state, 1).map((one) => `${one.layer} ${one.verdict}`);
  expect(standing).toEqual([
    "model cleared",
    "retrieval_data proximate",
    "retrieval_data contributing",
  ]);
  expect(verdictOf(state, 1, "retrieval_data")?.verdict).toBe("proximate");
  expect(isAttributed(state, 1)).toBe(true);
  expect(isAttributed(state, 2)).toBe(false);
});

test("R6: a blocked answer, a verdict, or a row answered 'cannot tell' makes the layer it speaks of undeterminable", () => {
  const blocked = openIncident({ answers: [answer("model", { change: "cannot_tell" })] });
  expect(isUndeterminable(blocked, 1, "model")).toBe(true);
  const said = openIncident({ verdicts: [verdict("model", { verdict: "undeterminable" })] });
  expect(isUndeterminable(said, 1, "model")).toBe(true);
  // RD3 asks about infrastructure, RD5 about the claimed layer itself
  const cannotTell = { reading: "cannot_tell" as const, evidenceNumbers: [] };
  const rows = openIncident({
    rowAnswers: [
      rowAnswer("retrieval_data", "RD3", cannotTell),
      rowAnswer("retrieval_data", "RD5", cannotTell),
    ],
  });
  const undeterminable = layerIds.filter((layer) => isUndeterminable(rows, 1, layer));
  expect(undeterminable).toEqual(["retrieval_data", "infrastructure"]);
});

test("the checklist has one row for each strand and layer, with what is missing first", () => {
  const [strand] = openIncident().strands;
  const state = openIncident({
    strands: [strand!, secondStrand],
    answers: [answer("retrieval_data", { strandNumbers: [1] })],
    rowAnswers: [
      rowAnswer("retrieval_data", "RD1"),
      rowAnswer("retrieval_data", "RD2", { evidenceNumbers: [] }),
    ],
  });
  const rows = checklistRows(state);
  expect(rows).toHaveLength(2 * layerIds.length);
  const row = rows.find((one) => one.strandNumber === 1 && one.layer === "retrieval_data");
  expect(row).toMatchObject({ state: "answered", opposingAnswered: 1, verdict: undefined });
  expect(row?.opposing).toHaveLength(5);
  expect(row?.missing).toMatch(/access rule or filter.* has no evidence yet/);
  const untouched = rows.find((one) => one.strandNumber === 2 && one.layer === "retrieval_data");
  expect(untouched?.missing).toBe("Nobody has answered yet.");
});

test("the next step goes from answers to what broke first, then to what stands in the way of closing", () => {
  const started = openIncident();
  expect(nextStep(started)).toMatchObject({ layer: "model", strandNumber: 1 });

  const examined = openIncident({ answers: answersExcept() });
  expect(nextStep(examined).sentence).toMatch(/Record evidence/);

  const supported = { ...examined, evidence: [item(1, { supports: ["retrieval_data"] })] };
  expect(nextStep(supported).sentence).toBe(
    "Next: answer the opposing questions of Retrieval & data, first “Were the right documents retrieved but ignored?”; 5 of 5 are left.",
  );

  // a version difference makes it a suspect, no more (R3): first what shows that the failure goes with it
  const filled = { ...supported, rowAnswers: allRows("retrieval_data") };
  expect(nextStep(filled).sentence).toMatch(/^Next: record failure rates by cohort/);
  const whole = completeFor("retrieval_data");
  expect(nextStep(whole).sentence).toMatch(/decide whether Retrieval & data broke first/);

  const attributed = { ...whole, verdicts: [verdict("retrieval_data")], levers: [lever(1)] };
  expect(nextStep(attributed).sentence).toMatch(/^Next: take back/);

  const ended = { ...attributed, levers: [] };
  expect(nextStep(ended)).toMatchObject({ layer: "retrieval_data" });

  const ready = { ...ended, actions: [action("retrieval_data")] };
  expect(nextStep(ready).sentence).toMatch(/Nothing stands in the way/);
  const closed = { ...ready, incident: { ...ready.incident, status: "closed" as const } };
  expect(nextStep(closed).sentence).toBe("The response has ended.");
});

test("the next step does not ask to claim a layer that is ruled out, however much speaks of it", () => {
  const state = openIncident({
    answers: answersExcept(),
    evidence: [
      item(1, { kind: "E5", supports: ["model"] }),
      item(2, { supports: ["model", "retrieval_data"] }),
    ],
  });
  expect(nextStep(state).layer).toBe("model");
  const cleared = { ...state, verdicts: [verdict("model", { verdict: "cleared" })] };
  expect(nextStep(cleared).layer).toBe("retrieval_data");
});
