// Goal: an owner who does not answer is reminded, then the stand-in is asked, then the coordinator is told,
// one step at a time, and it always ends; the first of a group to take an answer owns it.
// Method: the pure deciders over made-up incidents; properties with fast-check over owners, answers and times.

import fc from "fast-check";
import { expect, test } from "vitest";
import { requestAnswers } from "#src/domain/channel-effects.ts";
import { type Effect, messageKey } from "#src/domain/effect.ts";
import type { IncidentState, LayerOwner } from "#src/domain/incident.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import {
  answerPatienceMinutes,
  remindersOfAsking,
  rescheduleReminders,
} from "#src/domain/owners/answer-patience.ts";
import { askOwners } from "#src/domain/owners/ask-owners.ts";
import {
  answerStanding,
  answererOf,
  hasStepCome,
  layersAskedOf,
  layersWithoutOwner,
} from "#src/domain/owners/owner.ts";
import { isStillAsked } from "#src/domain/owners/still-asked.ts";
import { decideTakeAnswer } from "#src/domain/owners/take-answer.ts";
import { mayTakePart } from "#src/domain/policy.ts";
import { decideReopenIncident } from "#src/domain/reopen-incident.ts";
import { decideSetSeverity } from "#src/domain/set-severity.ts";
import { decideRemind } from "#src/domain/remind.ts";
import type { Reminder } from "#src/domain/reminder.ts";
import { severityIds } from "#src/domain/severity.ts";
import { applyChanges } from "#test/support/apply-decision.ts";
import { plainOwner } from "#test/support/not-yet.ts";
import {
  accepted,
  actor,
  after,
  answer,
  incidentId,
  now,
  openIncident,
  person,
  rejected,
  user,
} from "./fixtures.ts";

const owner = (facts: Partial<LayerOwner> = {}): LayerOwner => ({
  layer: "model",
  userId: user("U-owner"),
  groupId: null,
  ...plainOwner,
  ...facts,
});
const withStandIn = owner({ standInUserId: user("U-stand-in") });
const ofGroup = owner({ userId: null, groupId: "S1" });

const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

/** An incident whose owners were asked at `now`. */
function asked(...owners: LayerOwner[]): IncidentState {
  const state = openIncident({ owners });
  return applyChanges(state, { reminders: remindersOfAsking(state, layerIds, now) });
}

/** Fires the next reminder when it is due: the state after it, and what it said. */
function fire(state: IncidentState) {
  const [next] = state.reminders;
  if (!next) throw new Error("no reminder waits");
  const waiting = { ...state, reminders: state.reminders.slice(1) };
  const reminding = decideRemind(waiting, next.about, next.dueAt);
  return {
    at: next.dueAt,
    reminding,
    state: applyChanges(waiting, reminding.changes),
    steps: reminding.timeline.map(
      ({ data }) => `${String(data["step"])}:${String(data["userId"])}`,
    ),
  };
}

const messages = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.name === "post-message" ? [messageKey(effect.message)] : []));

test("the owner is reminded, then the stand-in asked, then the coordinator told, each after the time of a SEV2", () => {
  const first = fire(asked(withStandIn));
  expect([first.at, first.steps]).toEqual([minutes(20), ["owner:U-owner"]]);
  expect(messages(first.reminding.effects)).toEqual([
    "answer-reminder:model:owner:U-owner",
    "panel",
  ]);
  expect(layersAskedOf(first.state, user("U-stand-in"))).toEqual([]);

  const second = fire(first.state);
  expect([second.at, second.steps]).toEqual([minutes(40), ["stand-in:U-stand-in"]]);
  expect(second.reminding.effects).toContainEqual({
    name: "invite-people",
    incidentId,
    userIds: ["U-stand-in"],
  });
  // said in the channel: the first entry of the decision
  expect(messages(second.reminding.effects)).toEqual([
    "answer-reminder:model:stand-in:U-stand-in",
    "entry:1",
    "panel",
  ]);
  expect(layersAskedOf(second.state, user("U-stand-in"))).toEqual(["model"]);

  const third = fire(second.state);
  expect([third.at, third.steps]).toEqual([minutes(60), ["coordinator:U-declarer"]]);
  expect(messages(third.reminding.effects)).toEqual(["answer-late:model", "panel"]);
  expect(third.state.reminders).toEqual([]);
});

test("without a stand-in the coordinator is told in their place", () => {
  const second = fire(fire(asked(owner())).state);
  expect([second.at, second.steps]).toEqual([minutes(40), ["coordinator:U-declarer"]]);
  expect(second.state.reminders).toEqual([]);
});

test("whoever stands in for themselves is not asked twice", () => {
  const self = owner({ standInUserId: user("U-owner") });
  expect(fire(fire(asked(self)).state).steps).toEqual(["coordinator:U-declarer"]);
});

test("a group that nobody has taken it for is the coordinator's at the first reminder", () => {
  const first = fire(asked(ofGroup));
  expect([first.at, first.steps]).toEqual([minutes(20), ["coordinator:U-declarer"]]);
  expect(first.state.reminders).toEqual([]);
});

test("whoever took it for the group is reminded like an owner", () => {
  const taken = owner({ ...ofGroup, takenBy: user("U-taker") });
  expect(fire(asked(taken)).steps).toEqual(["owner:U-taker"]);
});

test("a layer that nobody is named for, or that is answered, has no reminder", () => {
  const state = openIncident({
    owners: [owner({ userId: null }), owner({ layer: "retrieval_data" })],
    answers: [answer("retrieval_data", { change: "cannot_tell" })],
  });
  expect(remindersOfAsking(state, layerIds, now)).toEqual([]);
});

test.each(["cannot_tell", "not_applicable", "no_change"] as const)(
  "nobody is reminded of a layer once it is answered with %s",
  (change) => {
    const state = { ...asked(withStandIn), answers: [answer("model", { change })] };
    expect(fire(state).reminding).toEqual({ changes: {}, timeline: [], effects: [] });
  },
);

test("how long an answer may take follows the severity", () => {
  const dueAfter = severityIds.map((severity) => {
    const state = openIncident({ owners: [owner()] });
    const [reminder] = remindersOfAsking(
      { ...state, incident: { ...state.incident, severity } },
      ["model"],
      now,
    );
    return ((reminder?.dueAt.getTime() ?? 0) - now.getTime()) / 60_000;
  });
  expect(dueAfter).toEqual([10, 20, 120, 480]);
});

test("a raised severity moves what waits earlier, a lowered one later, and nothing into the past", () => {
  const state = asked(withStandIn);
  const dueAt = (severity: "SEV1" | "SEV2" | "SEV3", at: Date) =>
    rescheduleReminders(state, severity, at).map((reminder) => reminder.dueAt);
  expect(dueAt("SEV1", minutes(5))).toEqual([minutes(10)]);
  expect(dueAt("SEV1", minutes(15))).toEqual([minutes(15)]);
  expect(dueAt("SEV3", minutes(15))).toEqual([minutes(120)]);
  expect(dueAt("SEV2", minutes(15))).toEqual([]);
  // the step that waits stays the one that waits
  const second = fire(state).state;
  expect(rescheduleReminders(second, "SEV1", minutes(21))).toEqual([
    { about: { kind: "answer-late", layer: "model", step: "stand-in" }, dueAt: minutes(30) },
  ]);
});

test("whoever raises the severity moves the reminders; whoever reopens has everybody asked anew", () => {
  const state = asked(withStandIn);
  const raise = { incidentId, severity: "SEV1" as const, reason: "it spreads to every region" };
  const by = { userId: user("U-declarer"), now: minutes(5) };
  expect(after(state, decideSetSeverity(state, raise, by)).reminders).toContainEqual({
    about: { kind: "answer-late", layer: "model", step: "owner" },
    dueAt: minutes(10),
  });
  const closed = { ...state, incident: { ...state.incident, status: "closed" as const } };
  const reopened = decideReopenIncident(closed, { incidentId, why: "it came back" }, by);
  expect(after(closed, reopened).reminders).toContainEqual({
    about: { kind: "answer-late", layer: "model", step: "owner" },
    dueAt: minutes(25),
  });
});

test("a layer's standing is told from what is recorded alone", () => {
  const state = asked(owner(), owner({ layer: "infrastructure", userId: null, groupId: "S1" }));
  expect(answerStanding(state, "model")).toBe("asked");
  expect(answerStanding(state, "infrastructure")).toBe("asked");
  expect(answerStanding(state, "prompt_policy")).toBe("nobody");
  expect(answerStanding(fire(state).state, "model")).toBe("late");
  expect(answerStanding({ ...state, answers: [answer("model")] }, "model")).toBe("answered");
  expect(layersWithoutOwner(state)).toEqual(
    layerIds.filter((layer) => !["model", "infrastructure"].includes(layer)),
  );
});

test("who owes the answer takes part, the stand-in once they were asked", () => {
  const state = { ...asked(withStandIn), memberIds: [] };
  const may = (id: string, at: IncidentState) =>
    mayTakePart(person({ userId: user(id) }), actor(user(id)), at) === undefined;
  expect([may("U-owner", state), may("U-stand-in", state)]).toEqual([true, false]);
  const second = fire(fire(state).state).state;
  expect([may("U-owner", second), may("U-stand-in", second)]).toEqual([true, true]);
});

test("the first of a group to press owns the answer for all of its layers, and is asked and reminded anew", () => {
  const second = owner({ ...ofGroup, layer: "infrastructure" });
  const state = asked(ofGroup, second);
  const input = { incidentId, layers: ["model", "infrastructure"] as LayerId[] };
  const by = { userId: user("U-taker"), now: minutes(5) };
  const decision = accepted(decideTakeAnswer(state, input, by));
  expect(decision.outcome.sentence).toMatch(/^You own the answer for Model and Infrastructure\./);
  const taken = applyChanges(state, decision.changes);
  expect(taken.owners).toEqual([
    { ...ofGroup, takenBy: "U-taker" },
    { ...second, takenBy: "U-taker" },
  ]);
  expect(taken.owners.map(answererOf)).toEqual(["U-taker", "U-taker"]);
  expect(taken.reminders.map(({ dueAt }) => dueAt)).toEqual([minutes(25), minutes(25)]);
  expect(messages(decision.effects)).toEqual(
    expect.arrayContaining(["panel", "evidence-request", "evidence-request-dm:U-taker"]),
  );
  expect(decision.timeline.map(({ kind, data }) => [kind, data["takenBy"], data["group"]])).toEqual(
    [
      ["owner_changed", "U-taker", "S1"],
      ["owner_changed", "U-taker", "S1"],
    ],
  );

  const late = decideTakeAnswer(taken, input, { ...by, userId: user("U-late") });
  expect(rejected(late)).toMatchObject({
    code: "stale",
    message: expect.stringContaining("<@U-taker> owns the answer for Model already"),
  });
  const again = decideTakeAnswer(taken, input, by);
  expect(rejected(again).message).toMatch(/^You own the answer for Model already/);
});

test("a layer that nobody is named for can be taken; one of a person cannot", () => {
  const by = { userId: user("U-taker"), now };
  const take = (state: IncidentState) =>
    decideTakeAnswer(state, { incidentId, layers: ["model"] }, by);
  expect(after(openIncident(), take(openIncident())).owners).toEqual([
    owner({ userId: null, takenBy: user("U-taker") }),
  ]);
  expect(rejected(take(asked(owner()))).message).toContain("<@U-owner> owns the answer");
  expect(rejected(take(openIncident({ answers: [answer("model")] }))).message).toContain(
    "answered already",
  );
  const over = asked(ofGroup);
  const closed = { ...over, incident: { ...over.incident, status: "closed" as const } };
  expect(rejected(take(closed)).code).toBe("stale");
});

test("an owner who is named later is invited, asked and reminded from then on; who was asked before reads so", () => {
  const late = fire(asked(withStandIn)).state;
  const named = owner({ userId: user("U-new"), remindedAt: minutes(1) });
  const { changes, effects } = askOwners(late, [named], minutes(30));
  expect(changes).toEqual({
    owners: [{ ...named, remindedAt: null }],
    reminders: [
      { about: { kind: "answer-late", layer: "model", step: "owner" }, dueAt: minutes(50) },
    ],
  });
  expect(effects).toContainEqual({ name: "invite-people", incidentId, userIds: ["U-new"] });
  expect(messages(effects)).toEqual(
    expect.arrayContaining([
      "evidence-request-dm:U-new",
      "evidence-request-dm:U-owner",
      "answer-reminder:model:owner:U-owner",
      "owners-missing",
    ]),
  );
});

test("what was said of a late layer is brought up to date when it is answered, and nothing is posted anew", () => {
  const late = fire(asked(withStandIn)).state;
  expect(messages(requestAnswers(late, ["model"]))).toEqual([
    "evidence-request",
    "evidence-request-dm:U-owner",
    "answer-reminder:model:owner:U-owner",
    "answer-reminder:model:stand-in:U-stand-in",
    "answer-late:model",
  ]);
  const reminder = (step: "owner" | "stand-in", userId: string) =>
    ({ kind: "answer-reminder", layer: "model", step, userId: user(userId) }) as const;
  expect(isStillAsked(reminder("owner", "U-owner"), late, now)).toBe(true);
  // the stand-in's turn has not come: an update of what was never posted posts nothing
  expect(isStillAsked(reminder("stand-in", "U-stand-in"), late, now)).toBe(false);
  expect(isStillAsked({ kind: "answer-late", layer: "model" }, late, now)).toBe(false);
  const done = { ...late, answers: [answer("model")] };
  expect(isStillAsked(reminder("owner", "U-owner"), done, now)).toBe(false);
});

const anyUser = fc.constantFrom(null, user("U-a"), user("U-b"), user("U-c"));
const anyOwners = fc.subarray(layerIds).chain((ids) =>
  fc.tuple(
    ...ids.map((layer) =>
      fc
        .record({
          userId: anyUser,
          standInUserId: anyUser,
          takenBy: anyUser,
          groupId: fc.constantFrom(null, "S1"),
        })
        .map((facts) => owner({ layer, ...facts })),
    ),
  ),
);
const anyAsked = fc
  .record({
    owners: anyOwners,
    answered: fc.subarray(layerIds),
    severity: fc.constantFrom(...severityIds),
  })
  .map(({ owners, answered, severity }) => {
    const state = openIncident({ owners });
    const at = { ...state, incident: { ...state.incident, severity } };
    const reminders = remindersOfAsking(at, layerIds, now);
    // some are answered only after they were asked
    return { ...applyChanges(at, { reminders }), answers: answered.map((layer) => answer(layer)) };
  });

test("for any incident a reminder takes at most one step, the steps go forward, and after three it ends", () => {
  const order = ["owner", "stand-in", "coordinator"];
  fc.assert(
    fc.property(anyAsked, (start) => {
      const taken = new Map<string, number[]>();
      let state = start;
      for (let fired = 0; state.reminders.length > 0; fired += 1) {
        expect(fired).toBeLessThanOrEqual(3 * layerIds.length);
        const next = fire(state);
        expect(next.reminding.timeline.length).toBeLessThanOrEqual(1);
        const set: Reminder[] = next.reminding.changes.reminders ?? [];
        expect(set.length).toBeLessThanOrEqual(1);
        for (const { dueAt } of set) expect(dueAt.getTime()).toBeGreaterThan(next.at.getTime());
        for (const { data } of next.reminding.timeline) {
          const layer = String(data["layer"]);
          taken.set(layer, [...(taken.get(layer) ?? []), order.indexOf(String(data["step"]))]);
        }
        state = next.state;
      }
      for (const [layer, steps] of taken) {
        expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b));
        // whoever is owned and not answered for ends at the coordinator
        expect(steps.at(-1)).toBe(2);
        expect(hasStepCome(state, layer as LayerId, "coordinator")).toBe(true);
        expect(start.answers.some((one) => one.layer === layer)).toBe(false);
      }
      const owed = start.owners.filter(
        (one) =>
          (answererOf(one) ?? one.groupId) !== null &&
          !start.answers.some(({ layer }) => layer === one.layer),
      );
      expect([...taken.keys()].toSorted()).toEqual(owed.map(({ layer }) => layer).toSorted());
    }),
  );
});

test("moving reminders to another severity and back gives the time of before, unless it was past", () => {
  fc.assert(
    fc.property(anyAsked, fc.constantFrom(...severityIds), (state, severity) => {
      const moved = rescheduleReminders(state, severity, now);
      const later = {
        ...state,
        incident: { ...state.incident, severity },
        reminders: severity === state.incident.severity ? state.reminders : moved,
      };
      const back = rescheduleReminders(later, state.incident.severity, now);
      expect(back).toEqual(severity === state.incident.severity ? [] : state.reminders);
    }),
  );
  expect(Object.values(answerPatienceMinutes)).toEqual(
    Object.values(answerPatienceMinutes).toSorted((a, b) => a - b),
  );
});
