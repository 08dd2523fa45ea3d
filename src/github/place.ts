/** Where an issue or a pull request is. */
export interface GitHubPlace {
  /** `owner/name` */
  repo: string;
  number: number;
}

/**
 * Where the issue or pull request of this address is, on the GitHub whose API is at `apiUrl`; undefined
 * where the address is none such, or of another GitHub, whose numbers mean something else. The web is
 * on the API's host, or on the one that is left without `api.` (docs.github.com, "Getting started with
 * the REST API": `api.github.com`, `api.SUBDOMAIN.ghe.com`, `HOSTNAME/api/v3`).
 */
export function placeOf(apiUrl: string, url: string): GitHubPlace | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host: apiHost } = new URL(apiUrl);
  const { host, pathname } = new URL(url);
  if (host !== apiHost && host !== apiHost.replace(/^api\./, "")) return undefined;
  const found = /^\/([\w.-]+\/[\w.-]+)\/(?:issues|pull)\/([1-9]\d*)$/.exec(pathname);
  return found ? { repo: found[1]!, number: Number(found[2]) } : undefined;
}
