import type { Answer } from "#sandbox/edge.ts";
import { isJson, textOf } from "#sandbox/json.ts";
import type { SandboxSeed } from "#sandbox/protocol.ts";
import type { RouteName } from "./routes.ts";

/** For whom a request is made: the header for the store, undefined for the seed's login; or why not. */
export type SignedIn = { authorization: string | undefined } | { refusal: Answer };

export interface SignIn {
  check(authorization: string | undefined, route: RouteName | undefined): SignedIn;
  /** Takes note of a token that an answer hands out to the App. */
  learn(route: RouteName | undefined, answer: Answer): void;
}

/** Where an App has to prove itself with its key, before it has a token for an installation. */
const appRoutes = new Set<RouteName | undefined>([
  "GET /app",
  "GET /app/installations",
  "GET /app/installations/{installation_id}",
  "POST /app/installations/{installation_id}/access_tokens",
  "GET /repos/{owner}/{repo}/installation",
]);

/**
 * Who may come in: the seed's token, and the App with its key or with a token it was given.
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
 */
export function createSignIn({ token, app }: SandboxSeed["github"]): SignIn {
  const given = new Set<string>();
  return {
    check(authorization, route) {
      if (authorization === undefined) return refuse("Requires authentication");
      const secret = authorization.replace(/^(token|bearer) /i, "");
      if (appRoutes.has(route)) {
        // The store checks the signature.
        const isKey = app !== undefined && secret.split(".").length === 3;
        return isKey ? { authorization } : refuse("A JSON web token could not be decoded");
      }
      if (secret === token) return { authorization: undefined };
      return given.has(secret) ? { authorization } : refuse("Bad credentials");
    },
    learn(route, { status, body }) {
      if (route !== "POST /app/installations/{installation_id}/access_tokens") return;
      const made = isJson(body) ? textOf(body["token"]) : undefined;
      if (status === 201 && made !== undefined) given.add(made);
    },
  };
}

function refuse(message: string): SignedIn {
  return { refusal: { status: 401, body: { message, status: "401" } } };
}
