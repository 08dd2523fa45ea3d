// Goal: only a person sets a verdict, in their own name (R10); disagreement stays beside it.
// Method: every decider on a record in which much could be concluded, and who signed what came of it.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decideAddArms } from "#src/domain/add-arms.ts";
import { decideAddEvidence } from "#src/domain/add-evidence.ts";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { decideAnswerRows } from "#src/domain/answer-rows.ts";
import { verdictRules } from "#src/domain/attribution.ts";
import { decideDissent, dissentsAgainst } from "#src/domain/dissent.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import {
  accepted,
  after,
  allRows,
  answerInput,
  answers,
  by,
  declarer,
  evidenceInput,
  incidentId,
  rejected,
  user,
  verdict,
  verdictInput,
} from "#test/domain/fixtures.ts";
import { arm, claim, claimable, replay } from "#test/domain/proof.ts";

const author = user("U-author");

test("R10: a verdict is set in the name of whoever presses, at that time", () => {
  const presser = { userId: author, now: new Date("2026-03-10T08:00:00Z") };
  const input = verdictInput({ layer: "infrastructure" });
  const decision = accepted(decideSetVerdict(claimable("infrastructure"), input, presser));
  expect(decision.changes.verdicts).toMatchObject([
    { author, recorder: author, recordedAt: presser.now },
  ]);
  expect(decision.timeline).toMatchObject([{ kind: "verdict_set", actor: author }]);
});

test("R10: evidence, arms, rows and answers set no verdict, however much they say", () => {
  const state = claimable("infrastructure");
  const decisive = evidenceInput({
    kind: "E4",
    supports: ["infrastructure"],
    figures: { arms: replay("infrastructure", true) },
  });
  const rows = allRows("infrastructure").map(({ row, sentence, reading, pointsTo }) => ({
    row,
    reading,
    pointsTo,
    sentence: `${sentence} and no`,
    evidenceNumbers: [1],
  }));
  const decisions = [
    decideAddEvidence(state, decisive, by),
    decideAddArms(
      state,
      { incidentId, evidenceNumber: 1, arms: [arm("reverse", ["infrastructure"], 10)] },
      by,
    ),
    decideAnswerRows(
      state,
      { incidentId, strandNumber: 1, claimedLayer: "infrastructure", rows, author },
      by,
    ),
    decideAnswerLayers(
      state,
      answers(answerInput({ change: "changed", sentence: "rerouted" })),
      by,
    ),
  ];
  for (const decision of decisions) {
    expect(accepted(decision).changes.verdicts ?? []).toEqual([]);
  }
});

test("R10: nothing but the form of a verdict and the tick of an answer writes one (layer-state.ts counts its revision)", () => {
  const domain = new URL("../../../src/domain/", import.meta.url);
  const writers = readdirSync(domain, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    // whoever writes a verdict gives it its revision
    .filter((name) => /\bnextVerdictRevision\(/.test(readFileSync(new URL(name, domain), "utf8")));
  expect(writers.toSorted()).toEqual(["answer-layers.ts", "layer-state.ts", "set-verdict.ts"]);
});

test("R10: what a rule returns is what is missing; no rule sets or changes a verdict", () => {
  const state = claimable("infrastructure", {}, { verdicts: [verdict("model")] });
  const before = structuredClone(state);
  for (const rule of verdictRules) rule(state, claim("infrastructure"));
  expect(state).toEqual(before);
});

test("R10: a disagreement stays beside the verdict, by name, and blocks nothing", () => {
  const state = claimable("model", {}, { verdicts: [verdict("model")] });
  const input = { incidentId, strandNumber: 1, layer: "model" as const, author };
  const said = { ...input, statement: "one trace is thin" };
  const disagreed = after(state, decideDissent(state, said, by));
  expect(dissentsAgainst(disagreed, 1, "model")).toMatchObject([
    { number: 1, author, recorder: declarer, statement: "one trace is thin" },
  ]);
  expect(disagreed.verdicts).toEqual(state.verdicts);
  expect(accepted(decideSetVerdict(disagreed, verdictInput(), by)).changes.verdicts).toHaveLength(
    1,
  );
  const blaming = { ...input, statement: "The model hallucinated." };
  expect(rejected(decideDissent(state, blaming, by))).toMatchObject({
    code: "refused",
    refusal: { rules: ["R12"], rewrite: { field: "statement" } },
  });
  const other = { ...said, layer: "infrastructure" as const };
  expect(rejected(decideDissent(state, other, by))).toMatchObject({ code: "stale" });
});
