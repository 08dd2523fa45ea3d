// Goal: a corrective action is recorded with all that it answers, marked where it is weak, and filed when it
// can stand: at once, or when no layer of its strands is unexamined any more.
// Method: given a record, when a form comes in, then the decision or the rejection.

import { expect, test } from "vitest";
import { weakRulesOf } from "#src/domain/action-checks.ts";
import { decideAddAction } from "#src/domain/add-action.ts";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { type CorrectActionInput, decideCorrectAction } from "#src/domain/correct-action.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { failureTypeOf } from "#src/domain/failure-type.ts";
import { withItemsRedrawn } from "#src/domain/items-redrawn.ts";
import { isTooEarly, releaseActions } from "#src/domain/provisional.ts";
import { plainStrand } from "#test/support/not-yet.ts";
import {
  accepted,
  action,
  actionInput,
  after,
  answer,
  answerInput,
  answers,
  answersExcept,
  by,
  declarer,
  effectNames,
  incidentId,
  now,
  openIncident,
  person,
  rejected,
  user,
  verdict,
} from "./fixtures.ts";

const basis = { owner: undefined, knownLogin: null, isGitHubConfigured: true };
const examined = (facts: Partial<IncidentState> = {}) =>
  openIncident({ answers: answersExcept(), ...facts });
const strong = actionInput({ enforcement: "job exit status" });

test("an action is recorded with all its fields, posted and filed", () => {
  const input = { ...strong, addresses: ["S1"], verification: "contract test" };
  const decision = accepted(decideAddAction(examined(), input, by, basis));
  expect(decision.changes.actions).toMatchObject([
    {
      number: 1,
      ownerLogin: "owner",
      issueUrl: null,
      addresses: ["S1"],
      verification: "contract test",
      isProvisional: false,
      weakRules: [],
    },
  ]);
  expect(effectNames(decision)).toEqual([
    "post-message:action",
    "file-issue",
    "post-message:panel",
  ]);
  expect(decision.outcome.isShown).toBeUndefined();
});

test("B10: while a layer is unexamined an action is provisional, unless it is immediate safety", () => {
  const early = openIncident({ answers: answersExcept("infrastructure") });
  const waiting = accepted(decideAddAction(early, strong, by, basis));
  expect(waiting.changes.actions).toMatchObject([{ isProvisional: true }]);
  expect(effectNames(waiting)).toEqual(["post-message:action", "post-message:panel"]);
  expect(waiting.outcome).toMatchObject({
    isShown: true,
    sentence: expect.stringContaining("It is provisional, because a layer has no answer yet"),
  });
  const atOnce = accepted(
    decideAddAction(early, { ...strong, isImmediateSafety: true }, by, basis),
  );
  expect(atOnce.changes.actions).toMatchObject([{ isProvisional: false, isImmediateSafety: true }]);
  expect(effectNames(atOnce)).toContain("file-issue");
});

test("B10: the strands that an action names decide, and all of them where it names none", () => {
  const [first] = openIncident().strands;
  const second = { ...first!, ...plainStrand, number: 2 };
  const ofFirst = answersExcept().map((one) => ({ ...one, strandNumbers: [1] }));
  const state = openIncident({ strands: [first!, second], answers: ofFirst });
  expect(isTooEarly(state, ["S1", "G1"])).toBe(false);
  expect(isTooEarly(state, ["S2"])).toBe(true);
  expect(isTooEarly(state, [])).toBe(true);
});

test("B10: the last answer files what was provisional, in the same decision", () => {
  const early = openIncident({ answers: answersExcept("infrastructure") });
  const state = after(early, decideAddAction(early, strong, by, basis));
  const last = answers(answerInput({ layer: "infrastructure" }));
  const decision = accepted(decideAnswerLayers(state, last, by));
  const released = releaseActions(state, decision, by);
  expect(released.changes.actions).toMatchObject([{ number: 1, isProvisional: false }]);
  expect(released.timeline.at(-1)).toEqual({
    lane: "learning",
    kind: "action_released",
    happenedAt: now,
    actor: declarer,
    data: { action: 1 },
  });
  expect(effectNames(released)).toEqual(
    expect.arrayContaining(["post-message:action", "file-issue"]),
  );
  // an answer that leaves another layer open files nothing
  const still = { ...state, answers: answersExcept("infrastructure", "model") };
  expect(releaseActions(still, decision, by)).toEqual(decision);
});

test("B10: the end of the response files what is still provisional", () => {
  const early = openIncident();
  const state = after(early, decideAddAction(early, strong, by, basis));
  const closing = {
    changes: { incident: { status: "closed" as const } },
    timeline: [],
    effects: [],
    outcome: { sentence: "Closed.", incidentId },
  };
  expect(releaseActions(state, closing, by).changes.actions).toMatchObject([
    { isProvisional: false },
  ]);
});

test("Q3: an action that nothing enforces is recorded, marked as weak, and the person is told", () => {
  const weak = actionInput({ constraintKind: "change_control", enforcement: null });
  const decision = accepted(decideAddAction(examined(), weak, by, basis));
  expect(decision.changes.actions).toMatchObject([{ weakRules: ["Q3"] }]);
  expect(decision.outcome).toMatchObject({ isShown: true, marks: [{ id: "flag:Q3:enforcement" }] });
});

test("Q5: a remedy for another kind of failure is weak, also where what broke first is named later", () => {
  const input = {
    ...strong,
    title: "Add a line to the system prompt",
    layer: "prompt_policy" as const,
  };
  const named = examined({ verdicts: [verdict("retrieval_data")] });
  const decision = accepted(decideAddAction(named, input, by, basis));
  expect(decision.outcome.marks).toMatchObject([{ id: "flag:Q5:title" }]);
  const before = after(examined(), decideAddAction(examined(), input, by, basis));
  const [recorded] = before.actions;
  expect(recorded?.weakRules).toEqual([]);
  expect(weakRulesOf(before, recorded!)).toEqual([]);
  expect(weakRulesOf({ ...before, verdicts: [verdict("retrieval_data")] }, recorded!)).toEqual([
    "Q5",
  ]);
});

test("Q1, Q2: what is wrong at one field comes as one message that ends in the last rule", () => {
  const vague = actionInput({
    title: "Be more careful with documents",
    criterion: "everyone is aware",
  });
  const rejection = rejected(decideAddAction(examined(), vague, by, basis));
  expect(rejection).toMatchObject({ code: "bad_field", field: "criterion" });
  expect(rejection.message).toMatch(/[^\]] \[Q1\] \[Q2\]$/);
});

test("the owner's GitHub login is asked where nobody told it, and only with GitHub", () => {
  const noLogin = actionInput({ ownerLogin: null });
  expect(rejected(decideAddAction(examined(), noLogin, by, basis))).toMatchObject({
    field: "owner_login",
    message: "I do not know this person's GitHub login yet. Type it once.",
  });
  const known = { ...basis, knownLogin: "octocat" };
  const filed = accepted(decideAddAction(examined(), noLogin, by, known));
  expect(filed.changes.actions).toMatchObject([{ ownerLogin: "octocat" }]);
  const without = { ...basis, isGitHubConfigured: false };
  const kept = accepted(decideAddAction(examined(), noLogin, by, without));
  expect(kept.outcome.sentence).toContain("filed once GitHub is set up");
});

test("R12: a person as cause is refused in a criterion too", () => {
  const blame = { ...strong, title: "Retest because the on-call engineer forgot the index" };
  expect(rejected(decideAddAction(examined(), blame, by, basis))).toMatchObject({
    code: "refused",
    refusal: { rules: ["R12"], rewrite: { field: "title" } },
  });
});

test("what an action answers is looked up, and its messages are brought up to date", () => {
  const gap = {
    number: 1,
    kind: "no_trace" as const,
    layer: null,
    statement: "No trace",
    recorder: declarer,
    recordedAt: now,
  };
  const state = examined({ gaps: [gap] });
  const decided = accepted(decideAddAction(state, { ...strong, addresses: ["G1"] }, by, basis));
  expect(effectNames(withItemsRedrawn(state, decided))).toContain("post-message:learning");
  expect(
    rejected(decideAddAction(state, { ...strong, addresses: ["G2"] }, by, basis)),
  ).toMatchObject({ code: "not_found", message: expect.stringContaining("There is no gap 2") });
});

test.each([
  ["2026-03-09T11:59:00Z", "2026-03-08", true],
  ["2026-03-09T12:00:00Z", "2026-03-08", false],
  ["2026-03-09T12:00:00Z", "2026-03-09", true],
  ["2026-03-09T12:00:00Z", "2026-02-30", false],
  ["2026-03-09T12:00:00Z", "soon", false],
])(
  "at %s a due date of %s is taken: %s, since a day is over once it is over everywhere",
  (at, dueOn, isTaken) => {
    const result = decideAddAction(
      examined(),
      { ...strong, dueOn },
      { ...by, now: new Date(at) },
      basis,
    );
    expect(result.ok).toBe(isTaken);
    if (!result.ok) expect(result.error).toMatchObject({ field: "due_on" });
  },
);

test("B13.9: the failure type follows what broke first in the strands that an action answers", () => {
  const [first] = openIncident().strands;
  const strands = [first!, { ...first!, number: 2 }];
  const state = openIncident({
    strands,
    verdicts: [verdict("retrieval_data"), verdict("model", { strandNumber: 2 })],
  });
  expect(failureTypeOf(state, ["S1"])).toBe("data");
  expect(failureTypeOf(state, ["S2", "F1"])).toBe("model");
  expect(failureTypeOf(state, [])).toBe("combination");
  expect(failureTypeOf(openIncident(), [])).toBeNull();
});

const correction = (facts: Partial<CorrectActionInput> = {}): CorrectActionInput => ({
  incidentId,
  number: 1,
  owner: user("U-owner"),
  ownerLogin: null,
  dueOn: "2026-03-23",
  criterion: strong.criterion,
  enforcement: strong.enforcement,
  verification: null,
  ...facts,
});
const withAction = (facts: Partial<IncidentState["actions"][number]> = {}) =>
  examined({ actions: [action("retrieval_data", { ...strong, number: 1, ...facts })] });

test("an action that is not filed is put right, and the timeline says what reads differently", () => {
  const decision = accepted(
    decideCorrectAction(withAction(), correction({ dueOn: "2026-03-30" }), by, basis),
  );
  expect(decision.changes.actions).toMatchObject([{ dueOn: "2026-03-30", ownerLogin: "owner" }]);
  expect(decision.timeline).toMatchObject([
    { kind: "details_changed", data: { item: "AC1", text: "due on 2026-03-30" } },
  ]);
  expect(accepted(decideCorrectAction(withAction(), correction(), by, basis)).changes).toEqual({});
});

test("a new owner brings a login of their own, and is one who can take it on", () => {
  const other = correction({ owner: user("U-new") });
  expect(rejected(decideCorrectAction(withAction(), other, by, basis))).toMatchObject({
    field: "owner_login",
  });
  const known = { ...basis, knownLogin: "new-one" };
  expect(
    accepted(decideCorrectAction(withAction(), other, by, known)).changes.actions,
  ).toMatchObject([{ owner: "U-new", ownerLogin: "new-one" }]);
  const guest = { ...known, owner: person({ isGuest: true }) };
  expect(rejected(decideCorrectAction(withAction(), other, by, guest)).code).toBe("bad_field");
});

test("a filed action is corrected in its issue, and a stranger corrects none", () => {
  const filed = withAction({ issueNumber: 41 });
  expect(rejected(decideCorrectAction(filed, correction(), by, basis))).toEqual({
    code: "stale",
    message: "Action 1 is filed as issue 41 already. Correct it there.",
  });
  const stranger = { userId: user("U-stranger"), now };
  expect(rejected(decideCorrectAction(withAction(), correction(), stranger, basis)).code).toBe(
    "not_allowed",
  );
  const owner = { userId: user("U-owner"), now };
  const input = correction({ dueOn: "2026-04-01" });
  expect(decideCorrectAction(withAction(), input, owner, basis).ok).toBe(true);
  expect(rejected(decideCorrectAction(examined(), correction(), by, basis)).code).toBe("not_found");
});

test("an answer of one strand leaves what waits for another one alone", () => {
  const [first] = openIncident().strands;
  const state = openIncident({
    strands: [first!, { ...first!, number: 2 }],
    answers: answersExcept("model"),
    actions: [
      action("model", { number: 1, isProvisional: true, addresses: ["S1"] }),
      action("model", { number: 2, isProvisional: true, addresses: ["S2"] }),
    ],
  });
  const decision = {
    changes: { answers: [answer("model", { strandNumbers: [1] })] },
    timeline: [],
    effects: [],
    outcome: { sentence: "Recorded.", incidentId },
  };
  expect(releaseActions(state, decision, by).changes.actions?.map(({ number }) => number)).toEqual([
    1,
  ]);
});
