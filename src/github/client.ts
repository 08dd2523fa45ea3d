import type { Octokit } from "@octokit/rest";
import { PermanentError, TransientError } from "#src/lib/errors.ts";
import {
  Connection,
  type ConnectionOptions,
  type GitHubAuth,
  type RepoParams,
} from "./connection.ts";
import { hasStatus } from "./errors.ts";
import { placeOf } from "./place.ts";
import type { FiledIssue, GitHubApi, OpenedPullRequest, OutgoingIssue } from "./github-api.ts";

/**
 * GitHub over Octokit. No call is retried here: the engine decides, after a look whether the first
 * one took effect. `timeoutMs` bounds each call. Throws PermanentError where the App's key is no key.
 */
export function createGitHubApi(auth: GitHubAuth, options: ConnectionOptions): GitHubApi {
  const connection = new Connection(auth, options);
  return {
    placeOf: (url) => placeOf(options.apiUrl, url),
    createIssue: (repo, issue) =>
      connection.call(repo, (octokit, at) => createIssue(octokit, at, issue)),
    findIssue: (repo, marker, label, since) =>
      connection.call(repo, async (octokit, at) =>
        findIssue(octokit, at, { marker, label, since, creator: await connection.login(octokit) }),
      ),
    isAssignable: (repo, login) =>
      connection.call(repo, (octokit, at) => isAssignable(octokit, at, login)),
    closeIssue: (repo, number, label) =>
      connection.call(repo, (octokit, at) => closeIssue(octokit, at, number, label)),
    lookForIssue: (repo, number) =>
      connection.call(repo, (octokit, at) => lookForIssue(octokit, at, number)),
    commitFile: (repo, file) =>
      connection.call(repo, (octokit, at) => commitFile(octokit, at, file)),
    findPullRequest: (repo, branch) =>
      connection.call(repo, (octokit, at) => findPullRequest(octokit, at, branch)),
    createPullRequest: (repo, pull) =>
      connection.call(repo, (octokit, at) => createPullRequest(octokit, at, pull)),
  };
}

async function createIssue(
  octokit: Octokit,
  at: RepoParams,
  issue: OutgoingIssue,
): Promise<FiledIssue> {
  const { data } = await octokit.issues.create({ ...at, ...issue });
  return numbered(data);
}

async function findIssue(
  octokit: Octokit,
  at: RepoParams,
  by: { marker: string; label: string; since: Date; creator: string },
): Promise<FiledIssue | undefined> {
  const pages = octokit.paginate.iterator(octokit.issues.listForRepo, {
    ...at,
    labels: by.label,
    creator: by.creator,
    // a minute of grace: GitHub's clock is not ours
    since: new Date(by.since.getTime() - 60_000).toISOString(),
    state: "all",
    per_page: 100,
  });
  for await (const { data } of pages) {
    const found = data.find(
      (issue) =>
        issue.pull_request === undefined &&
        isSameLogin(issue.user?.login, by.creator) &&
        issue.body?.includes(by.marker),
    );
    if (found) return numbered(found);
  }
  return undefined;
}

async function isAssignable(octokit: Octokit, at: RepoParams, login: string): Promise<boolean> {
  const found = await unless(404, () =>
    octokit.issues.checkUserCanBeAssigned({ ...at, assignee: login }),
  );
  return found !== undefined;
}

/** For GitHub a pull request is an issue, too; adding a label that is there changes nothing. */
async function closeIssue(
  octokit: Octokit,
  at: RepoParams,
  number: number,
  label: string,
): Promise<boolean> {
  const close = async () => {
    await octokit.issues.addLabels({ ...at, issue_number: number, labels: [label] });
    await octokit.issues.update({ ...at, issue_number: number, state: "closed" });
    return true;
  };
  return (await unlessGone(close)) ?? false;
}

async function lookForIssue(
  octokit: Octokit,
  at: RepoParams,
  number: number,
): Promise<"there" | "deleted" | "unseen"> {
  if (await unlessGone(() => octokit.issues.get({ ...at, issue_number: number }))) return "there";
  // a repository that we may not see any more says the same of every issue
  return (await unless(404, () => octokit.repos.get({ ...at }))) ? "deleted" : "unseen";
}

/** Undefined where an issue is gone: 410 is said of one that was deleted, 404 where that is not told. */
function unlessGone<Answer>(run: () => Promise<Answer>): Promise<Answer | undefined> {
  return unless(410, () => unless(404, run));
}

async function commitFile(
  octokit: Octokit,
  at: RepoParams,
  file: { branch: string; path: string; text: string; message: string },
): Promise<void> {
  const { branch, path, message } = file;
  await makeBranch(octokit, at, branch);
  const standing = await findFile(octokit, at, file);
  const content = Buffer.from(file.text, "utf8");
  if (standing && Buffer.from(standing.content, "base64").equals(content)) return;
  await octokit.repos.createOrUpdateFileContents({
    ...at,
    path,
    branch,
    message,
    content: content.toString("base64"),
    ...(standing ? { sha: standing.sha } : {}),
  });
}

async function makeBranch(octokit: Octokit, at: RepoParams, branch: string): Promise<void> {
  if (await unless(404, () => octokit.git.getRef({ ...at, ref: `heads/${branch}` }))) return;
  const { data: repo } = await octokit.repos.get({ ...at });
  const { data: head } = await octokit.git.getRef({ ...at, ref: `heads/${repo.default_branch}` });
  // 422 is said of a branch that stands already: somebody was faster
  await unless(422, () =>
    octokit.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: head.object.sha }),
  );
}

async function findFile(
  octokit: Octokit,
  at: RepoParams,
  file: { branch: string; path: string },
): Promise<{ sha: string; content: string } | undefined> {
  const found = await unless(404, () =>
    octokit.repos.getContent({ ...at, path: file.path, ref: file.branch }),
  );
  if (!found) return undefined;
  const { data } = found;
  if (Array.isArray(data) || data.type !== "file") {
    throw new PermanentError("not_a_file", `something else stands at ${file.path}`);
  }
  return data;
}

/** The open one of this branch, else the newest. */
async function findPullRequest(
  octokit: Octokit,
  at: RepoParams,
  branch: string,
): Promise<OpenedPullRequest | undefined> {
  const { data } = await octokit.pulls.list({
    ...at,
    head: `${at.owner}:${branch}`,
    state: "all",
    sort: "created",
    direction: "desc",
    per_page: 100,
  });
  const ours = data.filter((pull) => pull.head.ref === branch);
  const found = ours.find((pull) => pull.state === "open") ?? ours[0];
  return found && numbered(found);
}

async function createPullRequest(
  octokit: Octokit,
  at: RepoParams,
  pull: { branch: string; title: string; body: string },
): Promise<OpenedPullRequest> {
  const { data: repo } = await octokit.repos.get({ ...at });
  const base = repo.default_branch;
  try {
    const { branch: head, title, body } = pull;
    return numbered((await octokit.pulls.create({ ...at, head, base, title, body })).data);
  } catch (error) {
    // 422 is said, among others, where one of this branch is open already
    const standing = hasStatus(error, 422)
      ? await findPullRequest(octokit, at, pull.branch)
      : undefined;
    if (!standing) throw error;
    return standing;
  }
}

/** Undefined where GitHub answers with this status. */
async function unless<Answer>(
  status: number,
  run: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await run();
  } catch (error) {
    if (hasStatus(error, status)) return undefined;
    throw error;
  }
}

/** GitHub's logins are the same in any case. */
function isSameLogin(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

/** An answer without its number is none: it may well have been done. */
function numbered(data: { number: number; html_url: string }): { number: number; url: string } {
  if (typeof data.number !== "number") {
    throw new TransientError("bad_answer", "GitHub's answer lacks a number");
  }
  return { number: data.number, url: data.html_url };
}
