import { isJson, type Json, objectsOf, textOf } from "#sandbox/json.ts";
import type {
  SandboxIssue,
  SandboxPullRequest,
  SandboxSeed,
  SandboxState,
} from "#sandbox/protocol.ts";
import type { Store } from "./emulator.ts";

/** Every issue and pull request, in the order of their numbers. */
export async function readRepositories(
  store: Store,
  repos: SandboxSeed["github"]["repos"],
): Promise<Pick<SandboxState, "issues" | "pullRequests">> {
  const issues: SandboxIssue[] = [];
  const pullRequests: SandboxPullRequest[] = [];
  for (const { owner, name } of repos) {
    const repo = `${owner}/${name}`;
    for (const issue of await readAll(store, `/repos/${repo}/issues`)) {
      issues.push({ ...toIssue(repo, issue), ...(await readComments(store, repo, issue)) });
    }
    for (const pull of await readAll(store, `/repos/${repo}/pulls`)) {
      pullRequests.push(await toPullRequest(store, repo, pull));
    }
  }
  return { issues, pullRequests };
}

/** Asked for only where there are some: the state is read often. */
async function readComments(
  store: Store,
  repo: string,
  issue: Json,
): Promise<{ comments?: string[] }> {
  if (issue["comments"] === 0) return {};
  const path = `/repos/${repo}/issues/${String(issue["number"])}/comments?per_page=100`;
  const comments = objectsOf((await store.ask("GET", path)).body);
  return { comments: comments.map((one) => textOf(one["body"]) ?? "") };
}

async function readAll(store: Store, path: string): Promise<Json[]> {
  const found: Json[] = [];
  for (let page = 1; ; page += 1) {
    const query = `state=all&sort=created&direction=asc&per_page=100&page=${page}`;
    const items = objectsOf((await store.ask("GET", `${path}?${query}`)).body);
    found.push(...items);
    if (items.length < 100)
      return found.toSorted((a, b) => Number(a["number"]) - Number(b["number"]));
  }
}

function toIssue(repo: string, issue: Json): SandboxIssue {
  return {
    repo,
    number: Number(issue["number"]),
    title: String(issue["title"]),
    body: textOf(issue["body"]) ?? "",
    labels: labelsOf(issue),
    assignees: objectsOf(issue["assignees"]).map((user) => String(user["login"])),
    state: String(issue["state"]),
    url: String(issue["html_url"]),
  };
}

async function toPullRequest(store: Store, repo: string, pull: Json): Promise<SandboxPullRequest> {
  const branch = refOf(pull["head"]);
  const compared = await store.ask(
    "GET",
    `/repos/${repo}/compare/${refOf(pull["base"])}...${branch}`,
  );
  const files: Record<string, string> = {};
  for (const file of isJson(compared.body) ? objectsOf(compared.body["files"]) : []) {
    const path = String(file["filename"]);
    const where = `${path.split("/").map(encodeURIComponent).join("/")}?ref=${encodeURIComponent(branch)}`;
    const { body } = await store.ask("GET", `/repos/${repo}/contents/${where}`);
    if (isJson(body)) files[path] = Buffer.from(String(body["content"]), "base64").toString("utf8");
  }
  return {
    repo,
    number: Number(pull["number"]),
    title: String(pull["title"]),
    body: textOf(pull["body"]) ?? "",
    branch,
    state: String(pull["state"]),
    labels: labelsOf(pull),
    url: String(pull["html_url"]),
    files,
  };
}

function labelsOf(issue: Json): string[] {
  return objectsOf(issue["labels"]).map((label) => String(label["name"]));
}

function refOf(side: unknown): string {
  return isJson(side) ? String(side["ref"]) : "";
}
