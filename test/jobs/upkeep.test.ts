// Goal: a repair makes what is missing and nothing else; a drill is taken away everywhere; without a
// repository the postmortem stands in the channel once; what waited for GitHub is filed once it is there.
// Method: the handlers on a real PostgreSQL, against doubles of Slack and GitHub that lose answers.
import { afterEach, beforeAll, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { listTimeline } from "#src/db/timeline.ts";
import type { CorrectiveAction, IncidentId } from "#src/domain/incident.ts";
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
  const incidentId = await withActions(action(1, { issueNumber: 41 }), action(2));
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
    [41, "drill"],
    [1, "drill"],
  ]);
  expect([...slack.archived]).toEqual([incident.channelId]);
});

test("without a repository the postmortem is attached to the channel, once although the answer was lost", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  slack.trouble = (method, call) =>
    method === "uploadFile" && call === 1 ? { after: cut() } : undefined;
  await write(db, { name: "propose-postmortem", incidentId });
  await drain(slack);
  expect(slack.files).toHaveLength(1);
  expect(slack.files[0]!.text).toContain("# Incident");
  const { incident } = await getIncidentState(db, incidentId);
  expect(incident.postmortemFileAt).not.toBeNull();
  const kinds = (await listTimeline(db, incidentId)).map((entry) => entry.kind);
  expect(kinds.filter((kind) => kind === "postmortem_attached")).toHaveLength(1);
});

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
