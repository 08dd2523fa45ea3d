import { createEmulator, type Emulator } from "emulate";
import type { Answer } from "#sandbox/edge.ts";
import { parseJson } from "#sandbox/json.ts";
import type { SandboxSeed } from "#sandbox/protocol.ts";

/** The store behind our front: emulate keeps repositories, issues, branches and pull requests. */
export interface Store {
  /**
   * Hands a request on; `path` with its query. URLs in the answer point at the front.
   * `authorization` is the header of whom it is asked for; default: the seed's login.
   */
  ask(
    method: string,
    path: string,
    body?: string,
    authorization?: string,
  ): Promise<Answer & { headers: Record<string, string> }>;
  close(): Promise<void>;
}

/**
 * emulate allows 5,000 calls an hour and token and cannot be told otherwise. The rate limit is not
 * its business here (faults set it), so that the front spreads its calls over many tokens.
 */
const tokens = Array.from({ length: 40 }, (_, index) => `sandbox-${index}`);

/** Starts emulate with the seed's people and repositories, each with a first commit on `main`. */
export async function startStore(github: SandboxSeed["github"], frontUrl: string): Promise<Store> {
  const emulator = await createEmulator({ service: "github", port: 0, seed: toSeed(github) });
  const inner = emulator.url.replace("localhost", "127.0.0.1");
  let turn = 0;
  return {
    async ask(method, path, body, authorization) {
      turn += 1;
      const response = await fetch(inner + path, {
        method,
        headers: {
          authorization: authorization ?? `token ${tokens[turn % tokens.length]}`,
          "content-type": "application/json",
        },
        ...(body === undefined || body === "" ? {} : { body }),
      });
      const text = outward(await response.text(), emulator, frontUrl);
      return {
        status: response.status,
        body: text === "" ? undefined : (parseJson(text) ?? text),
        headers: linkOf(response, emulator, frontUrl),
      };
    },
    close: () => emulator.close(),
  };
}

/** What the App may do, as its own settings say it on GitHub. */
const appPermissions = {
  metadata: "read",
  contents: "write",
  issues: "write",
  pull_requests: "write",
};

function toSeed({ login, users, repos, app }: SandboxSeed["github"]) {
  const people = [...new Set([login, ...users])];
  const owners = [...new Set(repos.map((repo) => repo.owner))];
  return {
    tokens: Object.fromEntries(tokens.map((token) => [token, { login, scopes: ["repo", "user"] }])),
    github: {
      users: people.map((person) => ({ login: person })),
      orgs: owners
        .filter((owner) => !people.includes(owner))
        .map((owner) => ({
          login: owner,
          name: owner,
          members: people.map((person) => ({
            login: person,
            role: person === login ? "admin" : "member",
          })),
        })),
      repos: repos.map(({ owner, name }) => ({ owner, name, auto_init: true })),
      apps: (app ? [app] : []).map(({ id, slug, privateKey }) => ({
        app_id: id,
        slug,
        name: slug,
        permissions: appPermissions,
        events: [],
        private_key: privateKey,
        installations: owners.map((account, index) => ({
          installation_id: 1_000 + index,
          account,
        })),
      })),
    },
  };
}

/** GitHub tells times in whole seconds, which matters to whoever lists with `since`. */
function outward(text: string, emulator: Emulator, frontUrl: string): string {
  return text
    .replaceAll(emulator.url, frontUrl)
    .replaceAll(/"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{3}Z"/g, '"$1Z"');
}

function linkOf(response: Response, emulator: Emulator, frontUrl: string): Record<string, string> {
  const link = response.headers.get("link");
  return link === null ? {} : { link: link.replaceAll(emulator.url, frontUrl) };
}
