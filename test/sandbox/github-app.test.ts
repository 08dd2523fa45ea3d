// Goal: the bot works on GitHub as an installed App, and what the App did is its own.
// Method: our client and the real Octokit, with a key made here, against one sandbox for the file.
import { generateKeyPairSync } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { createGitHubApi } from "#src/github/client.ts";
import type { GitHubAuth } from "#src/github/connection.ts";
import { quiet } from "./bot.ts";
import { seed } from "./seed.ts";

const newKey = () =>
  generateKeyPairSync("rsa", { modulusLength: 2_048 })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();
const privateKey = newKey();
const repo = "acme/incidents";

let sandbox: Sandbox;
beforeAll(async () => {
  const app = { id: 77, slug: "faultline-app", privateKey };
  sandbox = await startSandbox({ ...seed, github: { ...seed.github, app } });
});
afterAll(() => sandbox.close());

const apiOf = (auth: GitHubAuth) =>
  createGitHubApi(auth, { apiUrl: sandbox.addresses.githubApiUrl, timeoutMs: 5_000 });

test("the App finds its installation, files an issue as itself and finds it again", async () => {
  const api = apiOf({ id: 77, privateKey });
  const since = new Date();
  const issue = { title: "Gate", body: "<!-- m1 -->", labels: ["incident"], assignees: ["ana-gh"] };
  const filed = await api.createIssue(repo, issue);
  expect(await api.findIssue(repo, "<!-- m1 -->", "incident", since)).toEqual(filed);
  expect(await api.isAssignable(repo, "nobody")).toBe(false);
  const octokit = new Octokit({
    baseUrl: sandbox.addresses.githubApiUrl,
    auth: seed.github.token,
    log: quiet,
  });
  const { data } = await octokit.issues.get({
    owner: "acme",
    repo: "incidents",
    issue_number: filed.number,
  });
  expect(data.user).toMatchObject({ login: "faultline-app[bot]", type: "Bot" });
});

test("the App opens a pull request from a branch of its own", async () => {
  const api = apiOf({ id: 77, privateKey });
  const branch = "faultline/inc-1";
  const file = { branch, path: "2026/inc-1.md", text: "# One", message: "Add it" };
  await api.commitFile(repo, file);
  const opened = await api.createPullRequest(repo, { branch, title: "One", body: "Read it." });
  expect(await api.findPullRequest(repo, branch)).toEqual(opened);
  expect((await sandbox.control.state()).pullRequests).toMatchObject([
    { branch, files: { [file.path]: "# One" } },
  ]);
});

test("a strange key, a token in its place and a made-up token are refused", async () => {
  const issue = { title: "x", body: "", labels: [], assignees: [] };
  await expect(apiOf({ id: 77, privateKey: newKey() }).createIssue(repo, issue)).rejects.toThrow();
  await expect(apiOf({ id: 78, privateKey }).createIssue(repo, issue)).rejects.toThrow();
  const ask = (authorization: string, path: string) =>
    fetch(sandbox.addresses.githubApiUrl + path, { headers: { authorization } }).then(
      ({ status }) => status,
    );
  expect(await ask(`token ${seed.github.token}`, "/app")).toBe(401);
  expect(await ask(`token ${seed.github.token}`, `/repos/${repo}/installation`)).toBe(401);
  expect(await ask("token ghs_made_up", `/repos/${repo}`)).toBe(401);
  const auth = createAppAuth({ appId: 77, privateKey });
  const { token } = await auth({ type: "app" });
  expect(await ask(`bearer ${token}`, "/app")).toBe(200);
  expect(await ask(`bearer ${token}`, `/repos/${repo}`)).toBe(401);
});
