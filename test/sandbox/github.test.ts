// Goal: GitHub answers Octokit as GitHub does in what the product uses, refusals included.
// Method: the real Octokit against a sandbox in this process, one for the file.
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { quiet } from "./bot.ts";
import { seed } from "./seed.ts";

let sandbox: Sandbox;
let octokit: Octokit;
const repo = { owner: "acme", repo: "incidents" };
beforeAll(async () => {
  sandbox = await startSandbox(seed);
  octokit = octokitOf(seed.github.token);
});
afterAll(() => sandbox.close());

function octokitOf(auth: string | undefined): Octokit {
  const { githubApiUrl } = sandbox.addresses;
  return new Octokit({ ...(auth ? { auth } : {}), baseUrl: githubApiUrl, log: quiet });
}

async function refusal(call: Promise<unknown>): Promise<{ status: number; message: string }> {
  return call.then(
    () => expect.fail("it was not refused"),
    (error: { status: number; message: string }) => error,
  );
}

test("a bad token is refused, a good one is somebody", async () => {
  expect(await refusal(octokitOf("other").users.getAuthenticated())).toMatchObject({ status: 401 });
  expect(await refusal(octokitOf(undefined).repos.get(repo))).toMatchObject({ status: 401 });
  expect((await octokit.users.getAuthenticated()).data.login).toBe("incident-bot");
  expect((await octokit.repos.get(repo)).data.default_branch).toBe("main");
  expect(await refusal(octokit.repos.get({ ...repo, repo: "none" }))).toMatchObject({
    status: 404,
  });
});

test("who can be assigned is known beforehand, and nobody else is taken", async () => {
  const check = (assignee: string) => octokit.issues.checkUserCanBeAssigned({ ...repo, assignee });
  expect((await check("Ana-GH")).status).toBe(204);
  expect(await refusal(check("nobody"))).toMatchObject({ status: 404 });
  const issue = { ...repo, title: "T", assignees: ["nobody"] };
  expect(await refusal(octokit.issues.create(issue))).toMatchObject({
    status: 422,
    message: expect.stringContaining('"field":"assignees"'),
  });
});

test("an issue is found by listing, pull requests among them, times in whole seconds", async () => {
  const since = new Date(Math.floor(Date.now() / 1_000) * 1_000).toISOString();
  const created = await octokit.issues.create({
    ...repo,
    title: "Rebuild the index",
    body: "<!-- effect e1 -->",
    labels: ["incident", "layer:data"],
    assignees: ["ana-gh"],
  });
  expect(created.data.html_url).toBe(
    `${sandbox.addresses.githubApiUrl}/acme/incidents/issues/${created.data.number}`,
  );
  expect(created.data.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const list = async (more: object) =>
    (await octokit.issues.listForRepo({ ...repo, state: "all", ...more })).data.map(
      (one) => one.title,
    );
  const ours = { labels: "incident", creator: "incident-bot", since };
  expect(await list(ours)).toEqual(["Rebuild the index"]);
  expect(await list({ ...ours, creator: "ana-gh" })).toEqual([]);
  expect(await list({ ...ours, labels: "incident,other" })).toEqual([]);
  expect(await list({ ...ours, since: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
  for (const title of ["x".repeat(257), "T"]) {
    const body = title === "T" ? "x".repeat(65_537) : "";
    expect(await refusal(octokit.issues.create({ ...repo, title, body }))).toMatchObject({
      status: 422,
      message: expect.stringContaining("too long"),
    });
  }
  const issue_number = created.data.number;
  await octokit.issues.update({ ...repo, issue_number, state: "closed" });
  expect((await octokit.issues.get({ ...repo, issue_number })).data.state).toBe("closed");
  expect(await list({ ...ours, state: "open" })).toEqual([]);
  expect((await octokit.issues.listLabelsForRepo(repo)).data.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["incident", "layer:data"]),
  );
  for (let count = 0; count < 3; count += 1) {
    await octokit.issues.create({ ...repo, title: `More ${count}`, labels: ["more"] });
  }
  const paged = await octokit.paginate(octokit.issues.listForRepo, {
    ...repo,
    labels: "more",
    per_page: 2,
  });
  expect(paged.map(({ title }) => title)).toEqual(["More 2", "More 1", "More 0"]);
});

test("a file goes onto a branch by its sha, and one pull request comes of the branch", async () => {
  const main = await octokit.git.getRef({ ...repo, ref: "heads/main" });
  const branch = "faultline/inc-1";
  const ref = { ...repo, ref: `refs/heads/${branch}`, sha: main.data.object.sha };
  const open = { ...repo, head: branch, base: "main", title: "Postmortem", body: "Read it." };
  expect(await refusal(octokit.pulls.create(open))).toMatchObject({
    status: 422,
    message: expect.stringContaining('"field":"head"'),
  });
  await octokit.git.createRef(ref);
  expect(await refusal(octokit.git.createRef(ref))).toMatchObject({ status: 422 });
  expect(await refusal(octokit.pulls.create(open))).toMatchObject({
    message: expect.stringContaining("No commits between main and"),
  });
  const file = { ...repo, path: "postmortems/2026/inc-1.md", branch, message: "Add it" };
  const at = { ...repo, path: file.path, ref: branch };
  expect(await refusal(octokit.repos.getContent(at))).toMatchObject({ status: 404 });
  const content = (text: string) => Buffer.from(text).toString("base64");
  await octokit.repos.createOrUpdateFileContents({ ...file, content: content("Käse") });
  const again = { ...file, content: content("Käse, again") };
  expect(await refusal(octokit.repos.createOrUpdateFileContents(again))).toMatchObject({
    status: 422,
  });
  const { data } = await octokit.repos.getContent(at);
  const { sha } = data as { sha: string };
  await octokit.repos.createOrUpdateFileContents({ ...again, sha });
  expect(await refusal(octokit.repos.createOrUpdateFileContents({ ...again, sha }))).toMatchObject({
    status: 409,
  });
  const pull = await octokit.pulls.create(open);
  expect(await refusal(octokit.pulls.create(open))).toMatchObject({
    status: 422,
    message: expect.stringContaining("A pull request already exists for acme:faultline/inc-1."),
  });
  const found = (head: string) => octokit.pulls.list({ ...repo, head, state: "all" });
  expect((await found(`acme:${branch}`)).data.map(({ number }) => number)).toEqual([
    pull.data.number,
  ]);
  expect((await found("acme:faultline/inc-2")).data).toEqual([]);
  const [newest] = (await octokit.issues.listForRepo(repo)).data;
  expect(newest).toMatchObject({ title: "Postmortem", pull_request: { url: pull.data.url } });
  expect((await sandbox.control.state()).pullRequests).toEqual([
    {
      repo: "acme/incidents",
      number: pull.data.number,
      title: "Postmortem",
      body: "Read it.",
      branch,
      state: "open",
      labels: [],
      url: pull.data.html_url,
      files: { [file.path]: "Käse, again" },
    },
  ]);
  const { calls } = await sandbox.control.wire();
  expect(calls.at(-1)).toMatchObject({
    side: "github",
    method: "GET /repos/{owner}/{repo}/issues",
  });
});

test("an issue is commented and labelled; who cannot be assigned later is left out", async () => {
  const { data: issue } = await octokit.issues.create({ ...repo, title: "Close me" });
  const at = { ...repo, issue_number: issue.number };
  await octokit.issues.addLabels({ ...at, labels: ["drill"] });
  await octokit.issues.createComment({ ...at, body: "Found again" });
  await octokit.issues.createComment({ ...at, body: "And again" });
  const assigned = await octokit.issues.addAssignees({ ...at, assignees: ["Ben-GH", "nobody"] });
  expect(assigned.data.assignees?.map(({ login }) => login)).toEqual(["ben-gh"]);
  const closed = await octokit.issues.update({ ...at, state: "closed", state_reason: "completed" });
  expect(closed.data).toMatchObject({ state: "closed", state_reason: "completed", comments: 2 });
  const { issues } = await sandbox.control.state();
  expect(issues.find(({ number }) => number === issue.number)).toMatchObject({
    state: "closed",
    labels: ["drill"],
    assignees: ["ben-gh"],
    comments: ["Found again", "And again"],
  });
  expect(issues[0]).not.toHaveProperty("comments");
});

test("a pull request is labelled, commented and closed as the issue it is too", async () => {
  const branch = "faultline/inc-9";
  const main = await octokit.git.getRef({ ...repo, ref: "heads/main" });
  await octokit.git.createRef({ ...repo, ref: `refs/heads/${branch}`, sha: main.data.object.sha });
  const content = Buffer.from("x").toString("base64");
  const file = { ...repo, path: "inc-9.md", branch, message: "Add it", content };
  await octokit.repos.createOrUpdateFileContents(file);
  const pull = await octokit.pulls.create({ ...repo, head: branch, base: "main", title: "Nine" });
  const at = { ...repo, issue_number: pull.data.number };
  await octokit.issues.addLabels({ ...at, labels: ["incident"] });
  await octokit.issues.createComment({ ...at, body: "It was a drill" });
  const closed = await octokit.issues.update({ ...at, state: "closed", labels: ["drill"] });
  expect(closed.data).toMatchObject({ state: "closed", pull_request: { url: pull.data.url } });
  const { pullRequests } = await sandbox.control.state();
  expect(pullRequests.find(({ number }) => number === pull.data.number)).toMatchObject({
    state: "closed",
    labels: ["drill"],
  });
  const unknown = { ...repo, issue_number: 9_999, state: "closed" as const };
  expect(await refusal(octokit.issues.update(unknown))).toMatchObject({ status: 404 });
});
