// Goal: what a search finds becomes matches with reasons, whatever the order; in a channel each is shown
// once, at most three wait, and what people said to one stays (R13).
// Method: properties over any pair of texts; given, when, then on states. How alike texts must be is
// measured in test/db/similar-incidents.test.ts, where PostgreSQL reads them.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { IncidentId, SimilarIncident } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { findMatches, type Match, type TextPair } from "#src/domain/recurrence.ts";
import {
  decideAnswerSimilar,
  decideLinkIncident,
  type OtherIncident,
  recordMatches,
  recordReopened,
} from "#src/domain/similar.ts";
import { applyChanges } from "#test/support/apply-decision.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { by, incidentId, now, openIncident, user } from "./fixtures.ts";

const idOf = (number: number) => number as IncidentId;
const word = fc.constantFrom(
  "answer",
  "rule",
  "travel",
  "index",
  "skip",
  "region",
  "agent",
  "slow",
);
const anyPair: fc.Arbitrary<TextPair> = fc.record({
  otherId: fc.integer({ min: 2, max: 6 }).map(idOf),
  ourKind: fc.constantFrom("symptom", "mechanism", "golden"),
  theirKind: fc.constantFrom("symptom", "mechanism", "golden"),
  ourLayers: fc.subarray([...layerIds], { maxLength: 2 }),
  theirLayers: fc.subarray([...layerIds], { maxLength: 2 }),
  ourWords: fc.uniqueArray(word),
  theirWords: fc.uniqueArray(word),
  trigrams: fc.double({ min: 0, max: 1, noNaN: true }),
  contained: fc.double({ min: 0, max: 1, noNaN: true }),
});

test("R13: matches have a reason each, one for an incident, the same in any order of the pairs", () => {
  fc.assert(
    fc.property(fc.array(anyPair), (pairs) => {
      const matches = findMatches(pairs);
      expect(findMatches(pairs.toReversed())).toEqual(matches);
      expect(new Set(matches.map((one) => one.otherId)).size).toBe(matches.length);
      for (const { reasons, likeness } of matches) {
        expect(reasons.length).toBeGreaterThan(0);
        expect(likeness).toBeGreaterThan(0);
        expect(likeness).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: propertyRuns },
  );
});

test("R13: the same mechanism is found again although another layer broke first", () => {
  const words = ["index", "job", "skip", "document", "metadata", "field"];
  const pair: TextPair = {
    otherId: idOf(2),
    ourKind: "mechanism",
    theirKind: "mechanism",
    ourLayers: ["retrieval_data"],
    theirLayers: ["integration_ui"],
    ourWords: words,
    theirWords: words,
    trigrams: 1,
    contained: 1,
  };
  expect(findMatches([pair])).toEqual([{ otherId: 2, reasons: ["mechanism"], likeness: 1 }]);
  const other = { ...pair, theirWords: ["index", "job", "rule", "region", "agent"], trigrams: 0.3 };
  expect(findMatches([other])).toEqual([]);
});

test("R13: where other layers broke first in the two, no symptom makes them alike", () => {
  fc.assert(
    fc.property(anyPair, (pair) => {
      const apart: TextPair = {
        ...pair,
        ourLayers: ["model"],
        theirLayers: ["infrastructure"],
        theirWords: pair.ourWords,
      };
      const found = findMatches([apart]).flatMap(({ reasons }) => reasons);
      const isMechanism = pair.ourKind === "mechanism" && pair.theirKind === "mechanism";
      const allowed = isMechanism ? ["golden", "mechanism"] : ["golden"];
      expect(found.filter((reason) => !allowed.includes(reason))).toEqual([]);
    }),
    { numRuns: propertyRuns },
  );
});

const match = (otherId: number, reasons: Match["reasons"] = ["layer_and_symptom"]): Match => ({
  otherId: idOf(otherId),
  reasons,
  likeness: 0.5,
});

test("R13: at most three wait in a channel, the best first, and a second search shows nothing anew", () => {
  const state = openIncident();
  const found = recordMatches(
    state,
    [2, 3, 4, 5].map((id) => match(id)),
    now,
  );
  expect(found.changes.similarIncidents?.map((one) => one.otherId)).toEqual([2, 3, 4]);
  expect(found.effects).toHaveLength(3);
  const after = applyChanges(state, found.changes);
  const again = recordMatches(
    after,
    [2, 3, 4, 5].map((id) => match(id)),
    now,
  );
  // the three messages are brought up to date where they stand
  expect(again).toEqual({ changes: {}, effects: found.effects });
});

test("R13: a new reason comes to a match that stands, and leaves what somebody said to it", () => {
  const standing: SimilarIncident = {
    otherId: idOf(2),
    reasons: ["mechanism"],
    state: "dismissed",
    foundAt: now,
    decidedBy: by.userId,
    decidedAt: now,
  };
  const state = openIncident({ similarIncidents: [standing] });
  const { changes, effects } = recordMatches(state, [match(2, ["golden"])], now);
  expect(changes.similarIncidents).toEqual([{ ...standing, reasons: ["golden", "mechanism"] }]);
  expect(effects).toEqual([
    { name: "post-message", incidentId, message: { kind: "similar", otherId: 2 } },
  ]);
});

test("R13: before there is a channel nothing is posted, and after the end nothing is recorded", () => {
  const state = openIncident();
  const early = { ...state, incident: { ...state.incident, channelId: null } };
  const found = recordMatches(early, [match(2)], now);
  expect(found.effects).toEqual([]);
  expect(found.changes.similarIncidents).toHaveLength(1);
  const over = { ...state, incident: { ...state.incident, status: "closed" as const } };
  expect(recordMatches(over, [match(2)], now)).toEqual({ changes: {}, effects: [] });
});

const other: OtherIncident = {
  id: idOf(2),
  number: 3,
  title: "Assistant cites the old rule",
  isDrill: false,
  status: "closed",
  phase: "learning",
  closedAs: "attributed",
  closedAt: now,
  declaredAt: now,
  channelId: "C2",
  postmortemUrl: null,
  brokeFirst: [],
  openActions: [],
};
const shown = applyChanges(openIncident(), recordMatches(openIncident(), [match(2)], now).changes);

test("R13: a match is linked or dismissed by a person, told in the timeline, and they may change their mind", () => {
  const link = { incidentId, otherId: other.id, answer: "linked" } as const;
  const decided = decideAnswerSimilar(shown, link, by, other);
  if (!decided.ok) throw new Error("not taken");
  expect(decided.value.timeline).toMatchObject([
    { kind: "similar_answered", actor: by.userId, data: { number: 3, answer: "linked" } },
  ]);
  const linked = applyChanges(shown, decided.value.changes);
  expect(linked.similarIncidents).toMatchObject([{ state: "linked", decidedBy: by.userId }]);
  expect(decideAnswerSimilar(linked, link, by, other)).toMatchObject({
    error: { code: "stale" },
  });
  const dismiss = { ...link, answer: "dismissed" } as const;
  expect(decideAnswerSimilar(linked, dismiss, by, other).ok).toBe(true);
  // it was cancelled meanwhile, or the button is of another incident
  expect(decideAnswerSimilar(shown, link, by, undefined)).toMatchObject({
    error: { code: "not_found" },
  });
  expect(decideAnswerSimilar(openIncident(), link, by, other)).toMatchObject({
    error: { code: "not_found" },
  });
});

test("R13: any incident is linked by its number, but not itself, nor a drill with an incident", () => {
  const state = openIncident();
  expect(decideLinkIncident(state, { incidentId, number: 3 }, by, other)).toMatchObject({
    ok: true,
    value: { changes: { similarIncidents: [{ otherId: 2, reasons: [], state: "linked" }] } },
  });
  const own = { incidentId, number: state.incident.number };
  expect(decideLinkIncident(state, own, by, other).ok).toBe(false);
  const drill = { ...other, isDrill: true };
  expect(decideLinkIncident(state, { incidentId, number: 3 }, by, drill).ok).toBe(false);
  expect(decideLinkIncident(state, { incidentId, number: 3 }, by, undefined).ok).toBe(false);
});

test("R13: that the other one was opened again is told once, by whom", () => {
  const reopener = { userId: user("U-reopener"), now };
  const noted = recordReopened(shown, other, reopener);
  expect(noted?.timeline).toMatchObject([{ actor: "U-reopener", data: { answer: "reopened" } }]);
  const after = applyChanges(shown, noted?.changes ?? {});
  expect(recordReopened(after, other, reopener)).toBeUndefined();
  expect(recordReopened(openIncident(), other, reopener)).toBeUndefined();
});
