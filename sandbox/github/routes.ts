/** The routes of https://docs.github.com/en/rest that have a name on the wire. */
const names = [
  "GET /user",
  "GET /app",
  "GET /app/installations",
  "GET /app/installations/{installation_id}",
  "POST /app/installations/{installation_id}/access_tokens",
  "GET /repos/{owner}/{repo}/installation",
  "GET /repos/{owner}/{repo}",
  "GET /repos/{owner}/{repo}/assignees/{assignee}",
  "GET /repos/{owner}/{repo}/issues",
  "POST /repos/{owner}/{repo}/issues",
  "GET /repos/{owner}/{repo}/issues/{issue_number}",
  "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/assignees",
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
  "GET /repos/{owner}/{repo}/labels",
  "POST /repos/{owner}/{repo}/labels",
  "GET /repos/{owner}/{repo}/pulls",
  "POST /repos/{owner}/{repo}/pulls",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}",
  "PATCH /repos/{owner}/{repo}/pulls/{pull_number}",
  "POST /repos/{owner}/{repo}/git/refs",
  "GET /repos/{owner}/{repo}/git/ref/{ref}",
  "GET /repos/{owner}/{repo}/contents/{path}",
  "PUT /repos/{owner}/{repo}/contents/{path}",
] as const;

export type RouteName = (typeof names)[number];

/** Parameters that hold slashes, as Octokit leaves or escapes them. */
const wide = new Set(["ref", "path"]);

const routes = names.map((name) => {
  const pattern = name.replaceAll(/\{(\w+)\}/g, (_, param: string) =>
    wide.has(param) ? `(?<${param}>.+)` : `(?<${param}>[^/]+)`,
  );
  return { name, pattern: new RegExp(`^${pattern}$`) };
});

/** The route of a request and its parameters, or undefined where it has no name here. */
export function findRoute(
  method: string,
  pathname: string,
): { name: RouteName; params: Record<string, string> } | undefined {
  for (const { name, pattern } of routes) {
    const match = pattern.exec(`${method} ${pathname}`);
    if (!match) continue;
    const params = Object.entries(match.groups ?? {}).map(([param, value]) => [
      param,
      decodeURIComponent(value),
    ]);
    return { name, params: Object.fromEntries(params) };
  }
  return undefined;
}
