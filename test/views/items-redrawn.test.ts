// Goal: whatever is recorded, every message in the channel that reads otherwise with it is brought up to date,
// so that what people read never depends on how fast the channel was.
// Method: random sequences of forms through the deciders; after each one, every message of an item is drawn
// from before and from after, and where the two differ, the decision has an effect for it.

import fc from "fast-check";
import { expect, test } from "vitest";
import { decideAcceptRisk } from "#src/domain/accept-risk.ts";
import { decideAddAction } from "#src/domain/add-action.ts";
import { decideAddFactor } from "#src/domain/add-factor.ts";
import { decideAddGap } from "#src/domain/add-gap.ts";
import { decideAddGolden } from "#src/domain/add-golden.ts";
import type { Decision } from "#src/domain/decision.ts";
import { decideAddStrand, decideEditStrand } from "#src/domain/edit-strands.ts";
import { type MessageRef, messageKey } from "#src/domain/effect.ts";
import { withHypotheses } from "#src/domain/hypotheses.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { withItemsRedrawn } from "#src/domain/items-redrawn.ts";
import { decideLinkItems } from "#src/domain/link-items.ts";
import { releaseActions } from "#src/domain/provisional.ts";
import { decideRaiseHypothesis } from "#src/domain/raise-hypothesis.ts";
import type { Rejection } from "#src/domain/rejection.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import type { Result } from "#src/lib/result.ts";
import {
  accepted,
  actionInput,
  allRows,
  answersExcept,
  by,
  incidentId,
  openIncident,
  verdictInput,
} from "#test/domain/fixtures.ts";
import { proof } from "#test/domain/proof.ts";
import { applyChanges } from "#test/support/apply-decision.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { renderMessage } from "#views/messages/render-message.ts";

type Move = (state: IncidentState) => Result<Decision, Rejection>;

const basis = { owner: undefined, knownLogin: null, isGitHubConfigured: true };
const extras = { botCommand: "/incident", canFileIssues: true, canProposePostmortem: true };

/** As `decide` completes what a decider returns. */
const completed = (state: IncidentState, decision: Decision): Decision =>
  withItemsRedrawn(state, withHypotheses(state, releaseActions(state, decision, by)));

/** The messages of items that stand in the channel. */
function refsOf(state: IncidentState): MessageRef[] {
  return [
    ...state.actions.map(({ number }) => ({ kind: "action" as const, actionNumber: number })),
    ...(["gap", "factor", "golden", "risk"] as const).flatMap((item) =>
      state[`${item}s`].map(({ number }) => ({ kind: "learning" as const, item, number })),
    ),
    ...state.verdicts.map(({ strandNumber, layer }) => ({
      kind: "verdict" as const,
      strandNumber,
      layer,
    })),
    ...state.hypotheses
      .filter(({ isClaim }) => !isClaim)
      .map(({ number }) => ({ kind: "hypothesis" as const, number })),
    ...state.strands.map(({ number }) => ({ kind: "strand" as const, strandNumber: number })),
  ];
}

/** What each message says, by its key. */
const shown = (state: IncidentState) =>
  new Map(
    refsOf(state).map((ref) => [
      messageKey(ref),
      JSON.stringify(renderMessage(ref, state, extras)),
    ]),
  );

/** The keys of the messages that a decision made read otherwise, and of those that it brings up to date. */
function changedBy(state: IncidentState, decision: Decision, before = shown(state)) {
  const now = shown(applyChanges(state, decision.changes));
  const drawn = decision.effects.flatMap((effect) =>
    effect.name === "post-message" ? [messageKey(effect.message)] : [],
  );
  const changed = [...now].filter(([key, text]) => before.get(key) !== text).map(([key]) => key);
  return { changed, drawn, now };
}

const someOf = (...numbers: number[]) => fc.subarray(numbers);
const text = fc.constantFrom(
  "No alert on the age of the index",
  "No measure of its age",
  "No test",
);
const gap = fc.record({ statement: text, actionNumbers: someOf(1, 2) }).map(
  (facts): Move =>
    (state) =>
      decideAddGap(
        state,
        { incidentId, number: null, kind: "no_alert_on_metric", layer: "retrieval_data", ...facts },
        by,
      ),
);
const factor = fc
  .record({
    number: fc.constantFrom(null, null, 1),
    statement: text,
    actionNumbers: someOf(1, 2),
    interactsWith: someOf(1, 2),
  })
  .map(
    (facts): Move =>
      (state) =>
        decideAddFactor(
          state,
          { incidentId, category: "data_fragility", layer: "retrieval_data", ...facts },
          by,
        ),
  );
const action = fc
  .record({
    addresses: fc.subarray(["S1", "S2", "G1", "G2", "F1", "F2"]),
    constraintKind: fc.constantFrom("runtime" as const, "change_control" as const),
  })
  .map(
    (facts): Move =>
      (state) =>
        decideAddAction(state, actionInput(facts), by, basis),
  );
const golden = fc.constant<Move>((state) =>
  decideAddGolden(
    state,
    {
      incidentId,
      number: null,
      strandNumbers: null,
      fromEvidence: null,
      preconditions: null,
      input: "What is the kilometre rate?",
      passWhen: "the rate of the rule in force in 19 of 20 runs",
    },
    by,
  ),
);
const risk = fc.subarray(["model", "G1", "G2"], { minLength: 1 }).map(
  (addresses): Move =>
    (state) =>
      decideAcceptRisk(
        state,
        { incidentId, addresses, statement: "Length differs", capacity: "business" },
        by,
        [],
      ),
);
const link = fc
  .record({
    of: fc.record({
      kind: fc.constantFrom("action" as const, "gap" as const, "factor" as const),
      number: fc.constantFrom(1, 2),
    }),
    addresses: fc.subarray(["S1", "S2", "G1", "F1", "F2"]),
    actionNumbers: someOf(1, 2),
    interactsWith: someOf(1, 2),
  })
  .map(
    (input): Move =>
      (state) =>
        decideLinkItems(state, { incidentId, ...input }, by),
  );
const strand = fc.constantFrom("users in Poland", "users on phones").map(
  (name): Move =>
    (state) =>
      decideAddStrand(
        state,
        {
          incidentId,
          name,
          symptom: null,
          windowFrom: null,
          windowTo: null,
          slice: {},
          evidenceNumbers: [],
        },
        by,
      ),
);
const type = fc
  .constantFrom(null, "data" as const, "model" as const)
  .map((failureType): Move => (state) => {
    const [first] = state.strands;
    return decideEditStrand(
      state,
      { ...first!, incidentId, strandNumber: 1, evidenceNumbers: [], failureType },
      by,
    );
  });
const belief = fc.constantFrom("model" as const, "integration_ui" as const).map(
  (layer): Move =>
    (state) =>
      decideRaiseHypothesis(
        state,
        { incidentId, strandNumber: 1, layer, statement: "It cites last year" },
        by,
      ),
);
const verdict = fc.constantFrom("proximate" as const, "cleared" as const).map(
  (kind): Move =>
    (state) =>
      decideSetVerdict(
        state,
        verdictInput({
          layer: "integration_ui",
          verdict: kind,
          confidence: kind === "proximate" ? "probable" : null,
          evidenceNumbers: [1, 2, 3],
        }),
        by,
      ),
);

/** How often another message than that of what was recorded read otherwise: without that it would prove nothing. */
let others = 0;

test("no form leaves a message in the channel that would read otherwise if it were posted now", () => {
  const moves = fc.array(
    fc.oneof(gap, factor, action, golden, risk, link, strand, type, belief, verdict),
    { minLength: 1, maxLength: 10, size: "max" },
  );
  fc.assert(
    fc.property(moves, (sequence) => {
      let state = openIncident({
        answers: answersExcept(),
        evidence: proof("integration_ui", { confidence: "confirmed" }),
        rowAnswers: allRows("integration_ui"),
      });
      let before = shown(state);
      for (const move of sequence) {
        const result = move(state);
        if (!result.ok) continue;
        const decision = completed(state, result.value);
        const { changed, drawn, now } = changedBy(state, decision, before);
        expect(drawn).toEqual(expect.arrayContaining(changed));
        if (changed.length > 1) others += 1;
        state = applyChanges(state, decision.changes);
        before = now;
      }
    }),
    // each draws every message after every form
    { numRuns: Math.ceil(propertyRuns / 2) },
  );
  expect(others).toBeGreaterThan(100);
});

test("a factor that an action answers and another acted with is said at both", () => {
  const state = [
    (one: IncidentState) => decideAddAction(one, actionInput(), by, basis),
    (one: IncidentState) => decideAddFactor(one, factorOf("First"), by),
  ].reduce((one, move) => applyChanges(one, accepted(move(one)).changes), openIncident());
  const input = { ...factorOf("Second"), actionNumbers: [1], interactsWith: [1] };
  const decision = completed(state, accepted(decideAddFactor(state, input, by)));
  expect(changedBy(state, decision).drawn).toEqual(["factor:2", "panel", "action:1", "factor:1"]);
  const now = shown(applyChanges(state, decision.changes));
  expect(now.get("action:1")).toContain("Answers factor 2.");
  expect(now.get("factor:1")).toContain("Acted together with factor 2.");
});

const factorOf = (statement: string) => ({
  incidentId,
  number: null,
  category: "data_fragility" as const,
  layer: "retrieval_data" as const,
  statement,
  interactsWith: [],
  actionNumbers: [],
});
