import { createPrivateKey } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { PermanentError } from "#src/lib/errors.ts";
import type { LastOutcome } from "#src/lib/last-outcome.ts";
import { toAppError } from "./errors.ts";

/** How the bot signs in: a token, or a GitHub App, whose installation is found where it is not given. */
export type GitHubAuth =
  | { token: string }
  | { id: number; privateKey: string; installationId?: number };

export interface ConnectionOptions {
  apiUrl: string;
  timeoutMs: number;
  /** Is told how each call ended. */
  standing?: LastOutcome;
}

export interface RepoParams {
  owner: string;
  repo: string;
}

/** Signed-in access to GitHub; one Octokit for each owner, since an App has an installation for each. */
export class Connection {
  readonly #auth: GitHubAuth;
  readonly #options: ConnectionOptions;
  readonly #octokits = new Map<string, Promise<Octokit>>();
  #login: Promise<string> | undefined;

  constructor(auth: GitHubAuth, options: ConnectionOptions) {
    if ("privateKey" in auth) checkKey(auth.privateKey);
    this.#auth = auth;
    this.#options = options;
  }

  /** Runs calls about one repository (`owner/name`); what they throw comes out as our kinds. */
  async call<Value>(
    name: string,
    work: (octokit: Octokit, at: RepoParams) => Promise<Value>,
  ): Promise<Value> {
    const [owner = "", repo = ""] = name.split("/");
    const { standing } = this.#options;
    try {
      const answer = await work(await this.#octokitFor({ owner, repo }), { owner, repo });
      standing?.note();
      return answer;
    } catch (cause) {
      const error = toAppError(cause);
      standing?.note(error);
      throw error;
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
    const auth = this.#auth;
    if ("token" in auth) return (await octokit.users.getAuthenticated()).data.login;
    const { data } = await this.#asApp(auth).apps.getAuthenticated();
    if (!data) throw new PermanentError("no_app", "it does not know this App; check GITHUB_APP_ID");
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
      auth.installationId ?? (await this.#asApp(auth).apps.getRepoInstallation({ ...at })).data.id;
    return this.#asApp({ ...auth, installationId });
  }

  #asApp({ id, privateKey, installationId }: Exclude<GitHubAuth, { token: string }>): Octokit {
    return new Octokit({
      ...this.#common(),
      authStrategy: createAppAuth,
      auth: { appId: id, privateKey, ...(installationId === undefined ? {} : { installationId }) },
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
        fetch: (url: string | URL, init?: RequestInit) => fetchWhole(url, init, timeoutMs),
      },
    };
  }
}

/**
 * A call with its whole answer, or a throw. Octokit takes a body that breaks off for an empty one, and
 * a list of issues that came through in half would read as "not filed yet".
 */
async function fetchWhole(
  url: string | URL,
  init: RequestInit | undefined,
  timeoutMs: number,
): Promise<Response> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  const body = await response.arrayBuffer();
  const { status, headers } = response;
  const whole = new Response(body.byteLength === 0 ? null : body, { status, headers });
  Object.defineProperty(whole, "url", { value: response.url });
  return whole;
}

function checkKey(privateKey: string): void {
  try {
    createPrivateKey(privateKey);
  } catch (cause) {
    throw new PermanentError("bad_private_key", "GITHUB_APP_PRIVATE_KEY holds no private key", {
      cause,
    });
  }
}
