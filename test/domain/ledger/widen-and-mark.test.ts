// Goal: R4 and the window of B3 as people use them: one press goes back to when it last worked, a mark makes "no
// change" count as known for sure, for the time that is scanned and no more. Method: given/when/then on deciders.

import { describe, expect, test } from "vitest";
import { decideAddChange } from "#src/domain/add-change.ts";
import { layerState } from "#src/domain/layer-state.ts";
import { decideMarkSource } from "#src/domain/mark-source.ts";
import { decideWidenScan, lastKnownGoodOf } from "#src/domain/widen-scan.ts";
import { applyChanges } from "#test/support/apply-decision.ts";
import { answer, at, incidentState, people } from "#test/support/factories.ts";

const incidentId = incidentState().incident.id;
const by = { userId: people.coordinator, now: at("12:00") };
const lastWorked = new Date("2020-01-01T12:00:00Z");
const input = { incidentId, lastKnownGoodAt: null, basis: null };

describe("widening to when it last worked", () => {
  test("is asked for the time where nothing says it", () => {
    const refused = decideWidenScan(incidentState(), input, by, {
      lastKnownGood: undefined,
      found: [],
    });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: "bad_field", field: "last_known_good" },
    });
  });

  test("takes what somebody says before what is recorded, and that before a golden run", () => {
    const recorded = incidentState({
      incident: { lastKnownGoodAt: at("01:00"), lastKnownGoodBasis: "the nightly check" },
    });
    const run = { at: at("02:00"), basis: "a run" };
    const said = { ...input, lastKnownGoodAt: at("03:00"), basis: "I saw it work" };
    expect(lastKnownGoodOf(recorded, said, run)?.at).toEqual(at("03:00"));
    expect(lastKnownGoodOf(recorded, input, run)?.at).toEqual(at("01:00"));
    expect(lastKnownGoodOf(incidentState(), input, run)?.at).toEqual(at("02:00"));
  });

  test("is recorded with who did it and from when, and finds what changed since", () => {
    const state = incidentState();
    const lastKnownGood = { at: lastWorked, basis: null };
    const decided = decideWidenScan(state, input, by, { lastKnownGood, found: [] });
    if (!decided.ok) throw new Error(decided.error.message);
    const { changes, timeline } = decided.value;
    expect(changes.incident).toMatchObject({ scanFrom: lastWorked, lastKnownGoodAt: lastWorked });
    expect(timeline).toMatchObject([{ kind: "scan_widened", actor: people.coordinator }]);
  });

  test.each([
    ["in the future", at("13:00")],
    ["within what is searched already", at("11:59")],
  ])("a time %s is refused at its field", (_, when) => {
    const given = { lastKnownGood: { at: when, basis: null }, found: [] };
    expect(decideWidenScan(incidentState(), input, by, given)).toMatchObject({
      ok: false,
      error: { code: "bad_field", field: "last_known_good" },
    });
  });
});

describe("R4: a change record that is marked complete", () => {
  const unsure = incidentState({
    answers: [answer("model", { isSourceComplete: false })],
  });
  const mark = { incidentId, layers: ["model" as const], source: "the provider's release notes" };

  test("R4: makes “no change” count as known for sure", () => {
    expect(layerState(unsure, 1, "model")).toBe("blocked");
    const decided = decideMarkSource(unsure, mark, by);
    if (!decided.ok) throw new Error(decided.error.message);
    const marked = applyChanges(unsure, decided.value.changes);
    expect(layerState(marked, 1, "model")).toBe("answered");
    expect(layerState(marked, 1, "infrastructure")).toBe("unexamined");
  });

  test("R4: does not hold for a time before it: widened further, the layer is blocked again", () => {
    const decided = decideMarkSource(unsure, mark, by);
    if (!decided.ok) throw new Error(decided.error.message);
    const marked = applyChanges(unsure, decided.value.changes);
    const wider = { ...marked, incident: { ...marked.incident, scanFrom: lastWorked } };
    expect(layerState(wider, 1, "model")).toBe("blocked");
  });

  test("said twice, it is refused at its field", () => {
    const decided = decideMarkSource(unsure, mark, by);
    if (!decided.ok) throw new Error(decided.error.message);
    const again = decideMarkSource(applyChanges(unsure, decided.value.changes), mark, by);
    expect(again).toMatchObject({ ok: false, error: { code: "bad_field", field: "layers" } });
  });
});

test("a change that lies outside the window is recorded, and said to be outside", () => {
  const given = {
    incidentId,
    at: lastWorked,
    kind: "config",
    layer: "infrastructure" as const,
    summary: "a timeout was lowered",
    link: null,
  };
  const decided = decideAddChange(
    incidentState({ incident: { serviceName: "assistant" } }),
    given,
    by,
    [],
  );
  expect(decided.ok && decided.value.outcome.sentence).toContain("outside the window");
  // without a service there is no ledger to keep it
  expect(
    decideAddChange(incidentState({ incident: { serviceName: null } }), given, by, []),
  ).toMatchObject({
    ok: false,
    error: { code: "bad_field", field: "at" },
  });
});
