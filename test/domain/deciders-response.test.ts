// Goal: levers, actions and the close: each decider writes exactly what was said, tells it in the timeline, and asks for the right effects;
// what does not fit the state changes nothing.
// Method: given a record, when one form or button comes in, then the decision or the rejection.

import { expect, test } from "vitest";
import { decideAddAction } from "#src/domain/add-action.ts";
import { decideAddEvidence } from "#src/domain/add-evidence.ts";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { decideAnswerLever } from "#src/domain/answer-lever.ts";
import { decideAnswerRows } from "#src/domain/answer-rows.ts";
import { decideCloseIncident } from "#src/domain/close-incident.ts";
import { decideEndLever } from "#src/domain/end-lever.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import { decideStabilize } from "#src/domain/stabilize.ts";
import {
  accepted,
  action,
  actionInput,
  after,
  answerInput,
  answers,
  by,
  declarer,
  effectNames,
  evidenceInput,
  incidentId,
  item,
  lever,
  now,
  openIncident,
  person,
  rejected,
  stabilizeInput,
  user,
  rows,
  verdict,
  verdictInput,
} from "./fixtures.ts";

const authorizer = user("U-authorizer");
const login = { owner: undefined, knownLogin: null, isGitHubConfigured: true };
const unknown = { authorizer: undefined };
const ending = {
  incidentId,
  leverNumber: 1,
  endedHow: "taken_back",
  endedBy: declarer,
  why: "rebuilt",
} as const;

test("a lever is in force as claimed; its authorizer is invited and asked", () => {
  const decision = accepted(decideStabilize(openIncident(), stabilizeInput(), by, unknown));
  expect(decision.changes.levers).toMatchObject([
    { number: 1, state: "claimed", layer: "integration_ui", recorder: declarer, endedAt: null },
  ]);
  expect(decision.changes.incident).toEqual({ phase: "stabilizing", noLeverNeededWhy: null });
  expect(effectNames(decision)).toEqual([
    "post-message:lever",
    "invite-people",
    "post-message:lever-dm",
    "post-message:panel",
  ]);
  const inChannel = openIncident({ memberIds: [declarer, authorizer] });
  expect(
    effectNames(accepted(decideStabilize(inChannel, stabilizeInput(), by, unknown))),
  ).not.toContain("invite-people");
});

test.each(["SEV1", "SEV2", "SEV3", "SEV4"] as const)(
  "B6: at %s the authorizer is somebody else where it matters",
  (severity) => {
    const state = openIncident();
    state.incident.severity = severity;
    const result = decideStabilize(state, stabilizeInput({ authorizer: declarer }), by, unknown);
    const isFree = severity === "SEV3" || severity === "SEV4";
    expect(result.ok).toBe(isFree);
    if (!isFree) expect(rejected(result)).toMatchObject({ code: "bad_field", field: "authorizer" });
  },
);

test.each([
  [{ isGuest: true }, "This person is a guest here or of another workspace"],
  [{ isDeactivated: true }, "This person is deactivated here"],
  [{ isBot: true }, "This is a bot"],
])("whoever is %j is named neither as authorizer nor as owner", (facts, what) => {
  const named = person(facts);
  const lever = decideStabilize(openIncident(), stabilizeInput(), by, { authorizer: named });
  expect(rejected(lever)).toEqual({
    code: "bad_field",
    field: "authorizer",
    message: `${what} and could not confirm it. Name a full member.`,
  });
  const taken = decideAddAction(openIncident(), actionInput(), by, { ...login, owner: named });
  expect(rejected(taken)).toEqual({
    code: "bad_field",
    field: "owner",
    message: `${what} and could not take it on. Name a full member.`,
  });
  const full = { ...login, owner: person() };
  expect(decideAddAction(openIncident(), actionInput(), by, full).ok).toBe(true);
});

test("a lever in own words names what was done and its layer", () => {
  const bare = stabilizeInput({ lever: "other" });
  expect(rejected(decideStabilize(openIncident(), bare, by, unknown))).toMatchObject({
    field: "own_words",
  });
  const worded = { ...bare, ownWords: "Paused the crawler" };
  expect(rejected(decideStabilize(openIncident(), worded, by, unknown))).toMatchObject({
    field: "layer",
  });
  const whole = { ...worded, layer: "retrieval_data" as const };
  const decision = accepted(decideStabilize(openIncident(), whole, by, unknown));
  expect(decision.timeline[0]?.data).toMatchObject({
    what: "Paused the crawler",
    leverId: "other",
  });
});

test("the authorizer answers once; a declined lever stays in force and says so", () => {
  const state = openIncident({ levers: [lever(1)] });
  const byAuthorizer = { userId: authorizer, now };
  const no = { incidentId, leverNumber: 1, isConfirmed: false };
  const decision = accepted(decideAnswerLever(state, no, byAuthorizer));
  expect(decision.changes.levers).toMatchObject([
    { state: "declined", answeredAt: now, endedAt: null },
  ]);
  expect(decision.outcome.sentence).toMatch(/stays in force until somebody takes it back/);
  const declined = after(state, decideAnswerLever(state, no, byAuthorizer));
  const again = rejected(decideAnswerLever(declined, { ...no, isConfirmed: true }, byAuthorizer));
  expect(again).toMatchObject({ code: "stale", message: expect.stringContaining("declined") });
  expect(rejected(decideAnswerLever(state, no, by)).code).toBe("not_allowed");
});

test("a lever is taken back or kept once, with who and why", () => {
  const state = openIncident({ levers: [lever(1)] });
  const decision = accepted(decideEndLever(state, ending, by));
  expect(decision.changes.levers).toMatchObject([
    {
      endedAt: now,
      endedHow: "taken_back",
      endedBy: declarer,
      endedWhy: "rebuilt",
      state: "claimed",
    },
  ]);
  expect(decision.timeline[0]?.data).toEqual({
    lever: 1,
    what: "Restrict triggering for a topic or cohort",
    how: "taken_back",
    why: "rebuilt",
    by: declarer,
  });
  expect(effectNames(decision)).toEqual([
    "post-message:lever",
    "post-message:lever-dm",
    "post-message:lever-reminder",
    "post-message:lever-late",
    "post-message:panel",
  ]);
  const ended = after(state, decideEndLever(state, ending, by));
  expect(rejected(decideEndLever(ended, ending, by))).toMatchObject({
    code: "stale",
    message: "“Restrict triggering for a topic or cohort” was taken back already by you.",
  });
});

test("closing ends the response and has the postmortem proposed", () => {
  const state = openIncident({ verdicts: [verdict("model")], actions: [action("model")] });
  const input = { incidentId, closeAs: "attributed", approver: null } as const;
  const decision = accepted(decideCloseIncident(state, input, by));
  expect(decision.changes.incident).toEqual({
    status: "closed",
    phase: "learning",
    closedAt: now,
    closedBy: declarer,
    closedAs: "attributed",
    closeApprover: null,
  });
  expect(effectNames(decision)).toEqual([
    "post-message:closed",
    "post-message:panel",
    "set-topic",
    "post-message:announcement",
    "post-message:update-reminder",
    "post-message:evidence-request",
    "post-message:owners-missing",
    "propose-postmortem",
  ]);
});

test("R14: closing as undetermined takes another person's name, and is not for what is attributed", () => {
  const close = (state: IncidentState, approver: typeof authorizer | null) =>
    decideCloseIncident(state, { incidentId, closeAs: "undetermined", approver }, by, {
      approver: person(),
    });
  const seen = openIncident({ actions: [action("model", { constraintKind: "observability" })] });
  expect(rejected(close(seen, null))).toMatchObject({ field: "approver" });
  expect(rejected(close(seen, declarer))).toMatchObject({ field: "approver" });
  expect(accepted(close(seen, authorizer)).changes.incident).toMatchObject({
    closedAs: "undetermined",
    closeApprover: authorizer,
  });
  expect(rejected(close(openIncident(), authorizer))).toMatchObject({
    code: "refused",
    refusal: { rules: ["R14"], missing: ["S1"] },
  });
  const attributed = openIncident({ verdicts: [verdict("model")], actions: [action("model")] });
  expect(rejected(close(attributed, authorizer))).toMatchObject({ field: "close_as" });
});

const everyDecider = (state: IncidentState) => ({
  "answer-layers": decideAnswerLayers(state, answers(answerInput()), by),
  "add-evidence": decideAddEvidence(state, evidenceInput(), by),
  "answer-rows": decideAnswerRows(state, rows({ row: "RD1" }), by),
  "set-verdict": decideSetVerdict(state, verdictInput(), by),
  stabilize: decideStabilize(state, stabilizeInput(), by, unknown),
  "answer-lever": decideAnswerLever(state, { incidentId, leverNumber: 1, isConfirmed: true }, by),
  "end-lever": decideEndLever(state, ending, by),
  "add-action": decideAddAction(state, actionInput(), by, login),
  close: decideCloseIncident(state, { incidentId, closeAs: "attributed", approver: null }, by),
});

test("a closed incident takes none of it, in one sentence", () => {
  const closed = openIncident();
  closed.incident.status = "closed";
  for (const [name, result] of Object.entries(everyDecider(closed))) {
    const { code, message } = rejected(result);
    expect([name, code]).toEqual([name, "stale"]);
    // a button is pressed without a form
    expect([name, message.includes("Copy what you wrote")]).toEqual([
      name,
      name !== "answer-lever",
    ]);
  }
});

test("what came back from a form is looked up again: strands, layers, evidence, levers", () => {
  const state = openIncident({ evidence: [item(1, { strandNumbers: [2] })] });
  const nowhere = "nowhere" as LayerId;
  const astray = [
    decideAnswerLayers(state, answers(answerInput({ strandNumbers: [9] })), by),
    decideAnswerLayers(state, answers(answerInput({ layer: nowhere })), by),
    decideAnswerLayers(state, answers(answerInput({ evidenceNumbers: [9] })), by),
    decideAddEvidence(state, evidenceInput({ supports: [nowhere] }), by),
    decideAnswerRows(state, { ...rows({ row: "RD1" }), strandNumber: 9 }, by),
    decideSetVerdict(state, verdictInput({ strandNumber: 9 }), by),
    decideSetVerdict(state, verdictInput({ layer: nowhere }), by),
    decideStabilize(state, stabilizeInput({ lever: "magic" as "other" }), by, unknown),
    decideStabilize(
      state,
      stabilizeInput({ lever: "other", ownWords: "x", layer: nowhere }),
      by,
      unknown,
    ),
    decideAnswerLever(state, { incidentId, leverNumber: 9, isConfirmed: true }, by),
    decideEndLever(state, { ...ending, leverNumber: 9 }, by),
    decideAddAction(state, actionInput({ layer: nowhere }), by, login),
  ];
  expect(astray.map((result) => rejected(result).code)).toEqual(astray.map(() => "not_found"));
  // evidence of another strand is refused where evidence is chosen
  expect(rejected(decideAnswerRows(state, rows({ row: "RD1" }), by))).toMatchObject({
    code: "bad_field",
    field: "evidence:RD1",
  });
  expect(
    rejected(decideSetVerdict(state, verdictInput({ evidenceNumbers: [1] }), by)),
  ).toMatchObject({ code: "bad_field", field: "evidence" });
  // another incident's strand is refused where strands are chosen
  expect(rejected(decideAddEvidence(state, evidenceInput({ strandNumbers: [9] }), by))).toEqual({
    code: "bad_field",
    field: "strands",
    message: "There is no strand 9 in this incident. Open the form again.",
  });
});
