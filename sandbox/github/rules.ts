import type { Answer } from "#sandbox/edge.ts";
import { isJson, type Json, objectsOf, textOf } from "#sandbox/json.ts";
import type { SandboxSeed } from "#sandbox/protocol.ts";
import type { Store } from "./emulator.ts";
import { listIssues, toIssue } from "./issue-list.ts";
import type { RouteName } from "./routes.ts";

/** One request of the bot's. */
export interface GitHubCall {
  store: Store;
  github: SandboxSeed["github"];
  frontUrl: string;
  method: string;
  /** As it came, with its query. */
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  body: Json;
  rawBody: string;
  /** For the store: of an App; undefined for the seed's login. */
  authorization: string | undefined;
}

const maxBody = 65_536;
const maxTitle = 256;

type Rule = (call: GitHubCall) => Promise<Answer>;

/** Where emulate is laxer than GitHub, or lacks a thing; every other request is handed on as it is. */
export const rules: Partial<Record<RouteName, Rule>> = {
  // https://docs.github.com/en/rest/issues/assignees: 204 where the person can be assigned, else 404.
  "GET /repos/{owner}/{repo}/assignees/{assignee}": async (call) =>
    loginOf(call, call.params["assignee"]) === undefined
      ? notFound()
      : { status: 204, body: undefined },

  "GET /repos/{owner}/{repo}/issues": listIssues,

  "POST /repos/{owner}/{repo}/issues": async (call) => writeIssue(call),

  // A pull request is an issue too, here and below.
  "PATCH /repos/{owner}/{repo}/issues/{issue_number}": async (call) => {
    const issue = await writeIssue(call);
    return issue.status === 404 ? writePullRequest(call) : issue;
  },

  "GET /repos/{owner}/{repo}/issues/{issue_number}": async (call) => {
    const issue = await handOn(call);
    if (issue.status !== 404) return issue;
    const pull = await call.store.ask("GET", call.path.replace("/issues/", "/pulls/"));
    return pull.status === 200 ? { ...pull, body: toIssue(pull.body as Json) } : issue;
  },

  // Who cannot be assigned is left out without a word, https://docs.github.com/en/rest/issues/assignees.
  "POST /repos/{owner}/{repo}/issues/{issue_number}/assignees": async (call) => {
    const { assignees } = call.body;
    const logins = Array.isArray(assignees) ? assignees.map(String) : [];
    const known = logins.flatMap((login) => loginOf(call, login) ?? []);
    return handOn({ ...call, rawBody: JSON.stringify({ assignees: known }) });
  },

  "POST /repos/{owner}/{repo}/pulls": async (call) => {
    const tooLong = lengthFault("PullRequest", call.body) ?? (await pullFault(call));
    return tooLong ?? handOn(call);
  },
};

/** Lets the store answer. */
export function handOn(call: GitHubCall): Promise<Answer> {
  return call.store.ask(call.method, call.path, call.rawBody, call.authorization);
}

async function writeIssue(call: GitHubCall): Promise<Answer> {
  const tooLong = lengthFault("Issue", call.body);
  if (tooLong) return tooLong;
  const { assignees } = call.body;
  if (!Array.isArray(assignees)) return handOn(call);
  const unknown = assignees.find((login) => loginOf(call, String(login)) === undefined);
  if (unknown !== undefined) {
    return invalid({ resource: "Issue", field: "assignees", code: "invalid", value: unknown });
  }
  // Logins are the same in any case; the store knows one spelling.
  const known = assignees.map((login) => loginOf(call, String(login)));
  return handOn({ ...call, rawBody: JSON.stringify({ ...call.body, assignees: known }) });
}

/** The store changes a pull request as such, and its labels by themselves. */
async function writePullRequest(call: GitHubCall): Promise<Answer> {
  const { body, store, authorization } = call;
  const path = call.path.replace("/issues/", "/pulls/");
  const pull = await store.ask("PATCH", path, call.rawBody, authorization);
  if (pull.status !== 200) return pull;
  if (Array.isArray(body["labels"])) {
    const labels = JSON.stringify({ labels: body["labels"] });
    await store.ask("PUT", `${call.path}/labels`, labels, authorization);
  }
  const changed = await store.ask("GET", path, "", authorization);
  return { ...changed, body: toIssue(changed.body as Json) };
}

/** https://docs.github.com/en/rest/pulls/pulls: one open pull request from a branch, which must differ. */
async function pullFault(call: GitHubCall): Promise<Answer | undefined> {
  const { store, params, body } = call;
  const repo = `/repos/${params["owner"]}/${params["repo"]}`;
  const branch = textOf(body["head"])?.replace(/^.*:/, "") ?? "";
  const base = textOf(body["base"]) ?? "";
  const ask = (path: string) => store.ask("GET", repo + path);
  for (const [field, ref] of Object.entries({ head: branch, base })) {
    const found = await ask(`/git/ref/heads/${ref}`);
    if (found.status !== 200) return invalid({ resource: "PullRequest", field, code: "invalid" });
  }
  const open = await ask(`/pulls?state=open&per_page=100`);
  if (objectsOf(open.body).some((pull) => isJson(pull["head"]) && pull["head"]["ref"] === branch)) {
    const message = `A pull request already exists for ${params["owner"]}:${branch}.`;
    return invalid({ resource: "PullRequest", code: "custom", message });
  }
  const compared = await ask(`/compare/${base}...${branch}`);
  if (isJson(compared.body) && compared.body["ahead_by"] === 0) {
    const message = `No commits between ${base} and ${branch}`;
    return invalid({ resource: "PullRequest", code: "custom", message });
  }
  return undefined;
}

function lengthFault(resource: string, body: Json): Answer | undefined {
  for (const [field, most] of Object.entries({ title: maxTitle, body: maxBody })) {
    if ((textOf(body[field])?.length ?? 0) <= most) continue;
    const message = `${field} is too long (maximum is ${most} characters)`;
    return invalid({ resource, field, code: "custom", message });
  }
  return undefined;
}

/** The person's login as it is written, where they can be assigned. */
function loginOf({ github }: GitHubCall, login: string | undefined): string | undefined {
  return [github.login, ...github.users].find((one) => one.toLowerCase() === login?.toLowerCase());
}

function invalid(error: Json): Answer {
  return { status: 422, body: { message: "Validation Failed", errors: [error], status: "422" } };
}

function notFound(): Answer {
  return { status: 404, body: { message: "Not Found", status: "404" } };
}
