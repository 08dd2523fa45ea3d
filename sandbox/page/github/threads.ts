import type { SandboxIssue, SandboxPullRequest } from "#sandbox/protocol.ts";

/** An issue or a pull request, which GitHub shows alike. */
export type Thread = ({ kind: "issue" } & SandboxIssue) | ({ kind: "pull" } & SandboxPullRequest);
export type Kind = Thread["kind"];

/** The thread that an address leads to; undefined where it is none of this sandbox's. */
export function findThread(
  url: string,
  issues: readonly SandboxIssue[],
  pulls: readonly SandboxPullRequest[],
): Thread | undefined {
  const wanted = plain(url);
  const issue = issues.find((one) => plain(one.url) === wanted);
  if (issue) return { kind: "issue", ...issue };
  const pull = pulls.find((one) => plain(one.url) === wanted);
  return pull && { kind: "pull", ...pull };
}

/** By repository, as GitHub lists them: the newest first. */
export function byRepository<Item extends { repo: string; number: number }>(
  items: readonly Item[],
): [repo: string, items: Item[]][] {
  return [...Map.groupBy(items, ({ repo }) => repo)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([repo, items]) => [repo, items.toSorted((a, b) => b.number - a.number)]);
}

/** "3 open", "2 open, 1 closed". */
export function countOf(items: readonly { state: string }[]): string {
  const open = items.filter(({ state }) => state === "open").length;
  const closed = items.length - open;
  return closed === 0 ? `${open} open` : `${open} open, ${closed} closed`;
}

/** "open" is shown as "Open". */
export function stateInWords(state: string): string {
  return state.slice(0, 1).toUpperCase() + state.slice(1);
}

function plain(url: string): string {
  return url.replace(/[?#].*$/, "").replace(/\/$/, "");
}
