// Goal: every decider writes exactly what was said, tells it in the timeline, and asks for the right effects;
// what does not fit the state changes nothing.
// Method: given a record, when one form or button comes in, then the decision or the rejection.

import { expect, test } from "vitest";
import { decideAddEvidence } from "#src/domain/add-evidence.ts";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { decideAnswerRows } from "#src/domain/answer-rows.ts";
import { afterChannelOpened } from "#src/domain/channel-effects.ts";
import { decideCloseIncident } from "#src/domain/close-incident.ts";
import { decideDeclare } from "#src/domain/declare.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import {
  accepted,
  action,
  after,
  answer,
  answerInput,
  answers,
  by,
  declareInput,
  declarer,
  effectNames,
  evidenceInput,
  incidentId,
  item,
  now,
  openIncident,
  rejected,
  rowAnswer,
  teamId,
  user,
  rows,
  verdict,
  verdictInput,
} from "./fixtures.ts";
import { claimable } from "./proof.ts";
import { plainOwner, plainStrand } from "#test/support/not-yet.ts";

test("a declaration opens an incident with one strand, coordinated by who declared it", () => {
  const onsetAt = new Date("2026-03-02T06:00:00Z");
  const noticedAt = new Date("2026-03-09T08:00:00Z");
  const input = declareInput({
    onsetAt,
    noticedAt,
    noticedHow: "support",
    userImpact: "wrong rate",
  });
  const basis = { incidentId, number: 7, teamId, owners: [], serviceName: "assistant" };
  const { incident, strand, decision } = decideDeclare(input, by, basis);
  expect(incident).toMatchObject({
    number: 7,
    status: "open",
    phase: "declared",
    slug: "assistant-cites-the-old-rule",
    channelName: "inc-7-assistant-cites-the-old-rule",
    channelId: null,
    serviceName: "assistant",
    coordinator: declarer,
    postmortemDriver: declarer,
    declaredAt: now,
  });
  expect(strand).toMatchObject({ number: 1, windowFrom: onsetAt, slice: {} });
  expect(effectNames(decision)).toEqual(["create-channel", "find-similar", "read-ledger"]);
  expect(decision.outcome).toMatchObject({ isShown: true, incidentId });
  const told = decision.timeline.map(({ kind, lane, happenedAt, data }) => ({
    kind,
    lane,
    happenedAt,
    data,
  }));
  expect(told).toEqual([
    {
      kind: "incident_declared",
      lane: "detection",
      happenedAt: now,
      data: { title: input.title, severity: "SEV2", isDrill: false },
    },
    {
      kind: "impact_noticed",
      lane: "detection",
      happenedAt: noticedAt,
      data: { how: "support", userImpact: "wrong rate" },
    },
    { kind: "onset_estimated", lane: "detection", happenedAt: onsetAt, data: {} },
  ]);
});

test("R12: nothing refuses a declaration; words that blame are taken, with other words to choose", () => {
  const basis = { incidentId, number: 7, teamId, owners: [], serviceName: null };
  const outcomeOf = (facts: Parameters<typeof declareInput>[0]) =>
    decideDeclare(declareInput(facts), by, basis).decision.outcome;
  expect(outcomeOf({}).marks).toBeUndefined();
  const blaming = "The outage was caused by Bob, who forgot to test the prompt.";
  expect(outcomeOf({ title: blaming, userImpact: "The model hallucinated." })).toMatchObject({
    isShown: true,
    marks: [
      {
        id: "suggestion:R12:title",
        sentence: expect.stringMatching(/For example: “(?!.*Bob)/) as string,
        opens: { formId: "edit-details", label: "Change the title" },
      },
      { id: "suggestion:R12:user_impact", opens: { formId: "edit-details" } },
    ],
  });
});

test("what was not given at the declaration is not told", () => {
  const basis = { incidentId, number: 7, teamId, owners: [], serviceName: null };
  const { decision } = decideDeclare(declareInput(), by, basis);
  expect(decision.timeline.map((entry) => entry.kind)).toEqual(["incident_declared"]);
});

test("once the channel is open, people are invited and each owner is asked once", () => {
  const twice = user("U-two");
  const state = openIncident({
    owners: [
      { layer: "model", userId: twice, groupId: null, ...plainOwner },
      { layer: "retrieval_data", userId: declarer, groupId: null, ...plainOwner },
      { layer: "prompt_policy", userId: twice, groupId: null, ...plainOwner },
      { layer: "orchestration_tools", userId: null, groupId: "S1", ...plainOwner },
      { layer: "infrastructure", userId: null, groupId: null, ...plainOwner },
    ],
  });
  expect(afterChannelOpened(state)).toEqual([
    { name: "invite-people", incidentId, userIds: [declarer, twice] },
    { name: "post-message", incidentId, message: { kind: "panel" } },
    { name: "post-message", incidentId, message: { kind: "evidence-request" } },
    { name: "post-message", incidentId, message: { kind: "evidence-request-dm", userId: twice } },
    {
      name: "post-message",
      incidentId,
      message: { kind: "evidence-request-dm", userId: declarer },
    },
    { name: "post-message", incidentId, message: { kind: "owners-missing" } },
    { name: "set-topic", incidentId },
    { name: "pin-panel", incidentId },
    { name: "add-bookmarks", incidentId },
    { name: "post-message", incidentId, message: { kind: "announcement" } },
  ]);
});

test("a private incident is not announced, neither when it opens nor when it closes", () => {
  const state = openIncident({ verdicts: [verdict("model")], actions: [action("model")] });
  state.incident.isPrivate = true;
  const opened = afterChannelOpened(state);
  expect(JSON.stringify(opened)).not.toContain("announcement");
  const closed = accepted(
    decideCloseIncident(state, { incidentId, closeAs: "attributed", approver: null }, by),
  );
  expect(JSON.stringify(closed.effects)).not.toContain("announcement");
});

test("answers are recorded as next revisions, and ruling out sets the verdict with them", () => {
  const state = openIncident({
    answers: [answer("model", { revision: 4 })],
    evidence: [item(1, { clears: ["model"] })],
  });
  const input = answers(
    answerInput({ layer: "model", rulesOut: true, evidenceNumbers: [1] }),
    answerInput({ layer: "prompt_policy", change: "not_applicable", rulesOut: true }),
    answerInput({ layer: "infrastructure", change: "cannot_tell" }),
  );
  const decision = accepted(decideAnswerLayers(state, input, by));
  expect(decision.changes.answers?.map((one) => [one.layer, one.revision])).toEqual([
    ["model", 5],
    ["prompt_policy", 1],
    ["infrastructure", 1],
  ]);
  expect(decision.changes.answers?.[0]).not.toHaveProperty("rulesOut");
  expect(decision.changes.verdicts).toMatchObject([
    { layer: "model", verdict: "cleared", strandNumber: 1, evidenceNumbers: [1], revision: 1 },
    { layer: "prompt_policy", verdict: "not_applicable", strandNumber: 1 },
  ]);
  expect(decision.timeline.map((entry) => entry.kind)).toEqual([
    "answer_recorded",
    "answer_recorded",
    "answer_recorded",
    "verdict_set",
    "verdict_set",
  ]);
  expect(effectNames(decision).slice(0, 2)).toEqual([
    "post-message:panel",
    "post-message:evidence-request",
  ]);
  expect(decision.outcome.sentence).toBe(
    "Recorded the answer for Model, Prompt & policy and Infrastructure.",
  );
});

test("an answer that stands already, word for word, is not recorded again; a changed word is", () => {
  const given = answerInput();
  const state = after(openIncident(), decideAnswerLayers(openIncident(), answers(given), by));
  const again = accepted(decideAnswerLayers(state, answers(given), by));
  expect([again.changes, again.timeline, again.effects]).toEqual([{}, [], []]);
  const corrected = accepted(
    decideAnswerLayers(
      state,
      answers({ ...given, sentence: "other words" }, answerInput({ layer: "infrastructure" })),
      by,
    ),
  );
  expect(corrected.changes.answers?.map(({ layer, revision }) => [layer, revision])).toEqual([
    ["model", 2],
    ["infrastructure", 1],
  ]);
});

test("rows that nobody touched keep their author; a touched one is the next revision", () => {
  const state = after(
    openIncident({ evidence: [item(1)] }),
    decideAnswerRows(
      openIncident({ evidence: [item(1)] }),
      rows({ row: "RD1" }, { row: "RD2" }),
      by,
    ),
  );
  const other = { ...rows({ row: "RD1" }, { row: "RD2" }), author: user("U-other") };
  const touched = accepted(
    decideAnswerRows(
      state,
      {
        ...other,
        rows: other.rows.map((row, at) => (at === 0 ? row : { ...row, sentence: "new" })),
      },
      by,
    ),
  );
  expect(
    touched.changes.rowAnswers?.map(({ row, revision, author }) => [row, revision, author]),
  ).toEqual([["RD2", 2, "U-other"]]);
  expect(accepted(decideAnswerRows(state, rows({ row: "RD1" }), by)).changes).toEqual({});
  expect(accepted(decideAnswerRows(state, other, by)).changes.rowAnswers).toHaveLength(2);
});

test("ruling out covers the strands that the answer covers", () => {
  const second = {
    number: 2,
    name: "two",
    windowFrom: null,
    windowTo: null,
    slice: {},
    ...plainStrand,
  };
  const state = openIncident({
    evidence: [item(1, { strandNumbers: [1, 2], clears: ["model"] })],
  });
  state.strands.push(second);
  const strandsOf = (strandNumbers: number[] | null) =>
    accepted(
      decideAnswerLayers(state, answers(answerInput({ rulesOut: true, strandNumbers })), by),
    ).changes.verdicts?.map((one) => one.strandNumber);
  expect(strandsOf(null)).toEqual([1, 2]);
  expect(strandsOf([2])).toEqual([2]);
});

test("the same layer twice in one form is refused at its field", () => {
  const twice = answers(answerInput(), answerInput({ change: "changed" }));
  expect(rejected(decideAnswerLayers(openIncident(), twice, by))).toMatchObject({
    code: "bad_field",
    field: "change:model",
  });
});

test("evidence belongs to every strand where none is named, and moves the phase to diagnosing", () => {
  const state = openIncident({ evidence: [item(1), item(2)] });
  const author = user("U-author");
  const decision = accepted(
    decideAddEvidence(state, evidenceInput({ kind: "E5", author, supports: ["model"] }), by),
  );
  expect(decision.changes.evidence).toMatchObject([
    { number: 3, strandNumbers: [1], author, recorder: declarer, recordedAt: now },
  ]);
  expect(decision.changes.incident).toEqual({ phase: "diagnosing" });
  expect(decision.timeline[0]?.data).toEqual({
    evidence: 3,
    evidenceKind: "E5",
    what: "ids equal",
    author,
  });
  expect(effectNames(decision)).toEqual(["post-message:evidence", "post-message:panel"]);
});

test("an item cannot support a layer and speak against it", () => {
  const both = { supports: ["model"], clears: ["model"] } as const;
  const input = evidenceInput({ supports: [...both.supports], clears: [...both.clears] });
  const field = rejected(decideAddEvidence(openIncident(), input, by));
  expect(field).toMatchObject({ code: "bad_field", field: "clears" });
  const against = evidenceInput({ supports: ["model"], contradicts: ["model"] });
  expect(rejected(decideAddEvidence(openIncident(), against, by))).toMatchObject({
    field: "contradicts",
  });
});

test("rows are recorded in the author's name; one without evidence is kept and still asked for", () => {
  const state = openIncident({
    evidence: [item(1)],
    rowAnswers: [rowAnswer("retrieval_data", "RD1")],
  });
  const input = rows(
    { row: "RD1", reading: "points_to", pointsTo: "model" },
    { row: "RD2", evidenceNumbers: [] },
    { row: "RD3", reading: "cannot_tell", evidenceNumbers: [], pointsTo: "model" },
  );
  const decision = accepted(decideAnswerRows(state, input, by));
  expect(decision.changes.rowAnswers).toMatchObject([
    { row: "RD1", revision: 2, pointsTo: "model", author: "U-author", recorder: declarer },
    { row: "RD2", revision: 1, pointsTo: null },
    { row: "RD3", reading: "cannot_tell", pointsTo: null },
  ]);
  expect(decision.timeline[0]?.data).toEqual({
    strand: 1,
    row: "RD1",
    claimedLayer: "retrieval_data",
    reading: "points_to",
    pointsTo: "model",
    sentence: "no",
    author: "U-author",
  });
  expect(decision.outcome.sentence).toBe(
    "Recorded the answer to 3 opposing questions of Retrieval & data. 1 of them still needs the evidence it rests on.",
  );
});

test("a row that points elsewhere names the layer; a row of another layer is not found", () => {
  const state = openIncident({ evidence: [item(1)] });
  const nowhere = rejected(decideAnswerRows(state, rows({ row: "RD1", reading: "points_to" }), by));
  expect(nowhere).toMatchObject({ code: "bad_field", field: "row:RD1" });
  expect(rejected(decideAnswerRows(state, rows({ row: "M1" }), by)).code).toBe("not_found");
  const twice = rows({ row: "RD1" }, { row: "RD1" });
  expect(rejected(decideAnswerRows(state, twice, by))).toMatchObject({ field: "row:RD1" });
});

test("R1: a claim that a rule refuses changes nothing and carries the refusal", () => {
  const rejection = rejected(decideSetVerdict(openIncident(), verdictInput(), by));
  expect(rejection).toMatchObject({ code: "refused", refusal: { rules: ["R1", "R9", "R5"] } });
  if (rejection.code === "refused") expect(rejection.message).toBe(rejection.refusal.sentence);
});

test("R10: a verdict is set in the name of the person who claims it", () => {
  const cleared = verdict("retrieval_data", { verdict: "cleared", confidence: null, revision: 3 });
  const state = claimable("retrieval_data", {}, { verdicts: [cleared] });
  const input = verdictInput({ layer: "retrieval_data" });
  const decision = accepted(decideSetVerdict(state, input, by));
  expect(decision.changes.verdicts).toMatchObject([
    {
      layer: "retrieval_data",
      verdict: "proximate",
      author: declarer,
      revision: 4,
      recordedAt: now,
    },
  ]);
  expect(decision.timeline[0]).toMatchObject({
    kind: "verdict_set",
    data: { strand: 1, layer: "retrieval_data", verdict: "proximate", confidence: "probable" },
  });
  expect(effectNames(decision)).toEqual([
    "post-message:verdict",
    "post-message:panel",
    "find-similar",
  ]);
});

test("B13.7: a condition on the proximate layer leaves its verdict, and a new claim keeps the condition", () => {
  const carried = { confidence: "confirmed" } as const;
  const proximate = claimable("model", carried, { verdicts: [verdict("model")] });
  const condition = verdictInput({ verdict: "contributing", contribution: "it was new" });
  const both = after(proximate, decideSetVerdict(proximate, condition, by));
  expect(both.verdicts.map((one) => one.verdict)).toEqual(["proximate", "contributing"]);
  expect(both.verdicts[1]).toMatchObject({ confidence: null, revision: 2 });
  const confirmed = verdictInput({ confidence: "confirmed" });
  const again = after(both, decideSetVerdict(both, confirmed, by));
  expect(again.verdicts).toMatchObject([
    { verdict: "proximate", confidence: "confirmed", contribution: "it was new", revision: 3 },
  ]);
});

test("a proximate verdict needs a confidence, and its approver is somebody else", () => {
  const bare = rejected(decideSetVerdict(openIncident(), verdictInput({ confidence: null }), by));
  expect(bare).toMatchObject({ code: "bad_field", field: "confidence" });
  const self = rejected(decideSetVerdict(openIncident(), verdictInput({ approver: declarer }), by));
  expect(self).toMatchObject({ code: "bad_field", field: "approver" });
});
