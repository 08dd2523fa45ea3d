// Goal: the meter counts what a claim needs, no more and no less, at every severity.
// Method: a record that carries a claim on each layer, with any part of it taken out again; the meter
// beside what the rules say.

import fc from "fast-check";
import { expect, test } from "vitest";
import { checkClaim } from "#src/domain/attribution.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { claimToBe, meterOf } from "#src/domain/meter.ts";
import { severityIds } from "#src/domain/severity.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { openIncident } from "./fixtures.ts";
import { completeFor, withoutSome } from "./complete-record.ts";

const layer = fc.constantFrom(...layerIds);

test("R1, R9, R5: a fresh incident has nothing of what it takes, and the others come first", () => {
  const meter = meterOf(openIncident(), 1, "retrieval_data");
  expect(meter).toMatchObject({ answered: 0, required: 14 });
  expect(meter.missing.map(({ kind }) => kind)).toEqual([
    ...Array.from({ length: 5 }, () => "answer"),
    ...Array.from({ length: 5 }, () => "row"),
    "evidence",
    "clear",
    "clear",
    "clear",
  ]);
});

test.each([
  ["model", 22],
  ["retrieval_data", 14],
  ["prompt_policy", 11],
  ["orchestration_tools", 11],
  ["integration_ui", 10],
  ["infrastructure", 11],
] as const)(
  "%s takes %i things, and a record that has them all fills the meter",
  (id, required) => {
    const meter = meterOf(completeFor(id), 1, id);
    expect(meter).toEqual({ answered: required, required, missing: [] });
  },
);

test("R9: a row that points elsewhere counts once a decisive item supports the claim", () => {
  const state = completeFor("infrastructure");
  const pointing: IncidentState = {
    ...state,
    rowAnswers: state.rowAnswers.map((row) => ({
      ...row,
      reading: "points_to",
      pointsTo: "model",
    })),
  };
  expect(meterOf(pointing, 1, "infrastructure").missing).toEqual([]);
  const bare = { ...pointing, evidence: pointing.evidence.filter(({ kind }) => kind !== "E4") };
  expect(meterOf(bare, 1, "infrastructure").missing).toMatchObject([
    { kind: "row", isPointing: true },
    { kind: "row", isPointing: true },
    { kind: "evidence" },
  ]);
});

test("R1, R9, R5: the meter is full exactly where a claim is refused by nothing but an open split", () => {
  const reached = { full: 0, short: 0 };
  fc.assert(
    fc.property(
      layer.chain((id) => fc.tuple(fc.constant(id), withoutSome(id))),
      ([id, state]) => {
        const meter = meterOf(state, 1, id);
        expect(meter.answered).toBeGreaterThanOrEqual(0);
        expect(meter.answered).toBe(meter.required - meter.missing.length);
        const refusal = checkClaim(state, claimToBe(state, 1, id, "suspected"));
        const isAdmissible = refusal?.rules.every((rule) => rule === "R10") ?? true;
        expect({ isFull: meter.missing.length === 0 }).toEqual({ isFull: isAdmissible });
        reached[isAdmissible ? "full" : "short"] += 1;
      },
    ),
    { numRuns: propertyRuns },
  );
  expect(reached.full).toBeGreaterThan(propertyRuns / 50);
  expect(reached.short).toBeGreaterThan(propertyRuns / 50);
});

test("R9: severity changes nothing of what a claim needs", () => {
  fc.assert(
    fc.property(
      layer.chain((id) => fc.tuple(fc.constant(id), withoutSome(id))),
      ([id, state]) => {
        const meters = severityIds.map((severity) =>
          meterOf({ ...state, incident: { ...state.incident, severity } }, 1, id),
        );
        for (const meter of meters) expect(meter).toEqual(meters[0]);
      },
    ),
    { numRuns: Math.ceil(propertyRuns / 10) },
  );
});

test("the meter of every layer of a strand counts the same answers", () => {
  const state = openIncident({ answers: completeFor("model").answers });
  const answers = (id: LayerId) =>
    meterOf(state, 1, id).missing.filter(({ kind }) => kind === "answer").length;
  expect(layerIds.map(answers)).toEqual([0, 0, 0, 0, 0, 0]);
});
