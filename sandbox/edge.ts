import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultRules } from "./faults.ts";
import type { Changes } from "./changes.ts";
import { sendJson } from "./http.ts";
import type { Fault } from "./protocol.ts";
import { asWireText, type WireLog } from "./wire-log.ts";

/** What both sides share at their outer edge: faults to strike with, the log, who waits for changes. */
export interface Edge {
  faults: FaultRules;
  wire: WireLog;
  changes: Changes;
}

/** One call of the bot's. */
export interface EdgeCall {
  side: Fault["side"];
  method: string;
  /** What was sent, without what it signs in with. */
  request: unknown;
  /** Whether it can only look: everybody is told of a change by any other. */
  isRead: boolean;
}

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  /** Slack's `error`, for the log. */
  error?: string | undefined;
}

/**
 * Answers one call of the bot's through the fault rules. `cut_before`: nothing happens and the
 * connection is cut. `cut_after`: it happens, and the answer is lost (reliability: lost answers).
 */
export async function answerCall(
  edge: Edge,
  { side, method, request, isRead }: EdgeCall,
  response: ServerResponse,
  run: () => Answer | Promise<Answer>,
): Promise<void> {
  const at = new Date().toISOString();
  const start = performance.now();
  const { delayMs, outcome } = edge.faults.strike(side, method);
  const log = (status: number, error?: string) =>
    edge.wire.addCall({
      at,
      side,
      method,
      status,
      ...(error === undefined ? {} : { error }),
      ...(outcome ? { fault: outcome.kind } : delayMs > 0 ? { fault: "latency" as const } : {}),
      ...(status === 0 ? {} : { ms: Math.round(performance.now() - start) }),
      request: asWireText(request),
    });
  if (delayMs > 0) await sleep(delayMs);
  if (outcome?.kind === "cut_before") {
    log(0);
    response.destroy();
    return;
  }
  if (outcome?.kind === "status") {
    const status = outcome.status ?? 500;
    log(status);
    sendJson(response, status, refusalBody(side, status), refusalHeaders(outcome, status));
    return;
  }
  const answer = await tellOfChange(edge, side, isRead, run);
  if (outcome?.kind === "cut_after") {
    log(0, answer.error);
    response.destroy();
    return;
  }
  log(answer.status, answer.error);
  sendAnswer(response, answer);
}

/** One that broke off in the middle may have changed something too. */
async function tellOfChange(
  { changes }: Edge,
  side: Fault["side"],
  isRead: boolean,
  run: () => Answer | Promise<Answer>,
): Promise<Answer> {
  try {
    return await run();
  } finally {
    if (!isRead) changes.bump(side);
  }
}

function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (Buffer.isBuffer(answer.body)) {
    response.writeHead(answer.status, answer.headers).end(answer.body);
    return;
  }
  if (typeof answer.body === "object" && answer.body !== null) {
    sendJson(response, answer.status, answer.body, answer.headers);
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(typeof answer.body === "string" ? answer.body : undefined);
}

/** GitHub's body of either status, 403 and 429. */
const secondaryLimit = {
  message:
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
  documentation_url:
    "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits",
};

function refusalBody(side: Fault["side"], status: number): object {
  if (side === "github") {
    const isLimit = status === 429 || status === 403;
    return isLimit ? secondaryLimit : { message: "Server Error" };
  }
  return { ok: false, error: status === 429 ? "ratelimited" : "internal_error" };
}

function refusalHeaders(fault: Fault, status: number): Record<string, string> {
  if (status !== 429 && fault.retryAfterSeconds === undefined) return {};
  return { "retry-after": String(fault.retryAfterSeconds ?? 1) };
}
