// Goal: an answer for one strand is none for the others, a new strand asks whoever owes its answers, and
// whoever is asked anew is notified. Method: the pure deciders over made-up incidents.

import { expect, test } from "vitest";
import { decideAddStrand } from "#src/domain/edit-strands.ts";
import type { IncidentState, LayerOwner } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { remindersOfAsking } from "#src/domain/owners/answer-patience.ts";
import { askOwners } from "#src/domain/owners/ask-owners.ts";
import { answerStanding } from "#src/domain/owners/owner.ts";
import { decideRemind } from "#src/domain/remind.ts";
import type { Reminder } from "#src/domain/reminder.ts";
import { boardText } from "#views/messages/board.ts";
import { applyChanges } from "#test/support/apply-decision.ts";
import { plainOwner } from "#test/support/not-yet.ts";
import { accepted, answer, by, incidentId, now, openIncident, user } from "./fixtures.ts";

const owner = (facts: Partial<LayerOwner> = {}): LayerOwner => ({
  layer: "model",
  userId: user("U-owner"),
  groupId: null,
  ...plainOwner,
  ...facts,
});
const withStandIn = owner({ standInUserId: user("U-stand-in") });

const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

/** An incident whose owners were asked at `now`. */
function asked(...owners: LayerOwner[]): IncidentState {
  const state = openIncident({ owners });
  return applyChanges(state, { reminders: remindersOfAsking(state, layerIds, now) });
}

/** Fires the next reminder when it is due: what it leads to, and the state after it. */
function fire(state: IncidentState) {
  const [next] = state.reminders;
  if (!next) throw new Error("no reminder waits");
  const waiting = { ...state, reminders: state.reminders.slice(1) };
  const reminding = decideRemind(waiting, next.about, next.dueAt);
  return { reminding, state: applyChanges(waiting, reminding.changes) };
}

const strandOf = (name: string) => ({
  incidentId,
  name,
  symptom: null,
  windowFrom: null,
  windowTo: null,
  slice: {},
  evidenceNumbers: [],
});

test("an answer for one strand leaves the layer open in the others: its owner is reminded, and it reads so", () => {
  const twoStrands = (state: IncidentState): IncidentState => ({
    ...state,
    strands: [...state.strands, { ...state.strands[0]!, number: 2, name: "Refusals" }],
  });
  const state = {
    ...twoStrands(asked(withStandIn)),
    answers: [answer("model", { strandNumbers: [2] })],
  };
  expect(answerStanding(state, "model")).toBe("asked");
  const first = fire(state);
  expect(first.reminding.timeline).toMatchObject([{ data: { step: "owner", userId: "U-owner" } }]);
  expect(answerStanding(first.state, "model")).toBe("late");
  expect(boardText(first.state).mrkdwn).toMatch(
    /no change.*\(strand 2\); \*late\* for strand 1, reminded/,
  );
  const both = { ...state, answers: [answer("model", { strandNumbers: [1, 2] })] };
  expect(answerStanding(both, "model")).toBe("answered");
});

test("a new strand asks the owners of its open layers anew, and whoever had answered has the whole time again", () => {
  const states: [IncidentState, Reminder["dueAt"], Date | null][] = [
    // answered for strand 1 alone, after a reminder: asked again from the start
    [
      {
        ...fire(asked(withStandIn)).state,
        answers: [answer("model", { strandNumbers: [1] })],
      },
      minutes(50),
      null,
    ],
    // never answered: the step that waits stays
    [fire(asked(withStandIn)).state, minutes(40), minutes(20)],
  ];
  for (const [state, dueAt, remindedAt] of states) {
    const by = { userId: user("U-declarer"), now: minutes(30) };
    const decision = accepted(decideAddStrand(state, strandOf("Refusals"), by));
    expect(decision.effects).toContainEqual({
      name: "post-message",
      incidentId,
      message: { kind: "evidence-request-dm", userId: "U-owner" },
      isAnew: true,
    });
    const next = applyChanges(state, decision.changes);
    expect(next.reminders.filter(({ about }) => about.kind === "answer-late")).toMatchObject([
      { dueAt },
    ]);
    expect(next.owners).toMatchObject([{ remindedAt }]);
  }
});

test("a strand that every layer is answered for asks nobody anew", () => {
  const state = { ...asked(withStandIn), answers: layerIds.map((layer) => answer(layer)) };
  const decision = accepted(decideAddStrand(state, strandOf("Refusals"), { ...by, now }));
  expect(decision.changes.reminders ?? []).toEqual([]);
  expect(decision.effects.filter((effect) => "isAnew" in effect)).toEqual([]);
});

test("every step of a reminder notifies anew, and so does a layer that somebody is named for beside others", () => {
  expect(fire(asked(withStandIn)).reminding.effects[0]).toMatchObject({ isAnew: true });
  const state = asked(owner(), owner({ layer: "infrastructure", userId: null }));
  const named = owner({ layer: "infrastructure" });
  expect(
    askOwners(state, [named], now).effects.filter((effect) => "isAnew" in effect),
  ).toMatchObject([{ message: { kind: "evidence-request-dm", userId: "U-owner" } }]);
  // the same person again is not asked twice
  expect(
    askOwners(state, [withStandIn], now).effects.filter((effect) => "isAnew" in effect),
  ).toEqual([]);
});
