import type { Answer } from "#sandbox/edge.ts";
import { isJson, type Json, objectsOf, textOf } from "#sandbox/json.ts";
import type { GitHubCall } from "./rules.ts";

/**
 * https://docs.github.com/en/rest/issues/issues#list-repository-issues: pull requests are among
 * them; `since` is compared with the whole seconds GitHub tells.
 */
export async function listIssues(call: GitHubCall): Promise<Answer> {
  const { query, params } = call;
  const repo = `/repos/${params["owner"]}/${params["repo"]}`;
  const issues = await allPages(call, `${repo}/issues?state=all`);
  if (!Array.isArray(issues)) return issues;
  const pulls = await allPages(call, `${repo}/pulls?state=all`);
  const all = [...issues, ...(Array.isArray(pulls) ? pulls.map(toIssue) : [])];
  const kept = all.filter((issue) => isWanted(issue, query)).toSorted(order(query));
  return page(call, kept);
}

/** A pull request as the issue it is too. */
export function toIssue(pull: Json): Json {
  const { url, html_url, diff_url, patch_url, merged_at } = pull;
  return {
    ...pull,
    url: pull["issue_url"],
    pull_request: { url, html_url, diff_url, patch_url, merged_at },
  };
}

async function allPages(call: GitHubCall, path: string): Promise<Json[] | Answer> {
  const found: Json[] = [];
  for (let number = 1; ; number += 1) {
    const answer = await call.store.ask("GET", `${path}&per_page=100&page=${number}`);
    if (answer.status !== 200) return answer;
    const items = objectsOf(answer.body);
    found.push(...items);
    if (items.length < 100) return found;
  }
}

function isWanted(issue: Json, query: URLSearchParams): boolean {
  const state = query.get("state") ?? "open";
  if (state !== "all" && issue["state"] !== state) return false;
  const names = objectsOf(issue["labels"]).map((label) => label["name"]);
  const labels = (query.get("labels") ?? "").split(",").filter(Boolean);
  if (!labels.every((label) => names.includes(label))) return false;
  const creator = query.get("creator");
  if (creator !== null && loginIn(issue["user"]) !== creator.toLowerCase()) return false;
  const assignee = query.get("assignee")?.toLowerCase();
  if (
    assignee !== undefined &&
    !objectsOf(issue["assignees"]).some((one) => loginIn(one) === assignee)
  ) {
    return false;
  }
  const since = query.get("since");
  return since === null || Date.parse(String(issue["updated_at"])) >= Date.parse(since);
}

function order(query: URLSearchParams): (a: Json, b: Json) => number {
  const sign = query.get("direction") === "asc" ? 1 : -1;
  const field = query.get("sort") === "updated" ? "updated_at" : "created_at";
  return (a, b) =>
    sign *
    (String(a[field]).localeCompare(String(b[field])) || Number(a["number"]) - Number(b["number"]));
}

function page(call: GitHubCall, items: Json[]): Answer {
  const size = Math.min(Number(call.query.get("per_page") ?? 30), 100);
  const number = Number(call.query.get("page") ?? 1);
  const end = number * size;
  const body = items.slice(end - size, end);
  if (end >= items.length) return { status: 200, body };
  const next = new URLSearchParams(call.query);
  next.set("page", String(number + 1));
  const [pathname] = call.path.split("?");
  return {
    status: 200,
    body,
    headers: { link: `<${call.frontUrl}${pathname}?${next.toString()}>; rel="next"` },
  };
}

function loginIn(user: unknown): string | undefined {
  return isJson(user) ? textOf(user["login"])?.toLowerCase() : undefined;
}
