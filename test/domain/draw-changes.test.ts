// Goal: a picture is drawn on request where there is something to draw and a place for it; else it is said at once.
// Method: the pure decider on made-up states.
import { expect, test } from "vitest";
import { decideDrawChanges } from "#src/domain/draw-changes.ts";
import { effectLane } from "#src/domain/effect.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { at, incidentState, leverUse, people } from "#test/support/factories.ts";
import { change } from "#test/pictures/scenario-state.ts";

const by = { userId: people.coordinator, now: at("10:20") };
const withChange = { ...incidentState(), ledgerChanges: [change(1)] };

function decided(state: IncidentState) {
  return decideDrawChanges(state, { incidentId: state.incident.id }, by);
}

test("whoever asks is told that the picture comes, and it is drawn beside the channel's messages", () => {
  const result = decided(withChange);
  expect(result.ok && result.value).toMatchObject({
    changes: {},
    timeline: [],
    effects: [{ name: "draw-changes", incidentId: 7, userId: people.coordinator }],
    outcome: { isShown: true },
  });
  expect(result.ok && effectLane(result.value.effects[0]!)).toBe("figures:7");
});

test("a lever alone is worth a picture", () => {
  expect(decided({ ...incidentState(), levers: [leverUse()] }).ok).toBe(true);
});

test.each([
  ["closed", { ...withChange, incident: { ...withChange.incident, status: "closed" as const } }],
  ["still being opened", { ...withChange, incident: { ...withChange.incident, channelId: null } }],
  ["nothing to draw", incidentState()],
])("it is said where it cannot be drawn: %s", (words, state) => {
  const result = decided(state);
  expect(result.ok ? "" : result.error.message).toContain(words);
});
