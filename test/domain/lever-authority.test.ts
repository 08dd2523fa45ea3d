// Goal: nobody authorizes what they recorded themselves where it matters, also where the severity was raised
// later: somebody else can be named, and whoever waits in vain tells the coordinator (B6).
// Method: given a record, when a form, a button or a reminder comes in, then the decision or the rejection.

import { expect, test } from "vitest";
import { decideAnswerLever } from "#src/domain/answer-lever.ts";
import { decideCompleteLever } from "#src/domain/complete-lever.ts";
import { isStillAsked } from "#src/domain/owners/still-asked.ts";
import { decideRemind } from "#src/domain/remind.ts";
import { decideSetSeverity } from "#src/domain/set-severity.ts";
import type { Severity } from "#src/domain/severity.ts";
import { decideStabilize } from "#src/domain/stabilize.ts";
import { wantedOf } from "#src/domain/wanted.ts";
import {
  accepted,
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
const answering = (userId: typeof first, isConfirmed: boolean) =>
  [
    { incidentId, leverNumber, isConfirmed },
    { userId, now },
  ] as const;

test("B6: resetting memory loses history for good, so it takes two people as well", () => {
  const input = stabilizeInput({ lever: "reset_memory", capacity: "technical" });
  expect(rejected(decideStabilize(openIncident(), input, by, unknown))).toMatchObject({
    field: "second_authorizer",
  });
  const alone = { ...input, noSecondWhy: "nobody else was awake" };
  expect(decideStabilize(openIncident(), alone, by, unknown).ok).toBe(true);
});

/** A lever that its recorder authorized for themselves at SEV3; the severity was raised since. */
const ownAt = (severity: Severity, facts: Parameters<typeof openIncident>[0] = {}) => {
  const state = openIncident({ levers: [lever(1, { authorizer: declarer })], ...facts });
  state.incident.severity = severity;
  return state;
};
const naming = (state: ReturnType<typeof ownAt>, authorizer: typeof first | null, who = person()) =>
  decideCompleteLever(
    state,
    { incidentId, leverNumber, harmSignal: null, savedFirst: null, authorizer },
    by,
    { authorizer: who },
  );

test("B6: what somebody authorized for themselves is confirmed by them at SEV3, and no more once it was raised", () => {
  expect(decideAnswerLever(ownAt("SEV3"), ...answering(declarer, true)).ok).toBe(true);
  for (const severity of ["SEV1", "SEV2"] as const) {
    expect(
      rejected(decideAnswerLever(ownAt(severity), ...answering(declarer, true))),
    ).toMatchObject({
      code: "not_allowed",
      message: expect.stringContaining("Add what is missing"),
    });
    expect(decideAnswerLever(ownAt(severity), ...answering(declarer, false)).ok).toBe(true);
  }
});

test("B6: a raise shows it at the lever, and nobody is wanted who may not confirm", () => {
  const raise = (state: ReturnType<typeof ownAt>, severity: Severity) =>
    effectNames(
      accepted(decideSetSeverity(state, { incidentId, severity, reason: "more of them" }, by)),
    );
  expect(raise(ownAt("SEV3"), "SEV1")).toContain("post-message:lever");
  expect(raise(ownAt("SEV2"), "SEV1")).not.toContain("post-message:lever");
  expect(raise(openIncident({ levers: [lever(1)] }), "SEV1")).not.toContain("post-message:lever");
  expect(wantedOf(ownAt("SEV3"), declarer).levers).toHaveLength(1);
  expect(wantedOf(ownAt("SEV1"), declarer).levers).toEqual([]);
});

test("B6: somebody else is named for it later, is invited and asked, and confirms", () => {
  const state = ownAt("SEV1");
  const decision = accepted(naming(state, second));
  expect(decision.changes.levers).toMatchObject([
    { authorizer: second, state: "claimed", recorder: declarer },
  ]);
  expect(decision.changes.reminders).toEqual([
    {
      about: { kind: "lever-unconfirmed", leverNumber, userId: second },
      dueAt: new Date(now.getTime() + 10 * 60_000),
    },
  ]);
  expect(decision.timeline).toMatchObject([
    { kind: "details_changed", data: { lever: 1, authorizer: second } },
  ]);
  expect(decision.effects).toEqual(
    expect.arrayContaining([
      { name: "invite-people", incidentId, userIds: [second] },
      expect.objectContaining({ message: { kind: "lever-dm", leverNumber, userId: second } }),
      // who was asked before is not asked any more
      expect.objectContaining({ message: { kind: "lever-dm", leverNumber, userId: declarer } }),
    ]),
  );
  const named = after(state, naming(state, second));
  expect(decideAnswerLever(named, ...answering(second, true)).ok).toBe(true);
  // one is enough, and it is somebody who can
  expect(rejected(naming(named, first))).toMatchObject({ code: "stale" });
  expect(rejected(naming(state, declarer))).toMatchObject({ field: "authorizer" });
  expect(rejected(naming(state, second, person({ isGuest: true })))).toMatchObject({
    field: "authorizer",
  });
  const safety = ownAt("SEV1", {
    levers: [
      lever(1, {
        authorizer: declarer,
        capacity: "safety",
        secondAuthorizer: first,
        secondState: "claimed",
      }),
    ],
  });
  expect(rejected(naming(safety, first))).toMatchObject({ field: "authorizer" });
  expect(rejected(naming(safety, second, person({ capacities: ["business"] })))).toMatchObject({
    field: "authorizer",
  });
});

test("B6: after the one reminder the coordinator is told once; who may not confirm is not reminded at all", () => {
  const about = { kind: "lever-unconfirmed", leverNumber, userId: first } as const;
  const state = openIncident({ levers: [lever(1)] });
  const reminded = decideRemind(state, about, now);
  const late = { ...about, step: "coordinator" } as const;
  expect(reminded.changes.reminders).toEqual([
    { about: late, dueAt: new Date(now.getTime() + 20 * 60_000) },
  ]);
  const told = decideRemind(state, late, now);
  expect(told).toMatchObject({
    changes: {},
    effects: [{ message: { kind: "lever-late", leverNumber }, isAnew: true }],
  });
  const answered = openIncident({ levers: [lever(1, { state: "confirmed" })] });
  expect(decideRemind(answered, late, now).effects).toEqual([]);
  const own = decideRemind(ownAt("SEV1"), { ...about, userId: declarer }, now);
  expect(own.effects).toMatchObject([{ message: { kind: "lever-late" } }]);
  expect(own.changes).toEqual({});

  const ref = { kind: "lever-late", leverNumber } as const;
  const waiting = { ...state, reminders: [{ about: late, dueAt: now }] };
  expect([state, waiting, answered].map((one) => isStillAsked(ref, one, now))).toEqual([
    true,
    false,
    false,
  ]);
});

test("B6: a raise brings the reminders of levers forward, never into the past", () => {
  const recorded = openIncident();
  recorded.incident.severity = "SEV3";
  const asked = after(recorded, decideStabilize(recorded, forTwo, by, unknown));
  const raised = (minutes: number) =>
    accepted(
      decideSetSeverity(
        asked,
        { incidentId, severity: "SEV1", reason: "more of them" },
        { ...by, now: new Date(now.getTime() + minutes * 60_000) },
      ),
    ).changes.reminders?.filter(({ about }) => about.kind === "lever-unconfirmed");
  const due = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  expect(raised(0)?.map(({ dueAt }) => dueAt)).toEqual([due(10), due(10)]);
  expect(raised(30)?.map(({ dueAt }) => dueAt)).toEqual([due(30), due(30)]);
});
