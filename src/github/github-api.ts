import type { GitHubPlace } from "./place.ts";

/**
 * GitHub as this service uses it. Every call throws TransientError or PermanentError (`errors.ts`),
 * never an error of Octokit's; none retries. `repo` is `owner/name`.
 */
export interface GitHubApi {
  /** POST issues. Labels that do not exist are made by GitHub. */
  createIssue(repo: string, issue: OutgoingIssue): Promise<FiledIssue>;
  /**
   * Our own issue that carries this marker, by *listing* (label, creator, since), never by search,
   * which lags; pull requests are skipped.
   */
  findIssue(
    repo: string,
    marker: string,
    label: string,
    since: Date,
  ): Promise<FiledIssue | undefined>;
  /** GET assignees/{login}: whether this person can be assigned there. */
  isAssignable(repo: string, login: string): Promise<boolean>;
  /** No call: where the issue or pull request of this address is; undefined where it is not on this GitHub. */
  placeOf(url: string): GitHubPlace | undefined;
  /**
   * PATCH issues/{number}, after its labels: closes an issue or a pull request of ours. False where
   * there is nothing to close: it was deleted, or cannot be seen any more.
   */
  closeIssue(repo: string, number: number, label: string): Promise<boolean>;
  /** GET issues/{number}: whether it still stands there; unseen where the repository itself cannot be seen. */
  lookForIssue(repo: string, number: number): Promise<"there" | "deleted" | "unseen">;
  /** Puts one file on a branch made from the default branch (made where it is missing), in one commit; nothing where it reads so already. */
  commitFile(
    repo: string,
    file: { branch: string; path: string; text: string; message: string },
  ): Promise<void>;
  /** Our own pull request from this branch, open or not, by listing. */
  findPullRequest(repo: string, branch: string): Promise<OpenedPullRequest | undefined>;
  createPullRequest(
    repo: string,
    pull: { branch: string; title: string; body: string },
  ): Promise<OpenedPullRequest>;
}

export interface OutgoingIssue {
  title: string;
  /** Holds the marker, an HTML comment. */
  body: string;
  labels: string[];
  assignees: string[];
}
export interface FiledIssue {
  number: number;
  url: string;
}
export interface OpenedPullRequest {
  number: number;
  url: string;
}
