import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultRules } from "./faults.ts";
import { sendJson } from "./http.ts";
import type { BlockKitFault, Fault, WireCall } from "./protocol.ts";

/** What both sides share at their outer edge: faults to strike with, and the log of calls. */
export interface Edge {
  faults: FaultRules;
  calls: WireCall[];
  blockKitFaults: BlockKitFault[];
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
  call: { side: Fault["side"]; method: string },
  response: ServerResponse,
  run: () => Answer | Promise<Answer>,
): Promise<void> {
  const at = new Date().toISOString();
  const { delayMs, outcome } = edge.faults.strike(call.side, call.method);
  const log = (status: number, error?: string) =>
    edge.calls.push({
      at,
      ...call,
      status,
      ...(error === undefined ? {} : { error }),
      ...(outcome ? { fault: outcome.kind } : delayMs > 0 ? { fault: "latency" as const } : {}),
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
    sendJson(response, status, refusalBody(call.side, status), refusalHeaders(outcome, status));
    return;
  }
  const answer = await run();
  if (outcome?.kind === "cut_after") {
    log(0, answer.error);
    response.destroy();
    return;
  }
  log(answer.status, answer.error);
  sendAnswer(response, answer);
}

function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (typeof answer.body === "object" && answer.body !== null) {
    sendJson(response, answer.status, answer.body, answer.headers);
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(typeof answer.body === "string" ? answer.body : undefined);
}

function refusalBody(side: Fault["side"], status: number): object {
  if (side === "github") {
    return {
      message: status === 429 ? "You have exceeded a secondary rate limit." : "Server Error",
    };
  }
  return { ok: false, error: status === 429 ? "ratelimited" : "internal_error" };
}

function refusalHeaders(fault: Fault, status: number): Record<string, string> {
  if (status !== 429 && fault.retryAfterSeconds === undefined) return {};
  return { "retry-after": String(fault.retryAfterSeconds ?? 1) };
}
