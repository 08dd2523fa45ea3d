// Goal: every opposing question of a claimed layer has an answer that somebody stands for (R9, B3.2).
// Method: given rows, when the layer is claimed, then the first blank row in table order, and its question.

import { expect, test } from "vitest";
import { opposingRowsAnswered } from "#src/domain/attribution/opposing-rows-answered.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { isUndeterminable, opposingRows } from "#src/domain/layer-state.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { severities } from "#src/domain/severity.ts";
import { allRows, answersExcept, item, openIncident, rowAnswer } from "#test/domain/fixtures.ts";
import { claim, claimable } from "#test/domain/proof.ts";

const named = claim("retrieval_data");

test("R9: blank rows refuse in table order, and the sentence asks the first one's question", () => {
  const rowAnswers = [rowAnswer("retrieval_data", "RD4"), rowAnswer("retrieval_data", "RD2")];
  const state = claimable("retrieval_data", {}, { rowAnswers });
  expect(checkClaim(state, named)).toEqual({
    rules: ["R9"],
    missing: ["RD1", "RD3", "RD5"],
    sentence:
      "Retrieval & data cannot be named yet. First answer “Were the right documents retrieved but ignored?” in the checklist: the owner of Model can say, with one item of evidence or “cannot tell”.",
    others: [],
    more: ["After that: “Does a cache serve old answers?”; “Is the document true at its source?”."],
  });
});

test.each(layerIds)("R9, B3.2: %s asks for all its rows in table order", (layer) => {
  const state = claimable(layer, {}, { rowAnswers: [] });
  const rows = layers[layer].opposing.map(({ id }) => id);
  expect(opposingRowsAnswered(state, claim(layer))?.missing).toEqual(rows);
});

test.each(Object.keys(severities) as (keyof typeof severities)[])(
  "R9: a blank row refuses at %s too",
  (severity) => {
    const state = claimable("retrieval_data", {}, { rowAnswers: [] });
    const incident = { ...state.incident, severity };
    expect(checkClaim({ ...state, incident }, named)?.rules).toEqual(["R9"]);
  },
);

test("R9: a row without evidence is blank, unless it is 'cannot tell'", () => {
  const bare = { evidenceNumbers: [] };
  const rows = allRows("retrieval_data").filter((one) => one.row !== "RD1");
  const state = claimable(
    "retrieval_data",
    {},
    { rowAnswers: [...rows, rowAnswer("retrieval_data", "RD1", bare)] },
  );
  const refusal = checkClaim(state, named);
  expect(refusal?.missing).toEqual(["RD1"]);
  expect(refusal?.sentence).toMatch(/has an answer but no evidence/);
  const cannotTell = rowAnswer("retrieval_data", "RD1", { ...bare, reading: "cannot_tell" });
  expect(checkClaim({ ...state, rowAnswers: [...rows, cannotTell] }, named)).toBeUndefined();
});

test("R9, R11: a row that rests on a report alone is open until the report is verified", () => {
  const report = item(9, { kind: "E10" });
  const rowAnswers = allRows("retrieval_data").map((row) => ({ ...row, evidenceNumbers: [9] }));
  const { evidence } = claimable("retrieval_data");
  const state = (isVerified: boolean | null) =>
    claimable(
      "retrieval_data",
      {},
      {
        rowAnswers,
        evidence: [...evidence, { ...report, isVerified }],
      },
    );
  const refusal = checkClaim(state(null), named);
  expect(refusal?.rules).toEqual(["R9"]);
  expect(refusal?.sentence).toMatch(/rests on reports that nobody has verified/);
  expect(checkClaim(state(false), named)?.rules).toEqual(["R9"]);
  expect(checkClaim(state(true), named)).toBeUndefined();
  const rows = opposingRows(state(true), 1, "retrieval_data");
  expect(rows.every((row) => row.isFilled)).toBe(true);
});

test("R9: rows of another layer or strand do not count", () => {
  const ofOther = allRows("retrieval_data").map((row) => ({ ...row, strandNumber: 2 }));
  const rowAnswers = [...ofOther, ...allRows("infrastructure")];
  const state = claimable("retrieval_data", {}, { rowAnswers });
  expect(checkClaim(state, named)?.missing).toHaveLength(5);
});

const pointingTo = (pointsTo: LayerId) =>
  openIncident({
    answers: answersExcept(),
    evidence: [item(1)],
    rowAnswers: allRows("retrieval_data").map((row) =>
      row.row === "RD3" ? { ...row, reading: "points_to" as const, pointsTo } : row,
    ),
  });
const pointing = pointingTo("infrastructure");

test("R9: a row that points to another layer refuses, and says to which", () => {
  const refusal = opposingRowsAnswered(pointing, named);
  expect(refusal).toMatchObject({ rule: "R9", missing: ["RD3"] });
  expect(refusal?.sentence).toMatch(/“Does a cache serve old answers\?” points to Infrastructure/);
});

test("R9: with blank rows, those that point elsewhere are asked for after them, at once", () => {
  const rowAnswers = pointing.rowAnswers.filter(({ row }) => row !== "RD5");
  expect(opposingRowsAnswered({ ...pointing, rowAnswers }, named)?.missing).toEqual(["RD5", "RD3"]);
});

test("R9, B13.6: a row that points to the claimed layer speaks for the claim", () => {
  expect(opposingRowsAnswered(pointingTo("retrieval_data"), named)).toBeUndefined();
});

const supports: LayerId[] = ["retrieval_data"];
const differing = {
  cohorts: [
    { group: "old index", n: 100, fails: 60 },
    { group: "new index", n: 100, fails: 5 },
  ],
};
const alike = { cohorts: differing.cohorts.map((one) => ({ ...one, fails: 5 })) };
const ablation = {
  ablation: [
    { group: "chunks", hasChange: true, n: 100, fails: 60 },
    { group: "chunks", hasChange: false, n: 100, fails: 5 },
  ],
};

test.each<[string, boolean, EvidenceItem]>([
  ["cohort rates", true, item(1, { kind: "E5", supports, data: differing })],
  ["cohort rates that do not differ", false, item(1, { kind: "E5", supports, data: alike })],
  ["cohort rates without numbers", false, item(1, { kind: "E5", supports })],
  ["a contract test", true, item(1, { kind: "E7", supports })],
  ["an ablation with both arms", true, item(1, { kind: "E6", supports, data: ablation })],
  ["an evaluation without arms", false, item(1, { kind: "E6", supports })],
  ["a trace", false, item(1, { kind: "E3", supports })],
  [
    "cohort rates for another layer",
    false,
    item(1, { kind: "E5", supports: ["model"], data: differing }),
  ],
  [
    "cohort rates of another strand",
    false,
    item(1, { kind: "E5", supports, data: differing, strandNumbers: [2] }),
  ],
  [
    "cohort rates of a slice that does not cover the claim",
    false,
    item(1, { kind: "E5", supports, data: differing, slice: { region: ["eu"] } }),
  ],
])("R9, R5: %s lets the claim stand against a pointing row: %s", (_, stands, decisive) => {
  const refusal = opposingRowsAnswered({ ...pointing, evidence: [decisive] }, named);
  expect(refusal === undefined).toBe(stands);
});

test("R9: both may then stand: the layer that the row points to contributes", () => {
  const { evidence } = claimable("retrieval_data");
  const state = { ...pointing, evidence };
  expect(checkClaim(state, named)).toBeUndefined();
  const other = { verdict: "contributing", confidence: null, contribution: "it kept old answers" };
  expect(checkClaim(state, claim("infrastructure", other as never))).toBeUndefined();
});

test("R9: a claim that names its items rests on those alone", () => {
  const evidence = [item(1, { kind: "E5", supports, data: differing }), item(2)];
  const rest = (evidenceNumbers: number[]) =>
    opposingRowsAnswered({ ...pointing, evidence }, { ...named, evidenceNumbers });
  expect(rest([1, 2])).toBeUndefined();
  expect(rest([2])?.missing).toEqual(["RD3"]);
});

test.each(
  layerIds.flatMap((claimed) =>
    layers[claimed].opposing.map(({ id, asks }) => ({
      id,
      claimed,
      asked: asks === "claimed" ? claimed : asks,
    })),
  ),
)("R9, R6, B13.6: 'cannot tell' in $id makes $asked undeterminable", ({ id, claimed, asked }) => {
  const cannotTell = { reading: "cannot_tell" as const, evidenceNumbers: [] };
  const state = openIncident({
    answers: answersExcept(),
    rowAnswers: [rowAnswer(claimed, id, cannotTell)],
  });
  const of = layerIds.filter((layer) => isUndeterminable(state, 1, layer));
  expect(of).toEqual([asked]);
});

test("B13.6: the layers that the rows ask about are those of the table", () => {
  const asked = layerIds.flatMap((claimed) =>
    layers[claimed].opposing.map(({ id, asks }) => [id, asks]),
  );
  expect(Object.fromEntries(asked)).toEqual({
    M1: "retrieval_data",
    M2: "retrieval_data",
    OT1: "retrieval_data",
    IU2: "retrieval_data",
    M3: "prompt_policy",
    M4: "prompt_policy",
    RD4: "prompt_policy",
    M5: "orchestration_tools",
    M7: "orchestration_tools",
    PP3: "orchestration_tools",
    M6: "integration_ui",
    RD2: "integration_ui",
    PP2: "integration_ui",
    M8: "infrastructure",
    RD3: "infrastructure",
    OT3: "infrastructure",
    M9: "model",
    M10: "model",
    M11: "model",
    RD1: "model",
    PP1: "model",
    OT2: "model",
    IU1: "model",
    IN1: "model",
    RD5: "claimed",
    IN2: "claimed",
  });
});
