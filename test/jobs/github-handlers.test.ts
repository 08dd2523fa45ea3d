// Goal: actions become issues and the end of a response a pull request, once each, whatever answers are lost.
// Method: the handlers on a real PostgreSQL, against doubles of Slack and GitHub that lose answers.
import { afterEach, beforeAll, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { listTimeline } from "#src/db/timeline.ts";
import type { CorrectiveAction, IncidentId } from "#src/domain/incident.ts";
import { PermanentError } from "#src/lib/errors.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";
import { cut, OutsideGitHub, OutsideSlack } from "./outside.ts";
import { handling, personOf } from "./handling.ts";
import { ada, bo, effectRows, incidentIn, write } from "./support.ts";
import { plainAction } from "#test/support/not-yet.ts";

const { db, url } = await testDatabase();
const log = createLog("silent");
const { drain, change } = handling(db);
const repo = "acme/support";

beforeAll(() => prepareJobs(url, log));
afterEach(async () => {
  const unfinished = (await effectRows(db)).filter((row) => !["done", "dead"].includes(row.state));
  await db.deleteFrom("effect").execute();
  expect(unfinished.map((row) => row.name)).toEqual([]);
});

test("an action is filed once although the answer was lost, and the channel gets the link", async () => {
  const slack = new OutsideSlack();
  const github = new OutsideGitHub();
  github.assignable.add("bo-dev");
  github.trouble = (method, call) =>
    method === "createIssue" && call === 1 ? { after: cut() } : undefined;
  const incidentId = await incidentWithAction("bo-dev");
  await drain(slack, { issuesRepo: repo }, github);
  expect(github.issues).toHaveLength(1);
  const [issue] = github.issues;
  expect(issue).toMatchObject({
    assignees: ["bo-dev"],
    labels: ["incident", "layer:model", "SEV2"],
  });
  const { actions } = await getIncidentState(db, incidentId);
  expect(actions).toMatchObject([{ issueNumber: 1, issueUrl: issue!.url }]);
  expect(JSON.stringify(slack.posts.at(-1)!.blocks)).toContain(issue!.url);
  expect((await listTimeline(db, incidentId)).map((entry) => entry.kind)).toEqual(["issue_filed"]);
});

test("what people change of an action while its issue is being filed stands, and so does the issue", async () => {
  const github = new OutsideGitHub();
  const incidentId = await incidentWithAction(null);
  const [before] = (await getIncidentState(db, incidentId)).actions;
  const meant = { addresses: ["G1"], criterion: "A stale index is refused within a minute" };
  github.trouble = async (method) => {
    if (method === "createIssue") await change(incidentId, { actions: [{ ...before!, ...meant }] });
    return undefined;
  };
  await drain(new OutsideSlack(), { issuesRepo: repo }, github);
  expect((await getIncidentState(db, incidentId)).actions).toMatchObject([
    { ...meant, issueNumber: 1 },
  ]);
});

test("an owner whom GitHub cannot assign is left out, and the channel is told", async () => {
  const slack = new OutsideSlack();
  const github = new OutsideGitHub();
  await incidentWithAction("stranger");
  await drain(slack, { issuesRepo: repo }, github);
  expect(github.issues).toMatchObject([{ assignees: [] }]);
  expect(
    slack.posts.some((post) => post.text.includes("I could not assign stranger on GitHub")),
  ).toBe(true);
});

test("without GitHub an action is kept, and nothing fails", async () => {
  const incidentId = await incidentWithAction("bo-dev");
  await drain(new OutsideSlack());
  expect((await getIncidentState(db, incidentId)).actions).toMatchObject([{ issueNumber: null }]);
  expect((await effectRows(db, "file-issue"))[0]).toMatchObject({
    state: "done",
    outcome: { skipped: "github_not_configured" },
  });
});

test("an issue that GitHub refuses is told with what it was and why", async () => {
  const slack = new OutsideSlack();
  const github = new OutsideGitHub();
  github.trouble = (method) =>
    method === "createIssue"
      ? { before: new PermanentError("github_410", "issues are turned off for this repository") }
      : undefined;
  await incidentWithAction(null);
  await drain(slack, { issuesRepo: repo }, github);
  const told = slack.posts.find((post) => post.text.includes("I could not"))!;
  expect(told.text).toContain("I could not file the GitHub issue of action 1.");
  expect(told.text).toContain("issues are turned off for this repository");
});

test("the postmortem has one pull request although its answer was lost, names people, and is linked", async () => {
  const slack = new OutsideSlack();
  const github = new OutsideGitHub();
  slack.users.set(ada, personOf(ada, "owner_model"));
  github.trouble = (method, call) =>
    method === "createPullRequest" && call === 1 ? { after: cut() } : undefined;
  const incidentId = await incidentIn(db);
  await change(incidentId, {
    incident: { status: "closed", closedAs: "attributed", closedAt: new Date() },
  });
  await write(db, { name: "propose-postmortem", incidentId });
  await drain(slack, { postmortemRepo: repo, announceChannel: "CALL" }, github);
  expect(github.pulls).toHaveLength(1);
  const { incident } = await getIncidentState(db, incidentId);
  const year = incident.declaredAt.getUTCFullYear();
  const place = `faultline/inc-${incident.number}:postmortems/${year}/inc-${incident.number}-old-rule.md`;
  expect([...github.files.keys()]).toEqual([place.replace(/\.md$/, ".attribution.json"), place]);
  expect(github.files.get(place)).toContain("owner_model");
  expect(incident.postmortemUrl).toBe(github.pulls[0]!.url);
  expect((await listTimeline(db, incidentId)).map((entry) => entry.kind)).toEqual([
    "postmortem_proposed",
  ]);
  const linked = slack.posts.filter((post) =>
    JSON.stringify(post.blocks).includes(github.pulls[0]!.url),
  );
  expect([...new Set(linked.map((post) => post.channelId))].toSorted()).toEqual([
    `C-OF-${incident.number}`,
    "CALL",
  ]);
});

test("what the end of the response says of its issues stays true when one is filed later", async () => {
  const slack = new OutsideSlack();
  const github = new OutsideGitHub();
  // the issue is filed in a later round, after the end was told
  github.trouble = (method, call) =>
    method === "createIssue" && call < 4 ? { before: cut() } : undefined;
  const incidentId = await incidentWithAction(null);
  await change(incidentId, { incident: { status: "closed", closedAs: "attributed" } });
  await write(db, { name: "post-message", incidentId, message: { kind: "closed" } });
  await drain(slack, { issuesRepo: repo }, github);
  expect(JSON.stringify(slack.posts)).toContain("1 corrective action, filed as an issue.");
});

async function incidentWithAction(ownerLogin: string | null): Promise<IncidentId> {
  const incidentId = await incidentIn(db);
  const action: CorrectiveAction = {
    number: 1,
    title: "Check the index before it is published",
    owner: bo,
    ownerLogin,
    dueOn: "2026-12-24",
    criterion: "A stale index is refused in the pipeline",
    layer: "model",
    constraintKind: null,
    enforcement: null,
    recorder: ada,
    recordedAt: new Date(),
    issueNumber: null,
    issueUrl: null,
    ...plainAction,
  };
  await change(incidentId, { actions: [action] });
  await write(
    db,
    { name: "post-message", incidentId, message: { kind: "action", actionNumber: 1 } },
    { name: "file-issue", incidentId, actionNumber: 1 },
  );
  return incidentId;
}
