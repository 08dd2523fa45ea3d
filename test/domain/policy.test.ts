// Goal: the right people take part, everybody else gets one sentence that says what to do.
// Method: one person and one incident each time; only the fact that matters differs.

import { expect, test } from "vitest";
import {
  mayAnswerLever,
  mayDeclare,
  mayOpenForm,
  mayRead,
  mayTakePart,
  mustApproveAlone,
} from "#src/domain/policy.ts";
import type { TeamId } from "#src/domain/person.ts";
import { actor, declarer, lever, openIncident, person, user } from "./fixtures.ts";
import { plainOwner } from "#test/support/not-yet.ts";

const outsider = user("U-outsider");

test("a full member in the channel takes part", () => {
  const state = openIncident({ memberIds: [outsider] });
  expect(mayTakePart(person(), actor(outsider), state)).toBeUndefined();
});

test("a full member outside the channel is told which channel to join", () => {
  const denied = mayTakePart(person(), actor(outsider), openIncident());
  expect(denied).toEqual({
    code: "not_allowed",
    message: "Join #inc-7-assistant-cites-the-old-rule first, then try again.",
  });
});

test.each([
  ["declarer and coordinator", openIncident({ memberIds: [] }), declarer],
  [
    "layer owner",
    openIncident({ owners: [{ layer: "model", userId: outsider, groupId: null, ...plainOwner }] }),
    outsider,
  ],
  [
    "authorizer of a lever",
    openIncident({ levers: [lever(1, { authorizer: outsider })] }),
    outsider,
  ],
] as const)("a %s takes part before joining", (_, state, userId) => {
  expect(mayTakePart(person(), actor(userId), state)).toBeUndefined();
});

test.each([
  ["guest", person({ isGuest: true }), /full member/],
  ["deactivated account", person({ isDeactivated: true }), /deactivated/],
  ["bot", person({ isBot: true }), /Only people/],
  [
    "person whom Slack was not asked about yet",
    undefined,
    /^I am looking you up in Slack\. Try again in a few seconds\.$/,
  ],
] as const)("a %s takes no part and declares nothing, even in the channel", (_, who, message) => {
  const state = openIncident();
  expect(mayTakePart(who, actor(declarer), state)?.message).toMatch(message);
  expect(mayDeclare(who)?.message).toMatch(message);
});

test("somebody of another workspace takes no part, even with the same user id", () => {
  const other = { teamId: "T2" as TeamId, userId: declarer };
  expect(mayTakePart(person(), other, openIncident())?.message).toMatch(/another workspace/);
  expect(mayRead(person(), other, openIncident())?.message).toMatch(/another workspace/);
});

test("while the channel is being opened, nobody is told to join it", () => {
  const state = openIncident();
  state.incident.channelId = null;
  expect(mayTakePart(person(), actor(outsider), state)?.message).toMatch(/still being opened/);
});

test("a full member may declare", () => {
  expect(mayDeclare(person())).toBeUndefined();
});

test("any full member reads an incident; somebody unknown opens a form, and reads nothing until they were looked up", () => {
  const state = openIncident();
  expect(mayRead(person(), actor(outsider), state)).toBeUndefined();
  expect(mayRead(undefined, actor(outsider), state)?.message).toMatch(/^I am looking you up/);
  expect(mayOpenForm(undefined, actor(outsider), state)).toBeUndefined();
  for (const ask of [mayRead, mayOpenForm]) {
    expect(ask(person({ isGuest: true }), actor(outsider), state)?.code).toBe("not_allowed");
  }
});

test("who approves says nothing themselves, so whoever we do not know is looked up before they are named", () => {
  expect(mustApproveAlone(person(), "approver")).toBeUndefined();
  expect(mustApproveAlone(undefined, "approver")).toMatchObject({
    code: "bad_field",
    field: "approver",
    message: "I am looking this person up in Slack. Send the form again in a few seconds.",
  });
  expect(mustApproveAlone(person({ isGuest: true }), "approver")?.message).toMatch(/a guest/);
});

test("a private incident is read by those who take part, and its name is not told to others", () => {
  const state = openIncident();
  state.incident.isPrivate = true;
  expect(mayRead(person(), actor(declarer), state)).toBeUndefined();
  expect(mayRead(undefined, actor(outsider), state)?.code).toBe("not_allowed");
  expect(mayOpenForm(undefined, actor(outsider), state)?.code).toBe("not_allowed");
  const denied = mayTakePart(person(), actor(outsider), state);
  expect(denied?.message).toBe("This incident is private. Ask its coordinator to invite you.");
});

test("B6: the named authorizer alone answers a lever", () => {
  const use = lever(1, { authorizer: outsider });
  expect(mayAnswerLever(use, outsider)).toBeUndefined();
  expect(mayAnswerLever(use, declarer)?.code).toBe("not_allowed");
});
