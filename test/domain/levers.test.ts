// Goal: two people stand for what cannot be undone, each for themselves; a lever says whether it works and
// when it is due to be taken back; none of it delays the record (B5, B6).
// Method: given a record, when one form or button comes in, then the decision or the rejection.

import { expect, test } from "vitest";
import { decideAnswerLever } from "#src/domain/answer-lever.ts";
import { decideCloseIncident } from "#src/domain/close-incident.ts";
import { decideCompleteLever } from "#src/domain/complete-lever.ts";
import { decideEndLever } from "#src/domain/end-lever.ts";
import type { Severity } from "#src/domain/severity.ts";
import { leversToTakeBack } from "#src/domain/lever-use.ts";
import { decideMeetLeverCondition } from "#src/domain/meet-lever-condition.ts";
import { decideNoLeverNeeded } from "#src/domain/no-lever-needed.ts";
import { isStillAsked } from "#src/domain/owners/still-asked.ts";
import { mayAnswerLever } from "#src/domain/policy.ts";
import { decideRemind } from "#src/domain/remind.ts";
import { decideSeeHarmSignal } from "#src/domain/see-harm-signal.ts";
import { decideStabilize } from "#src/domain/stabilize.ts";
import {
  accepted,
  action,
  after,
  by,
  declarer,
  effectNames,
  incidentId,
  lever,
  now,
  openIncident,
  person,
  rejected,
  stabilizeInput,
  user,
  verdict,
} from "./fixtures.ts";

const first = user("U-authorizer");
const second = user("U-second");
const unknown = { authorizer: undefined };
const leverNumber = 1;

const forTwo = stabilizeInput({
  lever: "disable_feature",
  authorizer: first,
  capacity: "business",
  secondAuthorizer: second,
  secondCapacity: "safety",
});
const twoAsked = () => after(openIncident(), decideStabilize(openIncident(), forTwo, by, unknown));
const answering = (userId: typeof first, isConfirmed: boolean) =>
  [
    { incidentId, leverNumber, isConfirmed },
    { userId, now },
  ] as const;

test("B6: turning a feature off takes two people of different capacity, or the reason why there was one", () => {
  const field = (facts: Parameters<typeof stabilizeInput>[0]) =>
    rejected(decideStabilize(openIncident(), { ...forTwo, ...facts }, by, unknown));
  expect(field({ capacity: null })).toMatchObject({ field: "capacity" });
  expect(field({ secondAuthorizer: null })).toMatchObject({ field: "second_authorizer" });
  expect(field({ secondCapacity: null })).toMatchObject({ field: "second_capacity" });
  expect(field({ secondCapacity: "business" })).toMatchObject({
    field: "second_capacity",
    message: expect.stringContaining("Both are named as business"),
  });
  expect(field({ secondAuthorizer: first })).toMatchObject({ field: "second_authorizer" });
  expect(field({ secondAuthorizer: declarer })).toMatchObject({
    field: "second_authorizer",
    message: expect.stringContaining("SEV2"),
  });
  const alone = { ...forTwo, secondAuthorizer: null, secondCapacity: null, noSecondWhy: "night" };
  const decision = accepted(decideStabilize(openIncident(), alone, by, unknown));
  expect(decision.changes.levers).toMatchObject([
    { secondAuthorizer: null, secondState: null, noSecondWhy: "night", state: "claimed" },
  ]);
});

test("B6: what cannot be undone asks for the same, whatever the lever", () => {
  const input = stabilizeInput({ cannotBeUndone: true, capacity: "technical" });
  expect(rejected(decideStabilize(openIncident(), input, by, unknown))).toMatchObject({
    field: "second_authorizer",
  });
  const free = stabilizeInput({ cannotBeUndone: false });
  expect(decideStabilize(openIncident(), free, by, unknown).ok).toBe(true);
});

test("B6: both are invited and asked at once, and a reason beside a second person is not kept", () => {
  const input = { ...forTwo, noSecondWhy: "nobody was awake" };
  const decision = accepted(decideStabilize(openIncident(), input, by, unknown));
  expect(decision.changes.levers).toMatchObject([
    { state: "claimed", secondState: "claimed", noSecondWhy: null },
  ]);
  expect(effectNames(decision)).toEqual([
    "post-message:lever",
    "invite-people",
    "post-message:lever-dm",
    "post-message:lever-dm",
    "post-message:panel",
  ]);
  expect(decision.effects[1]).toMatchObject({ userIds: [first, second] });
});

test.each<[Severity, number]>([
  ["SEV1", 10],
  ["SEV2", 20],
  ["SEV3", 60],
  ["SEV4", 60],
])("B6: at %s each authorizer is asked once more after %i minutes", (severity, minutes) => {
  const state = openIncident();
  state.incident.severity = severity;
  const { changes } = accepted(decideStabilize(state, forTwo, by, unknown));
  const dueAt = new Date(now.getTime() + minutes * 60_000);
  expect(changes.reminders).toEqual([
    { about: { kind: "lever-unconfirmed", leverNumber, userId: first }, dueAt },
    { about: { kind: "lever-unconfirmed", leverNumber, userId: second }, dueAt },
  ]);
});

test("B6: whoever is known not to have a capacity is not named in it", () => {
  const named = person({ capacities: ["business", "technical"] });
  const input = stabilizeInput({ capacity: "safety" });
  const decide = (authorizer: typeof named | undefined) =>
    decideStabilize(openIncident(), input, by, { authorizer });
  expect(rejected(decide(named))).toMatchObject({
    field: "capacity",
    message: expect.stringContaining("authorizes as business and technical"),
  });
  expect(decide(person({ capacities: ["safety"] })).ok).toBe(true);
  expect(decide(person()).ok).toBe(true);
  expect(decide(undefined).ok).toBe(true);
  const wrongSecond = decideStabilize(openIncident(), forTwo, by, {
    ...unknown,
    second: person({ capacities: ["business"] }),
  });
  expect(rejected(wrongSecond)).toMatchObject({ field: "second_capacity" });
});

test("B6: each confirms or declines for themselves, once", () => {
  const state = twoAsked();
  expect(mayAnswerLever(state.levers[0]!, second)).toBeUndefined();
  const half = after(state, decideAnswerLever(state, ...answering(second, true)));
  expect(half.levers).toMatchObject([{ state: "claimed", secondState: "confirmed" }]);
  expect(rejected(decideAnswerLever(half, ...answering(second, false)))).toMatchObject({
    code: "stale",
    message: expect.stringContaining("You confirmed"),
  });
  const both = after(half, decideAnswerLever(half, ...answering(first, false)));
  expect(both.levers).toMatchObject([{ state: "declined", secondState: "confirmed" }]);
  expect(rejected(decideAnswerLever(state, ...answering(declarer, true))).code).toBe("not_allowed");
});

test("B6: only who has not answered is reminded, and only while the lever is in force", () => {
  const state = twoAsked();
  const half = after(state, decideAnswerLever(state, ...answering(second, true)));
  const remind = (given: typeof state, userId: typeof first) =>
    decideRemind(given, { kind: "lever-unconfirmed", leverNumber, userId }, now).effects;
  expect(remind(half, second)).toEqual([]);
  expect(remind(half, first)).toMatchObject([
    { message: { kind: "lever-reminder", leverNumber, userId: first } },
  ]);
  const ended = { ...half, levers: [{ ...half.levers[0]!, endedAt: now }] };
  expect(remind(ended, first)).toEqual([]);
  const ref = { kind: "lever-reminder", leverNumber, userId: first } as const;
  expect([isStillAsked(ref, half, now), isStillAsked(ref, ended, now)]).toEqual([true, false]);
});

test("B6: whoever answers sees it in their reminder, too; who is still asked gets none early", () => {
  const state = twoAsked();
  const { effects } = accepted(decideAnswerLever(state, ...answering(second, true)));
  const reminded = effects.flatMap((effect) =>
    effect.name === "post-message" && effect.message.kind === "lever-reminder"
      ? [effect.message.userId]
      : [],
  );
  expect(reminded).toEqual([second]);
});

test("B5: whether the signal moved is seen by somebody, and can be seen otherwise later", () => {
  const state = openIncident({ levers: [lever(1, { harmSignal: "errors per hour" })] });
  const see = (given: typeof state, hasMoved: boolean) =>
    decideSeeHarmSignal(given, { incidentId, leverNumber, hasMoved }, by);
  const decision = accepted(see(state, false));
  expect(decision.changes.levers).toMatchObject([
    { hasHarmMoved: false, harmSeenAt: now, harmSeenBy: declarer, endedAt: null },
  ]);
  expect(decision.timeline).toMatchObject([
    { kind: "harm_signal_seen", data: { lever: 1, signal: "errors per hour", hasMoved: false } },
  ]);
  const still = after(state, see(state, false));
  expect(rejected(see(still, false)).code).toBe("stale");
  expect(accepted(see(still, true)).changes.levers).toMatchObject([{ hasHarmMoved: true }]);
  const unnamed = openIncident({ levers: [lever(1)] });
  expect(rejected(see(unnamed, true)).message).toContain("Add what is missing");
});

test("B6: a lever whose condition has come is offered for taking back, until it ends", () => {
  const state = openIncident({ levers: [lever(1), lever(2)] });
  expect(leversToTakeBack(state)).toEqual([]);
  const met = (given: typeof state) =>
    decideMeetLeverCondition(given, { incidentId, leverNumber: 2 }, by);
  const decision = accepted(met(state));
  expect(effectNames(decision)).toEqual([
    "post-message:lever",
    "post-message:lever-dm",
    "post-message:entry",
    "post-message:panel",
  ]);
  const due = after(state, met(state));
  expect(leversToTakeBack(due).map(({ number }) => number)).toEqual([2]);
  expect(rejected(met(due)).code).toBe("stale");
  const ending = { incidentId, endedHow: "taken_back", endedBy: declarer, why: "done" } as const;
  const ended = after(due, decideEndLever(due, { ...ending, leverNumber: 2 }, by));
  expect(leversToTakeBack(ended)).toEqual([]);
  expect(rejected(met(ended)).message).toContain("ended already");
});

test("what was left out is added later; another signal has not been seen to move yet", () => {
  const state = openIncident({ levers: [lever(1, { harmSignal: "errors", hasHarmMoved: true })] });
  const complete = (harmSignal: string | null, savedFirst: string | null) =>
    decideCompleteLever(
      state,
      { incidentId, leverNumber, harmSignal, savedFirst, authorizer: null },
      by,
    );
  expect(accepted(complete(null, "100 requests")).changes.levers).toMatchObject([
    { harmSignal: "errors", hasHarmMoved: true, savedFirst: "100 requests" },
  ]);
  expect(accepted(complete("complaints", null)).changes.levers).toMatchObject([
    { harmSignal: "complaints", hasHarmMoved: null, savedFirst: null },
  ]);
  expect(accepted(complete("errors", null)).timeline).toEqual([]);
});

test("B5: that no lever is needed is said with a reason, and a lever takes it back", () => {
  const say = (state = openIncident()) =>
    decideNoLeverNeeded(state, { incidentId, why: "it ended by itself" }, by);
  expect(accepted(say()).changes.incident).toEqual({
    noLeverNeededWhy: "it ended by itself",
    phase: "stabilizing",
  });
  const said = after(openIncident(), say());
  const used = after(said, decideStabilize(said, stabilizeInput(), by, unknown));
  expect(used.incident.noLeverNeededWhy).toBeNull();
  expect(rejected(say(used)).code).toBe("stale");
  expect(say(openIncident({ levers: [lever(1, { state: "declined" })] })).ok).toBe(true);
});

test("closing brings every lever's messages up to date, so that no button is left on them", () => {
  const ended = {
    endedAt: now,
    endedHow: "kept",
    endedBy: declarer,
    endedWhy: "it stays",
  } as const;
  const state = openIncident({
    levers: [lever(1, ended), lever(2, { ...ended, secondAuthorizer: second })],
    verdicts: [verdict("model")],
    actions: [action("model")],
  });
  const input = { incidentId, closeAs: "attributed", approver: null } as const;
  const told = effectNames(accepted(decideCloseIncident(state, input, by)));
  expect(told.filter((name) => name === "post-message:lever")).toHaveLength(2);
  expect(told.filter((name) => name === "post-message:lever-dm")).toHaveLength(3);
});

test("R12: a person as cause is refused in a lever's words, at the field", () => {
  const blaming = "Ada broke the index and has to repair it";
  const said = decideStabilize(openIncident(), stabilizeInput({ tradeoff: blaming }), by, unknown);
  const rejection = rejected(said);
  expect(rejection).toMatchObject({
    code: "refused",
    refusal: { rules: ["R12"], rewrite: { field: "tradeoff" } },
  });
});
