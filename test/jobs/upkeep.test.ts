// Goal: a repair makes what is missing and nothing else; a drill is taken away everywhere; without a
// repository the postmortem stands in the channel once; what waited for GitHub is filed once it is there.
// Method: the handlers on a real PostgreSQL, against doubles of Slack and GitHub that lose answers.
import { afterEach, beforeAll, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { listTimeline } from "#src/db/timeline.ts";
import type { CorrectiveAction, IncidentId } from "#src/domain/incident.ts";
import { decideReopenIncident } from "#src/domain/reopen-incident.ts";
import { createLog } from "#src/lib/log.ts";
import { fileWhatWaited } from "#src/usecases/file-what-waited.ts";
import { testDatabase } from "#test/support/database.ts";
import { correctiveAction } from "#test/support/factories.ts";
import { handling } from "./handling.ts";
import { cut, OutsideGitHub, OutsideSlack } from "./outside.ts";
import { ada, effectRows, incidentIn, team, write } from "./support.ts";

const { db, url } = await testDatabase();
const { drain, change } = handling(db);
const repo = "acme/support";
const on = { issuesRepo: repo, postmortemRepo: repo };

beforeAll(() => prepareJobs(url, createLog("silent")));
afterEach(async () => {
  const unfinished = (await effectRows(db)).filter((row) => !["done", "dead"].includes(row.state));
  await db.deleteFrom("effect").execute();
  expect(unfinished.map((row) => row.name)).toEqual([]);
});

const action = (number: number, facts: Partial<CorrectiveAction> = {}): CorrectiveAction =>
  correctiveAction({ number, ownerLogin: null, ...facts });

const filedAs = (where: string, number: number) => ({
  issueNumber: number,
  issueUrl: `https://github.test/${where}/issues/${number}`,
});

async function withActions(...actions: CorrectiveAction[]): Promise<IncidentId> {
  const incidentId = await incidentIn(db);
  await change(incidentId, { actions });
  return incidentId;
}

test("a repair posts the panel anew that somebody deleted, pins it, files what is missing, and says so", async () => {
  const slack = new OutsideSlack();
  const github = new OutsideGitHub();
  const incidentId = await withActions(action(1), action(2, { isProvisional: true }));
  await write(db, { name: "repair-incident", incidentId, userId: ada });
  await drain(slack, on, github);
  expect(github.issues).toHaveLength(1);
  const told = slack.posts.find((post) => post.text.includes("was looked through"))!;
  expect(told.text).toContain("Made anew: the panel, the panel's pin, the issue of action 1.");
  expect(slack.pins).toHaveLength(1);

  // a second one finds nothing missing
  await write(db, { name: "repair-incident", incidentId, userId: ada });
  await drain(slack, on, github);
  expect(slack.posts.at(-1)!.text).toContain("Nothing was missing.");
  expect(github.issues).toHaveLength(1);
  const entries = (await listTimeline(db, incidentId)).filter(
    ({ kind }) => kind === "incident_repaired",
  );
  expect(entries.map(({ data }) => data["made"])).toEqual([
    ["the panel", "the panel's pin", "the issue of action 1"],
    [],
  ]);
});

test("a repair makes bookmarks that somebody removed, and names them", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  await write(
    db,
    { name: "post-message", incidentId, message: { kind: "panel" } },
    { name: "post-message", incidentId, message: { kind: "evidence-request" } },
    { name: "pin-panel", incidentId },
  );
  await drain(slack);
  await write(db, { name: "repair-incident", incidentId, userId: ada });
  await drain(slack);
  expect(slack.posts.at(-1)!.text).toContain(
    "Made anew: the bookmark “Panel”, the bookmark “Checklist and answers”.",
  );
  expect(slack.bookmarks.size).toBe(2);
  await write(db, { name: "repair-incident", incidentId, userId: ada });
  await drain(slack);
  expect(slack.posts.at(-1)!.text).toContain("Nothing was missing.");
});

test("a repair files an issue anew that was deleted on GitHub, in place of the old one", async () => {
  const slack = new OutsideSlack();
  const github = new OutsideGitHub();
  const incidentId = await withActions(action(1), action(2, filedAs("acme/other", 7)));
  await write(db, { name: "file-issue", incidentId, actionNumber: 1 });
  await drain(slack, on, github);
  github.deleted.add(`${repo}#1`);
  github.unseen.add("acme/other");
  await write(db, { name: "repair-incident", incidentId, userId: ada });
  await drain(slack, on, github);
  const { actions } = await getIncidentState(db, incidentId);
  expect(actions.map((one) => one.issueNumber)).toEqual([2, 7]);
  const told = slack.posts.find((post) => post.text.includes("was looked through"))!;
  expect(told.text).toContain("the issue of action 1, since issue 1 was deleted");
  expect(JSON.stringify(told.blocks)).toContain(
    "I cannot see issue 7 of action 2 in acme/other: give my GitHub access to that repository, then repair again.",
  );
});

test("a repair of an archived channel says what a person has to do, and posts nothing into it", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const { incident } = await getIncidentState(db, incidentId);
  slack.archived.add(incident.channelId!);
  await write(db, { name: "repair-incident", incidentId, userId: ada });
  await drain(slack);
  expect(slack.posts.map((post) => JSON.stringify(post.blocks)).join()).toContain(
    "is archived: ask an admin",
  );
  expect(slack.calls).not.toContain("setTopic");
});

test("a drill that is taken away leaves nothing open: issues and pull request closed, channel archived", async () => {
  const slack = new OutsideSlack();
  const github = new OutsideGitHub();
  const incidentId = await withActions(action(1, filedAs(repo, 41)), action(2));
  const { incident } = await getIncidentState(db, incidentId);
  await github.createPullRequest(repo, {
    branch: `faultline/inc-${incident.number}`,
    title: "",
    body: "",
  });
  await change(incidentId, {
    incident: { isDrill: true, status: "cancelled", hiddenAt: new Date() },
  });
  // what was still waiting to be filed finds the drill removed
  await write(db, { name: "file-issue", incidentId, actionNumber: 2 });
  await write(db, { name: "close-on-github", incidentId });
  await write(db, { name: "archive-channel", incidentId });
  await drain(slack, on, github);
  expect(github.issues).toEqual([]);
  expect([...github.closed]).toEqual([
    [`${repo}#41`, "drill"],
    [`${repo}#1`, "drill"],
  ]);
  expect([...slack.archived]).toEqual([incident.channelId]);
});

test("what a drill filed is closed where it was filed, past what is gone; what is on another GitHub is told by direct message", async () => {
  const slack = new OutsideSlack();
  const github = new OutsideGitHub();
  const incidentId = await withActions(
    action(1, filedAs("acme/then", 41)),
    action(2, filedAs("acme/then", 42)),
    action(3, { issueNumber: 43, issueUrl: "https://git.example/acme/then/issues/43" }),
    action(4, filedAs("acme/then", 44)),
  );
  const postmortemUrl = "https://github.test/acme/postmortems-then/pull/9";
  await change(incidentId, {
    incident: { isDrill: true, status: "cancelled", hiddenAt: new Date(), postmortemUrl },
  });
  github.deleted.add("acme/then#41");
  await write(db, { name: "archive-channel", incidentId }, { name: "close-on-github", incidentId });
  await drain(slack, on, github);
  expect([...github.closed.keys()]).toEqual([
    "acme/then#42",
    "acme/then#44",
    "acme/postmortems-then#9",
  ]);
  expect(slack.posts).toMatchObject([{ channelId: `D${ada}` }]);
  expect(slack.posts[0]!.text).toContain("https://git.example/acme/then/issues/43");
});

test("an issue whose answer was lost before its drill was taken away is found and closed", async () => {
  const slack = new OutsideSlack();
  const github = new OutsideGitHub();
  const incidentId = await withActions(action(1));
  github.trouble = async (method) => {
    if (method !== "createIssue") return undefined;
    await change(incidentId, {
      incident: { isDrill: true, status: "cancelled", hiddenAt: new Date() },
    });
    return { after: cut() };
  };
  await write(
    db,
    { name: "file-issue", incidentId, actionNumber: 1 },
    { name: "close-on-github", incidentId },
  );
  await drain(slack, on, github);
  expect([...github.closed.keys()]).toEqual([`${repo}#1`]);
});

test("without a repository the postmortem is attached to the channel, once although the answer was lost", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  await change(incidentId, { incident: { status: "closed", closedAs: "attributed" } });
  slack.trouble = (method, call) =>
    method === "uploadFile" && call === 1 ? { after: cut() } : undefined;
  await write(db, { name: "propose-postmortem", incidentId });
  await drain(slack);
  // the answer that was lost was of the first of them
  expect(slack.files).toHaveLength(2);
  expect(slack.files[0]!.filename).toMatch(/^inc-.*\.attribution\.json$/);
  expect(slack.files[1]!.text).toContain("# Incident");
  const { incident } = await getIncidentState(db, incidentId);
  expect(incident.postmortemFileAt).not.toBeNull();
  const kinds = (await listTimeline(db, incidentId)).map((entry) => entry.kind);
  expect(kinds.filter((kind) => kind === "postmortem_attached")).toHaveLength(1);
});

test("an incident that is closed a second time gets a second file, and one that was opened meanwhile none", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const { number } = (await getIncidentState(db, incidentId)).incident;
  const closed = { status: "closed", closedAs: "attributed" } as const;
  const close = async () => {
    await change(incidentId, { incident: closed });
    await write(db, { name: "propose-postmortem", incidentId });
    await drain(slack);
  };
  const reopen = async () => {
    await change(incidentId, await reopening(incidentId));
  };
  await close();
  await reopen();
  // opened again while the second file is on its way: it is there, and it is not the last word
  slack.trouble = async (method, call) => {
    if (method === "uploadFile" && call === 4) await reopen();
    return undefined;
  };
  await close();
  await write(db, { name: "attach-postmortem", incidentId });
  await drain(slack);
  await close();
  expect(slack.files.map(({ filename }) => filename)).toEqual(
    ["", "-2", "-3"].flatMap((suffix) => [
      `inc-${number}-old-rule${suffix}.attribution.json`,
      `inc-${number}-old-rule${suffix}.md`,
    ]),
  );
  // nothing has changed since
  await close();
  expect(slack.files).toHaveLength(6);
});

/** What reopening this incident changes. */
async function reopening(incidentId: IncidentId) {
  const state = await getIncidentState(db, incidentId);
  const input = { incidentId, why: "The answers are wrong again." };
  const decided = decideReopenIncident(state, input, { userId: ada, now: new Date() });
  if (!decided.ok) throw new Error(decided.error.message);
  return decided.value.changes;
}

test("what waited for GitHub is filed once it is set up, and only once", async () => {
  const slack = new OutsideSlack();
  const github = new OutsideGitHub();
  await db.deleteFrom("correctiveAction").execute();
  const open = await withActions(action(1), action(2, { isProvisional: true }));
  await change(open, { incident: { status: "closed", closedAt: new Date() } });
  const cancelled = await withActions(action(1));
  await change(cancelled, { incident: { status: "cancelled" } });
  const uses = { canFileIssues: true, canProposePostmortem: false };
  expect(await fileWhatWaited({ db, teamId: team }, uses)).toBe(1);
  await drain(slack, on, github);
  expect(github.issues).toHaveLength(1);
  expect(await fileWhatWaited({ db, teamId: team }, uses)).toBe(0);
});
