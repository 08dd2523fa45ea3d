import type { IncomingMessage, ServerResponse } from "node:http";

/** How an outside system was when it was last heard of, for whoever operates the bot. */
export type OutsideState = "connected" | "connecting" | "away" | "not set up" | "not checked yet";

export interface WebParts {
  /** Whether the database answers; throws or never ends where it does not. */
  pingDatabase(): Promise<unknown>;
  slackState(): OutsideState;
  githubState(): OutsideState;
}

/** Answers a request if it is one of ours and returns true; returns false without touching it otherwise. */
export type WebHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * The pages for machines: `GET /healthz` is 200 while the process lives, `GET /readyz` 200 while the
 * database answers, else 503. Slack's and GitHub's state stands in the body only, since the bot can
 * still save without them.
 */
export function createWebHandler(parts: WebParts): WebHandler {
  return (request, response) => {
    const path = (request.url ?? "").split("?")[0];
    if (path !== "/healthz" && path !== "/readyz") return false;
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      send(response, 405, { status: "use GET" });
    } else if (path === "/healthz") {
      send(response, 200, { status: "ok" });
    } else {
      void answerReady(parts, response);
    }
    return true;
  };
}

/** Answers whoever comes before the bot is ready: 503, come again. */
export function answerStarting(_request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("retry-after", "5");
  response.setHeader("connection", "close");
  send(response, 503, { status: "The bot is starting." });
}

/** Answers what nobody answered: 404. */
export function answerNotFound(response: ServerResponse): void {
  send(response, 404, { status: "not found" });
}

async function answerReady(parts: WebParts, response: ServerResponse): Promise<void> {
  const database = await pingWithin(parts, 2_000);
  send(response, database ? 200 : 503, {
    status: database ? "ready" : "not ready",
    database: database ? "connected" : "away",
    slack: parts.slackState(),
    github: parts.githubState(),
  });
}

/** A probe that waits longer than its own caller is of no use, so a slow database counts as away. */
async function pingWithin(parts: WebParts, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const answered = parts.pingDatabase().then(
    () => true,
    () => false,
  );
  const result = await Promise.race([answered, late]);
  clearTimeout(timer);
  return result;
}

function send(response: ServerResponse, status: number, body: Record<string, string>): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
  });
  // node leaves the body out itself where the request is a HEAD
  response.end(text);
}
