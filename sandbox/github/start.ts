import type { IncomingMessage, ServerResponse } from "node:http";
import { answerCall, type Edge } from "#sandbox/edge.ts";
import { listen, readBody } from "#sandbox/http.ts";
import { isJson, parseJson } from "#sandbox/json.ts";
import type { SandboxSeed, SandboxState } from "#sandbox/protocol.ts";
import { startStore, type Store } from "./emulator.ts";
import { readRepositories } from "./read.ts";
import { findRoute } from "./routes.ts";
import { handOn, rules } from "./rules.ts";
import { createSignIn } from "./sign-in.ts";

export interface GitHub {
  url: string;
  read(): Promise<Pick<SandboxState, "issues" | "pullRequests">>;
  close(): Promise<void>;
}

/** GitHub's side: emulate as the store, and in front of it what emulate is lax about. */
export async function startGitHub(github: SandboxSeed["github"], edge: Edge): Promise<GitHub> {
  const signIn = createSignIn(github);
  const starting: { store?: Promise<Store> } = {};
  const front = await listen(async (request, response) => {
    const store = await starting.store;
    if (store) await answerRequest(store, request, response);
  });
  starting.store = startStore(github, front.url);
  const store = await starting.store;

  async function answerRequest(
    store: Store,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? "/", front.url);
    const method = request.method ?? "GET";
    const rawBody = await readBody(request);
    const route = findRoute(method, url.pathname);
    const name = route?.name ?? `${method} ${url.pathname}`;
    const body = parseJson(rawBody);
    const wireCall = {
      side: "github" as const,
      method: name,
      request: { path: url.pathname + url.search, ...(body === undefined ? {} : { body }) },
      isRead: method === "GET",
    };
    await answerCall(edge, wireCall, response, async () => {
      const signedIn = signIn.check(request.headers.authorization, route?.name);
      if ("refusal" in signedIn) return signedIn.refusal;
      const call = {
        store,
        github,
        frontUrl: front.url,
        method,
        path: url.pathname + url.search,
        params: route?.params ?? {},
        query: url.searchParams,
        body: isJson(body) ? body : {},
        rawBody,
        authorization: signedIn.authorization,
      };
      const answer = await ((route && rules[route.name]?.(call)) ?? handOn(call));
      signIn.learn(route?.name, answer);
      return answer;
    });
  }

  return {
    url: front.url,
    read: () => readRepositories(store, github.repos),
    async close() {
      await front.close();
      await store.close();
    },
  };
}
