// Goal: what cannot be determined caps what can be said, and is not forgotten (R6).
// Method: one layer made undeterminable in each of the three ways, then a claim of another layer.

import { expect, test } from "vitest";
import { undeterminableCaps } from "#src/domain/attribution/undeterminable-caps.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import {
  accepted,
  after,
  allRows,
  answer,
  answersExcept,
  by,
  verdict,
  verdictInput,
} from "#test/domain/fixtures.ts";
import { claim, claimable } from "#test/domain/proof.ts";

const state = claimable("infrastructure", { confidence: "confirmed" });
const but = (facts: Partial<IncidentState>): IncidentState => ({ ...state, ...facts });
const unknown: [string, IncidentState][] = [
  [
    "an answer 'cannot tell'",
    but({ answers: [...answersExcept("model"), answer("model", { change: "cannot_tell" })] }),
  ],
  [
    "'no change' from a record that is not known to be complete (B13.2)",
    but({ answers: [...answersExcept("model"), answer("model", { isSourceComplete: false })] }),
  ],
  [
    "a row answered 'cannot tell' (R9)",
    but({
      rowAnswers: allRows("infrastructure").map((row) =>
        row.row === "IN1" ? { ...row, reading: "cannot_tell" as const } : row,
      ),
    }),
  ],
  [
    "a person's verdict",
    but({ verdicts: [verdict("model", { verdict: "undeterminable", confidence: null })] }),
  ],
];
const named = (confidence: "suspected" | "probable" | "confirmed") =>
  claim("infrastructure", { confidence });

test("R6: where all is determined, confirmed stands", () => {
  expect(checkClaim(state, named("confirmed"))).toBeUndefined();
});

test.each(unknown)("R6: %s caps every proximate claim of the strand at probable", (_, capped) => {
  expect(checkClaim(capped, named("confirmed"))).toMatchObject({
    rules: ["R6"],
    missing: ["model"],
    sentence: expect.stringMatching(/nothing in this strand can be more than probable/) as string,
  });
  expect(checkClaim(capped, named("probable"))).toBeUndefined();
  expect(checkClaim(capped, named("suspected"))).toBeUndefined();
});

test.each(unknown)("R6: %s becomes a detection gap with the claim", (_name, capped) => {
  const input = verdictInput({ layer: "infrastructure", confidence: "probable" });
  const decision = accepted(decideSetVerdict(capped, input, by));
  expect(decision.changes.gaps).toMatchObject([
    {
      number: 1,
      layer: "model",
      kind: _name.startsWith("'no") ? "no_version_tracking" : "no_trace",
    },
  ]);
  expect(decision.timeline.map(({ kind }) => kind)).toEqual(["verdict_set", "gap_recorded"]);
});

test("R6: a layer that has such a gap gets no second one", () => {
  const [, capped = state] = unknown[0] ?? [];
  const input = verdictInput({ layer: "infrastructure", confidence: "probable" });
  const once = after(capped, decideSetVerdict(capped, input, by));
  const lower = verdictInput({ layer: "infrastructure", confidence: "suspected" });
  expect(accepted(decideSetVerdict(once, lower, by)).changes.gaps ?? []).toEqual([]);
});

test("R6: the verdict 'cannot be determined' makes the gap by itself", () => {
  const input = verdictInput({ layer: "model", verdict: "undeterminable", confidence: null });
  expect(accepted(decideSetVerdict(state, input, by)).changes.gaps).toMatchObject([
    { layer: "model", kind: "no_trace" },
  ]);
});

test("R6: what cannot be determined in another strand caps nothing here", () => {
  const other = answer("model", { change: "cannot_tell", strandNumbers: [2], revision: 2 });
  expect(
    undeterminableCaps(but({ answers: [...answersExcept(), other] }), named("confirmed")),
  ).toBe(undefined);
});

test("R6, B13.2: 'not applicable' is an answer and caps nothing", () => {
  const answers = [...answersExcept("model"), answer("model", { change: "not_applicable" })];
  expect(undeterminableCaps(but({ answers }), named("confirmed"))).toBeUndefined();
});

test("R6: several layers are missing in registry order", () => {
  const answers = answersExcept().map((one) => ({ ...one, isSourceComplete: false }));
  expect(undeterminableCaps(but({ answers }), named("confirmed"))?.missing).toEqual(
    answers.map(({ layer }) => layer),
  );
});
