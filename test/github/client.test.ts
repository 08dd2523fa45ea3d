// Goal: what goes to GitHub is there once, however often it is tried, and our own is found by listing.
// Method: the real client against a GitHub of the test's own that records what it was asked.

import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { createGitHubApi } from "#src/github/client.ts";
import { LastOutcome } from "#src/lib/last-outcome.ts";
import { type Answer, startFakeGitHub } from "./fake-github.ts";

const repo = "/repos/acme/app";
const since = new Date("2026-03-09T09:20:00Z");
const me: Answer = () => [200, { login: "Bot" }];
const numbered = (number: number, more: object = {}) => ({
  number,
  html_url: `https://github.example/${number}`,
  ...more,
});

async function start(answers: Record<string, Answer>) {
  const { apiUrl, calls } = await startFakeGitHub({ "GET /user": me, ...answers });
  const github = createGitHubApi({ token: "ghp_1" }, { apiUrl, timeoutMs: 2_000 });
  const routes = () => calls.map(({ route }) => route);
  return { github, calls, routes, apiUrl };
}

test("an issue is filed as it was written", async () => {
  const { github, calls } = await start({ [`POST ${repo}/issues`]: () => [201, numbered(7)] });
  const issue = { title: "t", body: "b <!-- m -->", labels: ["incident"], assignees: ["ada"] };
  expect(await github.createIssue("acme/app", issue)).toEqual({
    number: 7,
    url: "https://github.example/7",
  });
  expect(calls[0]).toMatchObject({ body: issue, authorization: "token ghp_1" });
});

test("our own issue is found by listing, past pull requests and other people's", async () => {
  const marked = { body: "x <!-- marker-1 -->", user: { login: "bot" } };
  const { github, calls, apiUrl } = await start({
    [`GET ${repo}/issues`]: ({ query }) =>
      query.get("page") === "2"
        ? [200, [numbered(4, marked)]]
        : [
            200,
            [
              numbered(1, { ...marked, pull_request: {} }),
              numbered(2, { ...marked, user: { login: "mallory" } }),
              numbered(3, { ...marked, body: null }),
            ],
            { link: `<${apiUrl}${repo}/issues?page=2>; rel="next"` },
          ],
  });
  expect(await github.findIssue("acme/app", "<!-- marker-1 -->", "incident", since)).toEqual({
    number: 4,
    url: "https://github.example/4",
  });
  expect(
    await github.findIssue("acme/app", "<!-- marker-2 -->", "incident", since),
  ).toBeUndefined();
  const { query } = calls.find(({ route }) => route === `GET ${repo}/issues`)!;
  expect(Object.fromEntries(query)).toMatchObject({
    labels: "incident",
    creator: "Bot",
    state: "all",
    per_page: "100",
  });
  expect(Date.parse(query.get("since") ?? "")).toBeLessThan(since.getTime());
  expect(calls.filter(({ route }) => route === "GET /user").length, "asked once").toBe(1);
});

test("a list that breaks off is not taken for an empty one", async () => {
  const { github } = await start({
    [`GET ${repo}/issues`]: (_call, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write("[");
      setImmediate(() => response.destroy());
    },
  });
  await expect(github.findIssue("acme/app", "m", "incident", since)).rejects.toMatchObject({
    name: "TransientError",
  });
});

test("an issue is closed with its label; one that was deleted, or is seen no more, is nothing to close", async () => {
  const { github, calls } = await start({
    [`POST ${repo}/issues/7/labels`]: () => [200, []],
    [`PATCH ${repo}/issues/7`]: () => [200, numbered(7)],
    [`POST ${repo}/issues/8/labels`]: () => [410, { message: "This issue was deleted" }],
    [`POST ${repo}/issues/9/labels`]: () => [403, { message: "Must have admin rights" }],
  });
  expect(await github.closeIssue("acme/app", 7, "drill")).toBe(true);
  expect(calls.map(({ body }) => body)).toEqual([{ labels: ["drill"] }, { state: "closed" }]);
  expect(await github.closeIssue("acme/app", 8, "drill")).toBe(false);
  expect(await github.closeIssue("acme/gone", 7, "drill")).toBe(false);
  await expect(github.closeIssue("acme/app", 9, "drill")).rejects.toMatchObject({
    name: "PermanentError",
  });
});

test("a deleted issue is told apart from a repository that cannot be seen", async () => {
  const { github, apiUrl } = await start({
    [`GET ${repo}`]: () => [200, { default_branch: "trunk" }],
    [`GET ${repo}/issues/7`]: () => [200, numbered(7)],
    [`GET ${repo}/issues/8`]: () => [410, { message: "This issue was deleted" }],
  });
  expect(github.placeOf(`${apiUrl}/acme/app/issues/7`)).toEqual({ repo: "acme/app", number: 7 });
  expect(await github.lookForIssue("acme/app", 7)).toBe("there");
  expect(await github.lookForIssue("acme/app", 8)).toBe("deleted");
  expect(await github.lookForIssue("acme/app", 9)).toBe("deleted");
  expect(await github.lookForIssue("acme/unseen", 7)).toBe("unseen");
});

test("whoever cannot be assigned is told apart from a failure", async () => {
  const { github } = await start({
    [`GET ${repo}/assignees/ada`]: () => [204, undefined],
    [`GET ${repo}/assignees/eve`]: () => [500, {}],
  });
  expect(await github.isAssignable("acme/app", "ada")).toBe(true);
  expect(await github.isAssignable("acme/app", "bob")).toBe(false);
  await expect(github.isAssignable("acme/app", "eve")).rejects.toMatchObject({
    name: "TransientError",
  });
});

const file = {
  branch: "faultline/inc-7",
  path: "postmortems/2026/inc-7-old-rule.md",
  text: "# Ümläute → ok\n",
  message: "Postmortem of incident 7",
};
const base64 = (text: string) => Buffer.from(text).toString("base64");
const contents = `${repo}/contents/${file.path}`;
const fromDefaultBranch: Record<string, Answer> = {
  [`GET ${repo}`]: () => [200, { default_branch: "trunk" }],
  [`GET ${repo}/git/ref/heads/trunk`]: () => [200, { object: { sha: "head-1" } }],
  [`PUT ${contents}`]: () => [201, {}],
};

test("a file goes onto a new branch from the default one, in one commit", async () => {
  const { github, calls } = await start({
    ...fromDefaultBranch,
    [`POST ${repo}/git/refs`]: () => [201, {}],
  });
  await github.commitFile("acme/app", file);
  const made = calls.find(({ route }) => route === `POST ${repo}/git/refs`);
  expect(made?.body).toEqual({ ref: "refs/heads/faultline/inc-7", sha: "head-1" });
  const put = calls.find(({ route }) => route === `PUT ${contents}`);
  expect(put?.body).toEqual({
    message: file.message,
    branch: file.branch,
    content: base64(file.text),
  });
});

test("a branch that somebody made at the same moment will do", async () => {
  const { github, routes } = await start({
    ...fromDefaultBranch,
    [`POST ${repo}/git/refs`]: () => [422, { message: "Reference already exists" }],
  });
  await github.commitFile("acme/app", file);
  expect(routes()).toContain(`PUT ${contents}`);
});

test("a file that reads so already is left alone, another is replaced by its sha", async () => {
  let standing = file.text;
  const { github, calls, routes } = await start({
    ...fromDefaultBranch,
    [`GET ${repo}/git/ref/heads/faultline/inc-7`]: () => [200, { object: { sha: "b" } }],
    [`GET ${contents}`]: () => [200, { type: "file", sha: "blob-1", content: base64(standing) }],
  });
  await github.commitFile("acme/app", file);
  expect(routes().some((route) => !route.startsWith("GET"))).toBe(false);
  standing = "something else";
  await github.commitFile("acme/app", file);
  expect(calls.at(-1)).toMatchObject({ route: `PUT ${contents}`, body: { sha: "blob-1" } });
});

test("the open pull request of a branch is found before a closed one", async () => {
  const head = { ref: file.branch };
  const { github, calls } = await start({
    [`GET ${repo}/pulls`]: () => [
      200,
      [numbered(9, { head, state: "closed" }), numbered(8, { head, state: "open" })],
    ],
  });
  expect(await github.findPullRequest("acme/app", file.branch)).toMatchObject({ number: 8 });
  expect(Object.fromEntries(calls[0]!.query)).toMatchObject({
    head: "acme:faultline/inc-7",
    state: "all",
  });
  expect(await github.findPullRequest("acme/app", "faultline/inc-8")).toBeUndefined();
});

test("a pull request that stands already is given back", async () => {
  const { github, calls } = await start({
    [`GET ${repo}`]: () => [200, { default_branch: "trunk" }],
    [`POST ${repo}/pulls`]: () => [422, { message: "A pull request already exists for acme:x." }],
    [`GET ${repo}/pulls`]: () => [
      200,
      [numbered(8, { head: { ref: file.branch }, state: "open" })],
    ],
  });
  const pull = { branch: file.branch, title: "t", body: "b" };
  expect(await github.createPullRequest("acme/app", pull)).toMatchObject({ number: 8 });
  const made = calls.find(({ route }) => route === `POST ${repo}/pulls`);
  expect(made?.body).toMatchObject({ head: file.branch, base: "trunk" });
});

test("a pull request that cannot be made is refused", async () => {
  const { github } = await start({
    [`GET ${repo}`]: () => [200, { default_branch: "trunk" }],
    [`POST ${repo}/pulls`]: () => [422, { message: "No commits between trunk and x" }],
    [`GET ${repo}/pulls`]: () => [200, []],
  });
  const pull = { branch: file.branch, title: "t", body: "b" };
  await expect(github.createPullRequest("acme/app", pull)).rejects.toMatchObject({
    name: "PermanentError",
  });
});

test("an App finds its installation by the repository, and itself as an author", async () => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2_048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const { apiUrl, calls } = await startFakeGitHub({
    "GET /repos/acme/app/installation": () => [200, { id: 42 }],
    "GET /app": () => [200, { slug: "faultline" }],
    "POST /app/installations/42/access_tokens": () => [
      201,
      { token: "ghs_1", expires_at: new Date(Date.now() + 3_600_000).toISOString() },
    ],
    [`GET ${repo}/issues`]: () => [
      200,
      [numbered(5, { body: "<!-- m -->", user: { login: "faultline[bot]" } })],
    ],
  });
  const github = createGitHubApi({ id: 1, privateKey }, { apiUrl, timeoutMs: 2_000 });
  const found = await github.findIssue("acme/app", "<!-- m -->", "incident", since);
  expect(found).toMatchObject({ number: 5 });
  const listed = calls.find(({ route }) => route === `GET ${repo}/issues`);
  expect(listed).toMatchObject({ authorization: "token ghs_1" });
  expect(listed?.query.get("creator")).toBe("faultline[bot]");
});

test("a key that is none is refused at the start", () => {
  const auth = { id: 1, privateKey: "-----BEGIN PRIVATE KEY-----\nx" };
  expect(() => createGitHubApi(auth, { apiUrl: "http://127.0.0.1:1", timeoutMs: 1 })).toThrow(
    "GITHUB_APP_PRIVATE_KEY",
  );
});

test("how GitHub was at the last call is known", async () => {
  const standing = new LastOutcome();
  const answers: Record<string, Answer> = { [`POST ${repo}/issues`]: () => [201, numbered(7)] };
  const { apiUrl } = await startFakeGitHub(answers);
  const github = createGitHubApi({ token: "ghp_1" }, { apiUrl, timeoutMs: 2_000, standing });
  const file = () =>
    github
      .createIssue("acme/app", { title: "t", body: "b", labels: [], assignees: [] })
      .then(() => standing.state)
      .catch(() => standing.state);
  expect(standing.state).toBeUndefined();
  expect(await file()).toBe("connected");
  answers[`POST ${repo}/issues`] = () => [502, {}];
  expect(await file()).toBe("away");
  answers[`POST ${repo}/issues`] = () => [404, {}];
  expect(await file(), "a no is an answer").toBe("connected");
  answers[`POST ${repo}/issues`] = (_call, response) => void response.destroy();
  expect(await file()).toBe("away");
  answers[`POST ${repo}/issues`] = () => [429, {}, { "retry-after": "5" }];
  expect(await file(), "so is being asked to wait").toBe("connected");
});
