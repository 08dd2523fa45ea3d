// Goal: what people believed is kept as it was first said, once, with what speaks for it and against it
// and what became of it (B3); and the blame meter counts it (0.02, 4.01).
// Method: given, when, then on states; properties over any beliefs.

import fc from "fast-check";
import { expect, test } from "vitest";
import { blameMeter, type FirstBelief, firstBeliefOf } from "#src/domain/blame-meter.ts";
import {
  fateInWords,
  hypothesisNow,
  hypothesisOfClaim,
  withHypotheses,
} from "#src/domain/hypotheses.ts";
import type { Hypothesis, IncidentId } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { decideRaiseHypothesis } from "#src/domain/raise-hypothesis.ts";
import { verdictKinds, type VerdictKind } from "#src/domain/vocabulary.ts";
import { applyChanges } from "#test/support/apply-decision.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { by, incidentId, item, openIncident, user, verdict } from "./fixtures.ts";

const belief = (facts: Partial<Hypothesis> = {}): Hypothesis => ({
  number: 1,
  strandNumber: 1,
  layer: "model",
  statement: null,
  isClaim: true,
  author: by.userId,
  raisedAt: by.now,
  ...facts,
});
const claim = { strandNumber: 1, layer: "model", verdict: "proximate" } as const;

test("B3: a claim that a layer broke first or is implicated is a belief, any other verdict is not", () => {
  const kinds = Object.keys(verdictKinds) as VerdictKind[];
  const written = kinds.filter(
    (kind) => hypothesisOfClaim(openIncident(), { ...claim, verdict: kind }, by).hypotheses,
  );
  expect(written).toEqual(["proximate", "implicated"]);
});

test("B3: the same belief of the same person is written once; another person's, strand's or layer's is another", () => {
  const state = openIncident({ hypotheses: [belief()] });
  expect(hypothesisOfClaim(state, claim, by)).toEqual({});
  const other = { userId: user("U-other"), now: by.now };
  expect(hypothesisOfClaim(state, claim, other).hypotheses).toEqual([
    belief({ number: 2, author: other.userId }),
  ]);
  for (const change of [{ strandNumber: 2 }, { layer: "infrastructure" as const }]) {
    expect(hypothesisOfClaim(state, { ...claim, ...change }, by).hypotheses).toHaveLength(1);
  }
});

test("B3: a hypothesis is shown with what supports it, what speaks against it, and its fate", () => {
  const items = [
    item(1, { supports: ["model"] }),
    item(2, { contradicts: ["model"] }),
    item(3, { clears: ["model"] }),
    item(4, { supports: ["model"], strandNumbers: [2] }),
    // R11: a report that nobody has verified does not count
    item(5, { kind: "E10", supports: ["model"] }),
  ];
  const state = openIncident({ evidence: items, hypotheses: [belief()] });
  const now = hypothesisNow(state, belief());
  expect(now).toMatchObject({ supporting: [1], against: [2, 3], fate: "open" });
  const fates = [
    [verdict("model", { confidence: "confirmed" }), "It broke first, confirmed."],
    [verdict("model", { verdict: "cleared", confidence: null }), "It was ruled out."],
    [verdict("infrastructure"), "Infrastructure broke first instead."],
  ] as const;
  for (const [standing, words] of fates) {
    const after = { ...state, verdicts: [standing] };
    expect(fateInWords(after, hypothesisNow(after, belief()))).toBe(words);
  }
});

test("B3: a hypothesis is redrawn by the evidence and verdicts of its strand alone; a claim has no message", () => {
  const state = openIncident({
    hypotheses: [belief(), belief({ number: 2, isClaim: false, statement: "x" })],
  });
  const effectsOf = (strandNumber: number) =>
    withHypotheses(state, {
      changes: { evidence: [item(1, { strandNumbers: [strandNumber] })] },
      effects: [],
    }).effects;
  expect(effectsOf(1)).toEqual([
    { name: "post-message", incidentId, message: { kind: "hypothesis", number: 2 } },
  ]);
  expect(effectsOf(2)).toEqual([]);
});

test("R12: a hypothesis names a condition; a person as cause is refused, and nothing is written", () => {
  const input = { incidentId, strandNumber: 1, layer: "retrieval_data" } as const;
  const refused = decideRaiseHypothesis(
    openIncident(),
    { ...input, statement: "The data engineer forgot to rebuild the index." },
    by,
  );
  expect(refused).toMatchObject({ ok: false, error: { code: "refused" } });
  const said = { ...input, statement: "The index was not rebuilt after the schema change." };
  const decided = decideRaiseHypothesis(openIncident(), said, by);
  if (!decided.ok) throw new Error("not taken");
  const after = applyChanges(openIncident(), decided.value.changes);
  expect(after.hypotheses).toMatchObject([{ number: 1, isClaim: false, author: by.userId }]);
  expect(decideRaiseHypothesis(after, said, by)).toMatchObject({
    ok: false,
    error: { code: "bad_field", field: "statement" },
  });
  const other = { ...said, strandNumber: 9 };
  expect(decideRaiseHypothesis(openIncident(), other, by)).toMatchObject({
    ok: false,
    error: { code: "not_found" },
  });
});

test("the first belief is the earliest, and counts once the incident is over", () => {
  const early = new Date(by.now.getTime() - 1000);
  const state = openIncident({
    hypotheses: [
      belief({ number: 1, layer: "infrastructure" }),
      belief({ number: 2, layer: "model", raisedAt: early }),
    ],
    verdicts: [verdict("retrieval_data")],
  });
  expect(firstBeliefOf(state)).toMatchObject({ layer: "model", isFinal: false });
  const closed = { ...state, incident: { ...state.incident, status: "closed" as const } };
  expect(firstBeliefOf(closed)).toMatchObject({
    layer: "model",
    brokeFirst: ["retrieval_data"],
    isFinal: true,
  });
  const nothing = { ...closed, verdicts: [] };
  expect(firstBeliefOf(nothing)).toMatchObject({ brokeFirst: [], isFinal: false });
});

const anyBelief: fc.Arbitrary<FirstBelief> = fc.record({
  incidentId: fc.integer({ min: 1 }).map((id) => id as IncidentId),
  isDrill: fc.boolean(),
  layer: fc.option(fc.constantFrom(...layerIds), { nil: null }),
  brokeFirst: fc.subarray([...layerIds]),
  isFinal: fc.boolean(),
});

test("every belief is counted once: right, wrong or open; drills never; in any order", () => {
  fc.assert(
    fc.property(fc.array(anyBelief), (beliefs) => {
      const meter = blameMeter(beliefs);
      const counted = beliefs.filter((one) => !one.isDrill && one.layer !== null);
      expect(meter.incidents).toBe(counted.length);
      const sum = (of: "named" | "right" | "wrong" | "open") =>
        meter.layers.reduce((total, one) => total + one[of], 0);
      expect(sum("named")).toBe(counted.length);
      expect(sum("right") + sum("wrong")).toBe(meter.settled);
      expect(sum("open")).toBe(counted.length - meter.settled);
      expect(blameMeter(beliefs.toReversed())).toEqual(meter);
    }),
    { numRuns: propertyRuns },
  );
});
