// Goal: whatever people send, in whatever order, the record keeps the rules.
// Method: random sequences of valid and invalid forms through the deciders, each on a record that cannot be
// written to; after each one, the invariants.

import fc from "fast-check";
import { expect, test } from "vitest";
import { decideAddAction } from "#src/domain/add-action.ts";
import { decideAddEvidence } from "#src/domain/add-evidence.ts";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { decideAnswerLever } from "#src/domain/answer-lever.ts";
import { decideAnswerRows } from "#src/domain/answer-rows.ts";
import { decideCloseIncident } from "#src/domain/close-incident.ts";
import type { Decision } from "#src/domain/decision.ts";
import { decideEndLever } from "#src/domain/end-lever.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { layerState } from "#src/domain/layer-state.ts";
import type { Rejection } from "#src/domain/rejection.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import { decideStabilize } from "#src/domain/stabilize.ts";
import {
  changeStates,
  confidences,
  constraintKinds,
  evidenceKinds,
  verdictKinds,
} from "#src/domain/vocabulary.ts";
import type { Result } from "#src/lib/result.ts";
import { applyChanges } from "#test/support/apply-decision.ts";
import {
  actionInput,
  allRows,
  answerInput,
  answersExcept,
  by,
  evidenceInput,
  incidentId,
  item,
  openIncident,
  stabilizeInput,
  user,
  verdictInput,
  person,
} from "./fixtures.ts";
import { plainStrand } from "#test/support/not-yet.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { proof } from "./proof.ts";

type Move = (state: IncidentState) => Result<Decision, Rejection>;

const keys = <Key extends string>(table: Record<Key, unknown>) =>
  fc.constantFrom(...(Object.keys(table) as Key[]));
// aimed at one layer and one strand, so that sequences get far; what is rare is still tried
const layer = fc.oneof(
  { arbitrary: fc.constant<LayerId>("integration_ui"), weight: 3 },
  { arbitrary: fc.constantFrom(...layerIds), weight: 2 },
);
const strand: fc.Arbitrary<number> = fc.constantFrom(1, 1, 1, 1, 2, 2, 9);
const numbers: fc.Arbitrary<number[]> = fc.oneof(
  { arbitrary: fc.constant<number[]>([1]), weight: 4 },
  { arbitrary: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }), weight: 1 },
);
const anyOf = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 8 });
const people = [by.userId, user("U-authorizer")];
const who = fc.constantFrom(by, { ...by, userId: user("U-authorizer") });

const answering = fc
  .record({
    given: fc.array(
      fc.record({
        layer,
        change: keys(changeStates),
        isSourceComplete: fc.boolean(),
        rulesOut: fc.boolean(),
        strandNumbers: fc.option(fc.uniqueArray(strand, { minLength: 1, maxLength: 2 }), {
          freq: 1,
        }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    who,
  })
  .map(({ given, who }): Move => (state) => {
    const answers = given.map((one) => answerInput(one));
    return decideAnswerLayers(state, { incidentId, answers, author: by.userId }, who);
  });

const answeringAll = fc.constant<Move>((state) => {
  const answers = layerIds.map((id) => answerInput({ layer: id }));
  return decideAnswerLayers(state, { incidentId, answers, author: by.userId }, by);
});

const evidencing = fc
  .record({ kind: keys(evidenceKinds), supports: fc.uniqueArray(layer, { maxLength: 2 }) })
  .map(
    (facts): Move =>
      (state) =>
        decideAddEvidence(state, evidenceInput(facts), by),
  );

const filling = fc
  .record({
    strandNumber: strand,
    claimedLayer: layer,
    reading: fc.constantFrom("rules_out", "rules_out", "rules_out", "points_to", "cannot_tell"),
    pointsTo: anyOf(layer),
    evidenceNumbers: numbers,
  })
  .map(({ strandNumber, claimedLayer, ...row }): Move => (state) => {
    const rows = layers[claimedLayer].opposing.map(({ id }) => ({
      row: id,
      sentence: "no",
      ...row,
    }));
    const input = { incidentId, strandNumber, claimedLayer, rows, author: by.userId };
    return decideAnswerRows(state, input, by);
  });

const claiming = fc
  .record({
    facts: fc.record({
      strandNumber: strand,
      layer,
      verdict: fc.oneof(fc.constant("proximate" as const), keys(verdictKinds)),
      confidence: anyOf(keys(confidences)),
      contribution: anyOf(fc.constant("it hid the date")),
      evidenceNumbers: numbers,
    }),
    who,
  })
  .map(
    ({ facts, who }): Move =>
      (state) =>
        decideSetVerdict(state, verdictInput(facts), who),
  );

const levering = fc.oneof(
  fc.constant<Move>((state) =>
    decideStabilize(state, stabilizeInput(), by, { authorizer: undefined }),
  ),
  fc.record({ leverNumber: fc.integer({ min: 1, max: 3 }), isConfirmed: fc.boolean(), who }).map(
    ({ who, ...input }): Move =>
      (state) =>
        decideAnswerLever(state, { incidentId, ...input }, who),
  ),
  fc.constantFrom(1, 1, 2, 3).map((leverNumber): Move => (state) => {
    const how = { endedHow: "taken_back", endedBy: by.userId, why: "done" } as const;
    return decideEndLever(state, { incidentId, leverNumber, ...how }, by);
  }),
);

const acting = fc
  .record({
    layer,
    constraintKind: anyOf(keys(constraintKinds)),
    dueOn: fc.constantFrom("2026-03-23", "2026-03-23", "2020-01-01"),
  })
  .map(
    (facts): Move =>
      (state) =>
        decideAddAction(state, actionInput(facts), by, {
          owner: undefined,
          knownLogin: null,
          isGitHubConfigured: true,
        }),
  );

const closing = fc
  .record({
    closeAs: fc.constantFrom("attributed" as const, "undetermined" as const),
    approver: anyOf(fc.constantFrom(by.userId, user("U-authorizer"))),
  })
  .map(
    (input): Move =>
      (state) =>
        decideCloseIncident(state, { incidentId, ...input }, by, { approver: person() }),
  );

const moves = fc.array(
  fc.oneof(
    answering,
    { arbitrary: answeringAll, weight: 2 },
    evidencing,
    { arbitrary: filling, weight: 4 },
    { arbitrary: claiming, weight: 6 },
    levering,
    { arbitrary: acting, weight: 3 },
    { arbitrary: closing, weight: 5 },
  ),
  { minLength: 1, maxLength: 40, size: "max" },
);

/** How often the sequences came to what the invariants are about: without that they would prove nothing. */
const reached = { proximate: 0, attributed: 0, undetermined: 0, rejected: 0 };

test("R1, R9, R10, R14, B5: no sequence of forms breaks the rules", () => {
  fc.assert(
    fc.property(moves, fc.boolean(), fc.boolean(), (sequence, hasTwoStrands, isExamined) => {
      let state = startOf(hasTwoStrands, isExamined);
      for (const move of sequence) {
        const before = deepFrozen(state);
        const result = move(state);
        if (!result.ok) {
          reached.rejected += 1;
          expect(result.error.message.trim()).not.toBe("");
          continue;
        }
        // the timeline only grows: whatever changes is told
        const isChange = Object.keys(result.value.changes).length > 0;
        expect(result.value.timeline.length > 0).toBe(isChange);
        const next = applyChanges(state, result.value.changes);
        checkProximate(state, next);
        checkAuthors(result.value);
        checkClosed(before, next);
        checkRevisions(before, result.value);
        state = next;
      }
      checkNumbers(state);
    }),
    { numRuns: propertyRuns },
  );
  expect(reached.proximate).toBeGreaterThan(10);
  expect(reached.attributed).toBeGreaterThan(0);
  expect(reached.undetermined).toBeGreaterThan(0);
  expect(reached.rejected).toBeGreaterThan(100);
});

/** `isExamined`: every layer is answered and one has its rows filled, so that a verdict is near. */
function startOf(hasTwoStrands: boolean, isExamined: boolean): IncidentState {
  const state = openIncident({
    evidence: [
      ...proof("integration_ui", { confidence: "confirmed" }),
      item(4, { strandNumbers: [2] }),
    ],
    ...(isExamined ? { answers: answersExcept(), rowAnswers: allRows("integration_ui") } : {}),
  });
  const second = {
    number: 2,
    name: "two",
    windowFrom: null,
    windowTo: null,
    slice: {},
    ...plainStrand,
  };
  return hasTwoStrands ? { ...state, strands: [...state.strands, second] } : state;
}

/** R1, R9: beside a proximate verdict no other layer is unexamined; a new one has all its rows filled. */
function checkProximate(before: IncidentState, next: IncidentState): void {
  for (const { strandNumber, layer: named } of next.verdicts.filter(
    (one) => one.verdict === "proximate",
  )) {
    const unexamined = layerIds.filter(
      (id) => id !== named && layerState(next, strandNumber, id) === "unexamined",
    );
    expect(unexamined).toEqual([]);
    if (before.verdicts.some((one) => one.layer === named && one.verdict === "proximate")) continue;
    reached.proximate += 1;
    const filled = next.rowAnswers.filter(
      (row) => row.strandNumber === strandNumber && row.claimedLayer === named,
    );
    expect(filled).toHaveLength(layers[named].opposing.length);
  }
}

/** R10: whoever pressed set it, and is in the timeline with it. */
function checkAuthors({ changes, timeline }: Decision): void {
  for (const { author, recorder } of changes.verdicts ?? []) {
    expect(people).toContain(author);
    expect(people).toContain(recorder);
    const told = timeline.filter(({ kind }) => kind === "verdict_set");
    expect(told.map(({ actor }) => actor)).toContain(recorder);
    if (!changes.answers) expect(author).toBe(recorder);
  }
}

/** The same state, which throws where anything is written to it. */
function deepFrozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(deepFrozen);
  return value;
}

/** R14, B5: closed as attributed, every strand has its layer; however closed, no lever is in force; then nothing more. */
function checkClosed(before: IncidentState, next: IncidentState): void {
  expect(before.incident.status).toBe("open");
  const { status, closedAs, closeApprover, closedBy } = next.incident;
  if (status !== "closed") return;
  expect(next.levers.filter((use) => use.endedAt === null)).toEqual([]);
  const open = next.strands.filter(
    ({ number }) =>
      !next.verdicts.some((one) => one.strandNumber === number && one.verdict === "proximate"),
  );
  if (closedAs === "attributed") {
    reached.attributed += 1;
    expect(open).toEqual([]);
  } else {
    reached.undetermined += 1;
    expect(closeApprover).not.toBeNull();
    expect(closeApprover).not.toBe(closedBy);
    expect(next.actions.some((one) => one.constraintKind === "observability")).toBe(true);
  }
}

/** A new revision comes after every one of its kind that stands, so no row is written twice. */
function checkRevisions(before: IncidentState, { changes }: Decision): void {
  for (const one of changes.answers ?? []) {
    const others = before.answers.filter((other) => other.layer === one.layer);
    expect(others.every((other) => other.revision < one.revision)).toBe(true);
  }
  for (const one of changes.verdicts ?? []) {
    const others = [...before.verdicts, ...before.pastVerdicts].filter(
      (other) => other.layer === one.layer && other.strandNumber === one.strandNumber,
    );
    expect(others.every((other) => other.revision < one.revision)).toBe(true);
  }
  const written = (changes.answers ?? []).map((one) => `${one.layer}:${one.revision}`);
  expect(new Set(written).size).toBe(written.length);
}

/** Evidence, levers and actions count from 1 without gaps. */
function checkNumbers(state: IncidentState): void {
  for (const list of [state.evidence, state.levers, state.actions]) {
    expect(list.map((one) => one.number)).toEqual(list.map((_, index) => index + 1));
  }
}
