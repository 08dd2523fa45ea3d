// Goal: "no change" rules a layer out only where its change record is known to be complete (R4).
// Method: the same answer with and without a complete source, ruled out by a claim and by the answer's tick.

import { expect, test } from "vitest";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { sourceComplete } from "#src/domain/attribution/source-complete.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import { layerState } from "#src/domain/layer-state.ts";
import type { VerdictKind } from "#src/domain/vocabulary.ts";
import {
  accepted,
  answer,
  answerInput,
  answers,
  by,
  item,
  openIncident,
} from "#test/domain/fixtures.ts";
import { claim } from "#test/domain/proof.ts";

const said = (facts: Parameters<typeof answer>[1]) =>
  openIncident({ answers: [answer("model", facts)], evidence: [item(1, { clears: ["model"] })] });
const set = (verdict: VerdictKind) => claim("model", { verdict, confidence: null });

test("R4: 'no change' from a record that is not known to be complete blocks the layer, and it is not ruled out", () => {
  const state = said({ isSourceComplete: false });
  expect(layerState(state, 1, "model")).toBe("blocked");
  expect(checkClaim(state, set("cleared"))).toMatchObject({
    rules: ["R4"],
    missing: ["change_source_complete"],
    sentence: expect.stringMatching(/nobody knows whether its change record is complete/) as string,
  });
});

test("R4: once the record is known to be complete, the same answer rules it out", () => {
  const state = said({ isSourceComplete: true });
  expect(layerState(state, 1, "model")).toBe("answered");
  expect(checkClaim(state, set("cleared"))).toBeUndefined();
});

test.each(["changed", "degraded"] as const)(
  "R4: '%s' asks nothing of the change record: it says that there was a change",
  (change) => {
    expect(sourceComplete(said({ change, isSourceComplete: false }), set("cleared"))).toBe(
      undefined,
    );
  },
);

test("R4: where it is blocked only 'cannot be determined' is admissible, of the verdicts that rule out", () => {
  const state = said({ isSourceComplete: false });
  expect(sourceComplete(state, set("not_applicable"))?.rule).toBe("R4");
  expect(checkClaim(state, set("undeterminable"))).toBeUndefined();
});

test("R4, B3: an answer 'cannot tell' blocks too, and asks for the layer", () => {
  const refusal = sourceComplete(said({ change: "cannot_tell" }), set("cleared"));
  expect(refusal?.missing).toEqual(["model"]);
  expect(refusal?.sentence).toMatch(/its answer is “cannot tell”/);
});

test("R4: another strand's incomplete record does not refuse", () => {
  const state = said({ isSourceComplete: false, strandNumbers: [2] });
  expect(sourceComplete(state, set("cleared"))).toBeUndefined();
});

test("R4, B13.3: the tick of an answer is tested by it as well, and the answer is kept", () => {
  const state = openIncident({ evidence: [item(1, { clears: ["model"] })] });
  const tick = answers(answerInput({ rulesOut: true, isSourceComplete: false }));
  const decision = accepted(decideAnswerLayers(state, tick, by));
  expect(decision.changes.verdicts).toEqual([]);
  expect(decision.changes.answers).toHaveLength(1);
  expect(decision.outcome.marks?.[0]?.id).toBe("insufficient:R4:change_source_complete");
});
