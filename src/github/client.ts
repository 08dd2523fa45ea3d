import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { PermanentError } from "#src/lib/errors.ts";
import { toAppError } from "./errors.ts";
import type { FiledIssue, GitHubApi, OpenedPullRequest, OutgoingIssue } from "./github-api.ts";

/** How the bot signs in: a token, or a GitHub App, whose installation is found where it is not given. */
export type GitHubAuth =
  | { token: string }
  | { id: number; privateKey: string; installationId?: number };

/**
 * GitHub over Octokit. No call is retried here: the engine decides, after a look whether the first
 * one took effect. `timeoutMs` bounds each call.
 */
export function createGitHubApi(
  auth: GitHubAuth,
  options: { apiUrl: string; timeoutMs: number },
): GitHubApi {
  const connection = new Connection(auth, options);
  return {
    createIssue: (repo, issue) =>
      connection.call(repo, (octokit, at) => createIssue(octokit, at, issue)),
    findIssue: (repo, marker, label, since) =>
      connection.call(repo, async (octokit, at) =>
        findIssue(octokit, at, { marker, label, since, creator: await connection.login(octokit) }),
      ),
    isAssignable: (repo, login) =>
      connection.call(repo, (octokit, at) => isAssignable(octokit, at, login)),
    commitFile: (repo, file) =>
      connection.call(repo, (octokit, at) => commitFile(octokit, at, file)),
    findPullRequest: (repo, branch) =>
      connection.call(repo, (octokit, at) => findPullRequest(octokit, at, branch)),
    createPullRequest: (repo, pull) =>
      connection.call(repo, (octokit, at) => createPullRequest(octokit, at, pull)),
  };
}

interface RepoParams {
  owner: string;
  repo: string;
}

class Connection {
  readonly #auth: GitHubAuth;
  readonly #options: { apiUrl: string; timeoutMs: number };
  /** By owner: an app has an installation for each. */
  readonly #octokits = new Map<string, Promise<Octokit>>();
  #login: Promise<string> | undefined;

  constructor(auth: GitHubAuth, options: { apiUrl: string; timeoutMs: number }) {
    this.#auth = auth;
    this.#options = options;
  }

  /** Runs calls about one repository; what they throw comes out as our kinds. */
  async call<Value>(
    name: string,
    work: (octokit: Octokit, at: RepoParams) => Promise<Value>,
  ): Promise<Value> {
    const [owner = "", repo = ""] = name.split("/");
    try {
      return await work(await this.#octokitFor({ owner, repo }), { owner, repo });
    } catch (error) {
      throw toAppError(error);
    }
  }

  /** Who we are as an author: the token's login, or `<slug>[bot]`. */
  login(octokit: Octokit): Promise<string> {
    this.#login ??= this.#findLogin(octokit).catch((error: unknown) => {
      this.#login = undefined;
      throw error;
    });
    return this.#login;
  }

  async #findLogin(octokit: Octokit): Promise<string> {
    if ("token" in this.#auth) return (await octokit.users.getAuthenticated()).data.login;
    const { data } = await this.#appOctokit().apps.getAuthenticated();
    if (!data)
      throw new PermanentError("github_app", "GitHub does not know this app. Check GITHUB_APP_ID.");
    return `${data.slug}[bot]`;
  }

  #octokitFor(at: RepoParams): Promise<Octokit> {
    const known = this.#octokits.get(at.owner);
    if (known) return known;
    const made = this.#makeOctokit(at).catch((error: unknown) => {
      this.#octokits.delete(at.owner);
      throw error;
    });
    this.#octokits.set(at.owner, made);
    return made;
  }

  async #makeOctokit(at: RepoParams): Promise<Octokit> {
    const auth = this.#auth;
    if ("token" in auth) return new Octokit({ ...this.#common(), auth: auth.token });
    const installationId =
      auth.installationId ?? (await this.#appOctokit().apps.getRepoInstallation({ ...at })).data.id;
    return new Octokit({
      ...this.#common(),
      authStrategy: createAppAuth,
      auth: { appId: auth.id, privateKey: auth.privateKey, installationId },
    });
  }

  #appOctokit(): Octokit {
    const auth = this.#auth as Exclude<GitHubAuth, { token: string }>;
    return new Octokit({
      ...this.#common(),
      authStrategy: createAppAuth,
      auth: { appId: auth.id, privateKey: auth.privateKey },
    });
  }

  #common() {
    const { apiUrl, timeoutMs } = this.#options;
    const quiet = () => undefined;
    return {
      baseUrl: apiUrl,
      userAgent: "faultline",
      // what fails is logged by the worker, with ids alone
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      request: {
        fetch: (url: string | URL, init?: RequestInit) =>
          fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
      },
    };
  }
}

async function createIssue(
  octokit: Octokit,
  at: RepoParams,
  issue: OutgoingIssue,
): Promise<FiledIssue> {
  const { data } = await octokit.issues.create({ ...at, ...issue });
  return { number: data.number, url: data.html_url };
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
        issue.user?.login === by.creator &&
        issue.body?.includes(by.marker),
    );
    if (found) return { number: found.number, url: found.html_url };
  }
  return undefined;
}

async function isAssignable(octokit: Octokit, at: RepoParams, login: string): Promise<boolean> {
  try {
    await octokit.issues.checkUserCanBeAssigned({ ...at, assignee: login });
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

async function commitFile(
  octokit: Octokit,
  at: RepoParams,
  file: { branch: string; path: string; text: string; message: string },
): Promise<void> {
  await makeBranch(octokit, at, file.branch);
  const standing = await findFile(octokit, at, file);
  const content = Buffer.from(file.text, "utf8").toString("base64");
  if (standing && Buffer.from(standing.content, "base64").toString("utf8") === file.text) return;
  await octokit.repos.createOrUpdateFileContents({
    ...at,
    path: file.path,
    branch: file.branch,
    message: file.message,
    content,
    ...(standing ? { sha: standing.sha } : {}),
  });
}

async function makeBranch(octokit: Octokit, at: RepoParams, branch: string): Promise<void> {
  const { data: repo } = await octokit.repos.get({ ...at });
  const { data: head } = await octokit.git.getRef({ ...at, ref: `heads/${repo.default_branch}` });
  try {
    await octokit.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: head.object.sha });
  } catch (error) {
    // 422 is said of a branch that stands already: an earlier attempt made it
    if (statusOf(error) !== 422) throw error;
  }
}

async function findFile(
  octokit: Octokit,
  at: RepoParams,
  file: { branch: string; path: string },
): Promise<{ sha: string; content: string } | undefined> {
  try {
    const { data } = await octokit.repos.getContent({ ...at, path: file.path, ref: file.branch });
    return Array.isArray(data) || data.type !== "file" ? undefined : data;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

async function findPullRequest(
  octokit: Octokit,
  at: RepoParams,
  branch: string,
): Promise<OpenedPullRequest | undefined> {
  const { data } = await octokit.pulls.list({
    ...at,
    head: `${at.owner}:${branch}`,
    state: "all",
    per_page: 100,
  });
  const found = data.find((pull) => pull.head.ref === branch);
  return found && { number: found.number, url: found.html_url };
}

async function createPullRequest(
  octokit: Octokit,
  at: RepoParams,
  pull: { branch: string; title: string; body: string },
): Promise<OpenedPullRequest> {
  const { data: repo } = await octokit.repos.get({ ...at });
  const { data } = await octokit.pulls.create({
    ...at,
    head: pull.branch,
    base: repo.default_branch,
    title: pull.title,
    body: pull.body,
  });
  return { number: data.number, url: data.html_url };
}

function statusOf(error: unknown): number | undefined {
  return (error as { status?: number }).status;
}
