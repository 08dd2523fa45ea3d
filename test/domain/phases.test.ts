// Goal: severity, phase and reopening are set by people, with reasons; every move of the phase is in the
// timeline, and what is reached for the first time gets its time (B4, B5).
// Method: given a record, when one form comes in, then the decision or the rejection; random sequences
// of levers, verdicts, moves and closes keep the gates.

import fc from "fast-check";
import { expect, test } from "vitest";
import { decideCloseIncident } from "#src/domain/close-incident.ts";
import { decideEndLever } from "#src/domain/end-lever.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { isAttributed } from "#src/domain/layer-state.ts";
import { isInForce } from "#src/domain/lever-use.ts";
import { checkPhase, phaseOrder } from "#src/domain/lifecycle.ts";
import { withMilestones } from "#src/domain/milestones.ts";
import { decideReopenIncident } from "#src/domain/reopen-incident.ts";
import { decideSetPhase } from "#src/domain/set-phase.ts";
import { decideSetSeverity } from "#src/domain/set-severity.ts";
import { type Severity, severityIds } from "#src/domain/severity.ts";
import { decideStabilize } from "#src/domain/stabilize.ts";
import { minutesAfter } from "#src/domain/updates.ts";
import type { Phase } from "#src/domain/vocabulary.ts";
import { applyChanges } from "#test/support/apply-decision.ts";
import {
  accepted,
  action,
  after,
  by,
  declarer,
  effectNames,
  incidentId,
  item,
  lever,
  now,
  openIncident,
  person,
  rejected,
  stabilizeInput,
  user,
  verdict,
} from "./fixtures.ts";

const at = (severity: Severity, facts: Partial<IncidentState> = {}): IncidentState => {
  const state = openIncident(facts);
  state.incident.severity = severity;
  return state;
};
const setting = (state: IncidentState, severity: Severity) =>
  decideSetSeverity(state, { incidentId, severity, reason: "40 of 60 answers are wrong" }, by);
const count = item(1, { kind: "E5" });

test("B4: severity is raised at once, and told everywhere", () => {
  const decision = accepted(setting(at("SEV3"), "SEV1"));
  expect(decision.changes.incident).toEqual({
    severity: "SEV1",
    isSeverityUnsure: false,
    updateDueAt: minutesAfter(now, 30),
  });
  expect(decision.timeline).toMatchObject([
    { kind: "severity_changed", data: { from: "SEV3", to: "SEV1" } },
  ]);
  expect(effectNames(decision)).toEqual([
    "post-message:entry",
    "post-message:announcement",
    "post-message:panel",
    "set-topic",
  ]);
  expect(decision.effects[0]).toMatchObject({ message: { kind: "entry", sequence: 1 } });
});

test("B4: it is lowered once a cohort was counted, and the refusal says how to get a count", () => {
  const refused = rejected(setting(at("SEV1"), "SEV2"));
  expect(refused).toMatchObject({
    code: "refused",
    refusal: { rules: ["B4"], missing: ["cohort_rates"] },
  });
  expect(refused.message).toContain("“Add evidence”");
  expect(setting(at("SEV1", { evidence: [count] }), "SEV2").ok).toBe(true);
  for (const other of [item(1, { kind: "E10" }), item(1, { kind: "E5", isVerified: false })]) {
    expect(rejected(setting(at("SEV1", { evidence: [other] }), "SEV3")).code).toBe("refused");
  }
});

test("B4: naming the one that was assumed settles it; the same again is told at its field", () => {
  const assumed = at("SEV2");
  assumed.incident.isSeverityUnsure = true;
  expect(accepted(setting(assumed, "SEV2")).changes.incident).toMatchObject({
    isSeverityUnsure: false,
  });
  expect(rejected(setting(at("SEV2"), "SEV2"))).toMatchObject({ field: "severity" });
  expect(rejected(setting(assumed, "SEV3")).code).toBe("refused");
});

test("a graver incident is told of no later than was promised, a lesser one by its own cadence", () => {
  const due = (from: Severity, to: Severity, standing: Date | null) => {
    const state = at(from, { evidence: [count] });
    state.incident.updateDueAt = standing;
    return accepted(setting(state, to)).changes.incident?.updateDueAt;
  };
  const soon = minutesAfter(now, 5);
  expect(due("SEV3", "SEV1", soon)).toEqual(soon);
  expect(due("SEV3", "SEV1", minutesAfter(now, 200))).toEqual(minutesAfter(now, 30));
  expect(due("SEV1", "SEV3", soon)).toEqual(minutesAfter(now, 240));
  expect(due("SEV2", "SEV4", soon)).toBeNull();
});

const inPhase = (phase: Phase, facts: Partial<IncidentState> = {}): IncidentState => {
  const state = openIncident(facts);
  state.incident.phase = phase;
  return state;
};
const moving = (state: IncidentState, phase: Phase, reason: string | null = null) =>
  decideSetPhase(state, { incidentId, phase, reason }, by);

test("B5: a move forward is an entry with or without a reason; one back takes one", () => {
  const forward = accepted(moving(inPhase("declared"), "diagnosing"));
  expect(forward.changes.incident).toEqual({ phase: "diagnosing" });
  expect(forward.timeline).toMatchObject([
    { kind: "phase_changed", data: { from: "declared", to: "diagnosing", reason: null } },
  ]);
  expect(rejected(moving(inPhase("recovering"), "diagnosing"))).toMatchObject({ field: "reason" });
  expect(moving(inPhase("recovering"), "diagnosing", "a second symptom").ok).toBe(true);
});

test("B5: whoever asks for the phase that stands is told so, and nothing is recorded", () => {
  expect(accepted(moving(inPhase("recovering"), "recovering"))).toMatchObject({
    changes: {},
    timeline: [],
    effects: [],
    outcome: { sentence: "It is recovering already, so nothing was changed.", isShown: true },
  });
});

test("B5: a gate's refusal is a refusal, with what is missing in order", () => {
  const silent = inPhase("diagnosing", { levers: [lever(1)] });
  expect(rejected(moving(silent, "recovering"))).toMatchObject({
    code: "refused",
    refusal: { rules: ["B5"], missing: ["harm_signal", "S1"] },
  });
});

test("B5: a move that comes by itself is told after the decision's own entries", () => {
  const state = openIncident();
  const decided = accepted(decideStabilize(state, stabilizeInput(), by, { authorizer: undefined }));
  const { timeline } = withMilestones(state, decided, by);
  expect(timeline.map(({ kind }) => kind)).toEqual(["lever_recorded", "phase_changed"]);
  expect(timeline[1]?.data).toEqual({
    from: "declared",
    to: "stabilizing",
    reason: null,
    isAutomatic: true,
  });
  const again = inPhase("stabilizing");
  const repeated = accepted(
    decideStabilize(again, stabilizeInput(), by, { authorizer: undefined }),
  );
  expect(withMilestones(again, repeated, by).timeline).toHaveLength(1);
  const moved = accepted(moving(state, "diagnosing"));
  expect(withMilestones(state, moved, by).timeline).toHaveLength(1);
});

test("B5: what is reached for the first time gets its time, once", () => {
  const incident = (state: IncidentState, changes: Parameters<typeof applyChanges>[1]) =>
    withMilestones(state, { changes, timeline: [] }, by).changes.incident;
  const signal = lever(1, { harmSignal: "errors" });
  expect(incident(openIncident(), { levers: [signal] })).toEqual({ stabilizedAt: now });
  expect(incident(openIncident(), { levers: [lever(1)] })).toBeUndefined();
  expect(incident(openIncident(), { verdicts: [verdict("model")] })).toEqual({ diagnosedAt: now });
  const implicated = verdict("model", { verdict: "implicated" });
  expect(incident(openIncident(), { verdicts: [implicated] })).toBeUndefined();
  expect(incident(inPhase("recovering"), { incident: { phase: "learning" } })).toMatchObject({
    recoveredAt: now,
  });
  // closing ends the response; when users were no longer affected is somebody's to say
  const closing = { incident: { phase: "learning" as const, status: "closed" as const } };
  expect(incident(inPhase("recovering"), closing)).not.toHaveProperty("recoveredAt");
  const reached = openIncident();
  Object.assign(reached.incident, { stabilizedAt: now, diagnosedAt: now });
  const changes = { levers: [signal], verdicts: [verdict("model")] };
  expect(incident(reached, changes)).toBeUndefined();
});

const closed = (): IncidentState => {
  const state = openIncident({ verdicts: [verdict("model")], actions: [action("model")] });
  const close = { incidentId, closeAs: "attributed", approver: null } as const;
  return after(state, decideCloseIncident(state, close, by));
};
const reopening = (state: IncidentState) =>
  decideReopenIncident(state, { incidentId, why: "same behaviour under another setup" }, by);

test("a closed incident opens again with a reason, in diagnosis, with its record as it stands", () => {
  const decision = accepted(reopening(closed()));
  expect(decision.changes.incident).toMatchObject({
    status: "open",
    phase: "diagnosing",
    closedAt: null,
    closedAs: null,
    recoveredAt: null,
    endedWhy: "same behaviour under another setup",
  });
  expect(decision.timeline).toMatchObject([{ kind: "incident_reopened" }]);
  expect(effectNames(decision)).toEqual(
    expect.arrayContaining([
      "post-message:entry",
      "post-message:closed",
      "post-message:panel",
      "post-message:announcement",
      "set-topic",
    ]),
  );
  const open = applyChanges(closed(), decision.changes);
  expect(open.verdicts).toHaveLength(1);
  // closed a second time, the channel is told anew
  const close = { incidentId, closeAs: "attributed", approver: null } as const;
  expect(effectNames(accepted(decideCloseIncident(open, close, by)))).toContain(
    "post-message:entry",
  );
});

test("what is open, cancelled or taken away is not opened again", () => {
  const state = (facts: Partial<IncidentState["incident"]>) => {
    const given = closed();
    Object.assign(given.incident, facts);
    return rejected(reopening(given)).message;
  };
  expect(state({ status: "open" })).toContain("is open");
  expect(state({ status: "cancelled" })).toContain("Declare a new");
  expect(state({ hiddenAt: now })).toContain("was taken away");
});

test("B5, R14: whatever is tried in whatever order, nothing is closed with a lever in force or a strand unattributed", () => {
  const move = fc.oneof(
    fc.constant((state: IncidentState) =>
      decideStabilize(state, stabilizeInput({ harmSignal: "errors" }), by, {
        authorizer: undefined,
      }),
    ),
    fc
      .integer({ min: 1, max: 3 })
      .map(
        (leverNumber) => (state: IncidentState) =>
          decideEndLever(
            state,
            { incidentId, leverNumber, endedHow: "kept", endedBy: declarer, why: "it stays" },
            by,
          ),
      ),
    fc
      .constantFrom(...phaseOrder)
      .map((phase) => (state: IncidentState) => moving(state, phase, "it came back")),
    fc
      .constantFrom(...severityIds)
      .map((severity) => (state: IncidentState) => setting(state, severity)),
    fc
      .record({
        closeAs: fc.constantFrom("attributed" as const, "undetermined" as const),
        approver: fc.constantFrom(null, declarer, user("U-approver")),
      })
      .map(
        (input) => (state: IncidentState) =>
          decideCloseIncident(state, { incidentId, ...input }, by, { approver: person() }),
      ),
    fc.constant(reopening),
  );
  const start = fc.record({ isAttributed: fc.boolean(), hasAction: fc.boolean() });
  fc.assert(
    fc.property(start, fc.array(move, { maxLength: 20 }), (given, moves) => {
      let state = openIncident({
        verdicts: given.isAttributed ? [verdict("model")] : [],
        actions: given.hasAction ? [action("model", { constraintKind: "observability" })] : [],
      });
      for (const one of moves) {
        const before = state;
        const result = one(state);
        if (!result.ok) continue;
        const decision = withMilestones(state, result.value, by);
        state = applyChanges(state, decision.changes);
        const { status, phase } = state.incident;
        const moved = decision.timeline.filter(({ kind }) => kind === "phase_changed");
        const isMoved = phase !== before.incident.phase;
        expect(moved).toHaveLength(isMoved ? 1 : 0);
        if (status === "closed") {
          expect(state.levers.filter(isInForce)).toEqual([]);
          const isKnown = isAttributed(state, 1);
          expect(isKnown || state.incident.closedAs === "undetermined").toBe(true);
          if (!isKnown) expect(state.incident.closeApprover).toBe(user("U-approver"));
        } else if (isMoved && decision.timeline[0]?.kind === "phase_changed") {
          expect(checkPhase(before, phase)).toBeUndefined();
        }
      }
    }),
    { numRuns: 300 },
  );
});
