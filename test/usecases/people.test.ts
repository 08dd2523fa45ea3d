// Goal: what we know of people decides who records and who may be named; whom Slack was never asked
// about is nobody yet. Method: use cases on a real PostgreSQL.

import { plainLever } from "#test/support/not-yet.ts";
import { beforeAll, expect, test } from "vitest";
import { showActions } from "#commands/actions.ts";
import { catchUp } from "#commands/catch-up.ts";
import { openForm } from "#commands/forms.ts";
import { showList } from "#commands/list.ts";
import { openTimeline } from "#commands/timeline.ts";
import { openUpdateForm } from "#commands/update.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { addChannelMember } from "#src/db/channel-members.ts";
import { findGithubLogin, savePerson } from "#src/db/people.ts";
import { listTimeline } from "#src/db/timeline.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { AddActionInput, StabilizeInput } from "#src/domain/inputs.ts";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { UserId } from "#src/domain/person.ts";
import type { ServicesFile } from "#src/domain/services-file.ts";
import { createLog } from "#src/lib/log.ts";
import { addAction } from "#src/usecases/add-action.ts";
import { addEvidence } from "#src/usecases/add-evidence.ts";
import { answerLayers } from "#src/usecases/answer-layers.ts";
import { closeIncident } from "#src/usecases/close-incident.ts";
import { correctAction } from "#src/usecases/correct-action.ts";
import { declareIncident } from "#src/usecases/declare-incident.ts";
import { importServices } from "#src/usecases/import-services.ts";
import { setVerdict } from "#src/usecases/set-verdict.ts";
import { stabilize } from "#src/usecases/stabilize.ts";
import { testDatabase } from "#test/support/database.ts";
import {
  colleague,
  contextOf,
  declareInput,
  declareOne,
  declarer,
  guest,
  seedPeople,
  teamId,
} from "./support.ts";

const { db } = await testDatabase();
beforeAll(() => seedPeople(db));

const inFile = "U-IN-FILE" as UserId;
const stranger = "U-STRANGER" as UserId;
const bot = "U-BOT" as UserId;
const gone = "U-GONE" as UserId;
const facts = { displayName: "someone", isGuest: false, isDeactivated: false, isBot: false };

async function importOne(): Promise<void> {
  const file: ServicesFile = {
    services: [],
    people: [{ slack: inFile, github: "octocat", capacities: [] }],
    ledger: noLedgerSettings,
  };
  await importServices({ db, log: createLog("silent"), teamId }, file, async () => inFile);
}

async function lookUpsOf(userId: UserId): Promise<number> {
  const key = `look-up-person:${userId}`;
  return (await db.selectFrom("effect").select("id").where("key", "=", key).execute()).length;
}

const leverInput = (incidentId: IncidentId, authorizer: UserId): StabilizeInput => ({
  incidentId,
  lever: "restrict_triggering",
  ownWords: null,
  layer: null,
  authorizer,
  tradeoff: "travel questions go to the help desk",
  revertCondition: "index rebuilt",
  scope: null,
  savedFirst: null,
  ...plainLever,
});

const actionInput = (incidentId: IncidentId, owner: UserId): AddActionInput => ({
  incidentId,
  title: "Index job fails when it skips a document",
  owner,
  ownerLogin: null,
  dueOn: "2026-03-23",
  criterion: "the index job exits non-zero when it skips a document, shown by its contract test",
  layer: "retrieval_data",
  constraintKind: null,
  enforcement: null,
  addresses: [],
  verification: null,
  isImmediateSafety: false,
});

test("somebody who stands in the services file only is looked up before they may do anything", async () => {
  await importOne();
  const incidentId = await declareOne(db);
  const ctx = () => contextOf(db, { actor: { teamId, userId: inFile } });
  const answer = {
    incidentId,
    author: inFile,
    answers: [
      {
        layer: "model" as const,
        strandNumbers: null,
        change: "no_change" as const,
        isSourceComplete: true,
        standsForAllQuestions: true,
        rulesOut: false,
        sentence: null,
        evidenceNumbers: [],
      },
    ],
  };
  const message = "I am looking you up in Slack. Try again in a few seconds.";
  expect(await answerLayers(ctx(), answer)).toMatchObject({ ok: false, error: { message } });
  expect(await lookUpsOf(inFile)).toBe(1);
  expect(await declareIncident(ctx(), declareInput())).toMatchObject({ error: { message } });

  await savePerson(db, teamId, { ...facts, userId: inFile, isGuest: true });
  expect(await answerLayers(ctx(), answer)).toMatchObject({
    ok: false,
    error: { code: "not_allowed", message: expect.stringMatching(/^Guests cannot take part/) },
  });
  expect((await getIncidentState(db, incidentId)).answers).toEqual([]);
});

test("the login of the services file is known though Slack was never asked about its owner", async () => {
  await importOne();
  await db.updateTable("person").set({ lookedUpAt: null }).where("userId", "=", inFile).execute();
  const incidentId = await declareOne(db);
  const added = await addAction(contextOf(db), actionInput(incidentId, inFile));
  expect(added.ok).toBe(true);
  const { actions } = await getIncidentState(db, incidentId);
  expect(actions).toMatchObject([{ owner: inFile, ownerLogin: "octocat" }]);
});

test("guests, bots and deactivated people are not named as authorizer or owner; strangers pass", async () => {
  await savePerson(db, teamId, { ...facts, userId: bot, isBot: true });
  await savePerson(db, teamId, { ...facts, userId: gone, isDeactivated: true });
  const incidentId = await declareOne(db);
  for (const userId of [guest, bot, gone]) {
    const lever = await stabilize(contextOf(db), leverInput(incidentId, userId));
    expect(lever).toMatchObject({ ok: false, error: { code: "bad_field", field: "authorizer" } });
    const typed = { ...actionInput(incidentId, userId), ownerLogin: "octocat" };
    const action = await addAction(contextOf(db), typed);
    expect(action).toMatchObject({ ok: false, error: { code: "bad_field", field: "owner" } });
  }
  expect((await stabilize(contextOf(db), leverInput(incidentId, stranger))).ok).toBe(true);
  const typed = { ...actionInput(incidentId, stranger), ownerLogin: "octocat" };
  expect((await addAction(contextOf(db), typed)).ok).toBe(true);
});

test("R14: a verdict and a closing name a full member as approver; a stranger is looked up first", async () => {
  const incidentId = await declareOne(db);
  const verdict = (approver: UserId) =>
    setVerdict(contextOf(db), {
      incidentId,
      strandNumber: 1,
      layer: "model",
      verdict: "undeterminable",
      confidence: null,
      scope: {},
      contribution: null,
      reason: null,
      locus: "ours" as const,
      evidenceNumbers: [],
      approver,
    });
  const close = (approver: UserId) =>
    closeIncident(contextOf(db), { incidentId, closeAs: "undetermined", approver });
  const newcomer = "U-NEWCOMER" as UserId;
  for (const submit of [verdict, close]) {
    expect(await submit(guest)).toMatchObject({
      error: { field: "approver", message: expect.stringMatching(/^This person is a guest/) },
    });
    expect(await submit(newcomer)).toMatchObject({
      error: { field: "approver", message: expect.stringMatching(/^I am looking this person up/) },
    });
    expect(await lookUpsOf(newcomer)).toBe(1);
  }
  await savePerson(db, teamId, { ...facts, userId: newcomer });
  for (const submit of [verdict, close]) {
    expect(await submit(newcomer)).not.toMatchObject({ error: { field: "approver" } });
  }
});

test("whom we do not know is shown nothing of an incident until Slack was asked about them", async () => {
  const incidentId = await declareOne(db);
  const newcomer = "U-NEW-READER" as UserId;
  const ctx = () => contextOf(db, { actor: { teamId, userId: newcomer } });
  const hint = { incidentId };
  const reads = () =>
    Promise.all([
      showList(ctx(), 0),
      catchUp(ctx(), hint),
      openTimeline(ctx(), hint),
      showActions(ctx(), incidentId, 0),
      openUpdateForm(ctx(), incidentId),
      openForm(ctx(), "checklist", hint),
    ]);
  for (const reply of await reads()) {
    expect(reply).toMatchObject({ text: expect.stringMatching(/^I am looking you up/) });
  }
  expect(await openForm(ctx(), "add-note", hint)).toMatchObject({ kind: "modal" });
  expect(await lookUpsOf(newcomer)).toBe(1);
  await savePerson(db, teamId, { ...facts, userId: newcomer });
  for (const reply of await reads()) {
    expect(reply).not.toMatchObject({ text: expect.stringMatching(/^I am looking you up/) });
  }
});

test("a GitHub login is remembered where none was known, or by its owner; never where the form is refused", async () => {
  const incidentId = await declareOne(db);
  const act = async (by: UserId, owner: UserId, ownerLogin: string, title?: string) => {
    const input = { ...actionInput(incidentId, owner), ownerLogin };
    return addAction(contextOf(db, { actor: { teamId, userId: by } }), {
      ...input,
      criterion: title ?? input.criterion,
    });
  };
  await savePerson(db, teamId, { ...facts, userId: stranger });
  await db.updateTable("person").set({ githubLogin: null }).where("teamId", "=", teamId).execute();
  const known = () => findGithubLogin(db, teamId, colleague);
  expect(await act(declarer, colleague, "mistyped", "it works")).toMatchObject({ ok: false });
  expect(await known()).toBeUndefined();
  expect(await act(declarer, colleague, "right")).toMatchObject({ ok: true });
  expect(await known()).toBe("right");
  expect(await act(declarer, colleague, "somebody-else")).toMatchObject({ ok: true });
  expect(await known()).toBe("right");
  await addChannelMember(db, incidentId, colleague);
  expect(await act(colleague, colleague, "renamed")).toMatchObject({ ok: true });
  expect(await known()).toBe("renamed");
  // the owner sends a form that somebody else's word stood in
  const other = (await getIncidentState(db, incidentId)).actions[1]!;
  const corrected = await correctAction(contextOf(db, { actor: { teamId, userId: colleague } }), {
    ...other,
    incidentId,
    dueOn: "2026-03-30",
  });
  expect(corrected.ok).toBe(true);
  expect(await known()).toBe("renamed");
  // what was typed for one action stands in that action
  const { actions } = await getIncidentState(db, incidentId);
  expect(actions.map((one) => one.ownerLogin)).toEqual(["right", "somebody-else", "renamed"]);
});

test("a verdict that was taken back is ended in the record, told, and can be set again", async () => {
  const incidentId = await declareOne(db);
  // R2: what rules a layer out rests on an item that does
  const recorded = await addEvidence(contextOf(db), {
    incidentId,
    kind: "E1",
    what: "model ids equal",
    strandNumbers: null,
    slice: {},
    source: null,
    supports: [],
    contradicts: [],
    clears: ["model"],
    link: null,
    author: declarer,
  });
  expect(recorded.ok).toBe(true);
  const say = async (rulesOut: boolean, sentence: string) => {
    const result = await answerLayers(contextOf(db), {
      incidentId,
      author: declarer,
      answers: [
        {
          layer: "model",
          strandNumbers: null,
          change: "no_change",
          isSourceComplete: true,
          standsForAllQuestions: true,
          rulesOut,
          sentence,
          evidenceNumbers: [],
        },
      ],
    });
    expect(result.ok).toBe(true);
    return (await getIncidentState(db, incidentId)).verdicts.map(({ revision }) => revision);
  };
  expect(await say(true, "first")).toEqual([1]);
  expect(await say(false, "second")).toEqual([]);
  expect(await say(true, "third")).toEqual([2]);
  const all = db.selectFrom("verdict").select(["revision", "recorder", "isCurrent"]);
  expect(await all.where("incidentId", "=", incidentId).orderBy("revision").execute()).toEqual([
    { revision: 1, recorder: declarer, isCurrent: false },
    { revision: 2, recorder: declarer, isCurrent: true },
  ]);
  const kinds = (await listTimeline(db, incidentId)).map((entry) => entry.kind);
  expect(kinds.filter((kind) => kind === "verdict_taken_back")).toHaveLength(1);
});
