import type { IncomingMessage, ServerResponse } from "node:http";
import { HTTPReceiver, type Logger, type Receiver } from "@slack/bolt";
import type { Log } from "#src/lib/log.ts";
import { guardRequest } from "./guard.ts";

/** One way by which Slack reaches the bot. */
export interface Way {
  receiver: Receiver;
  /** Answers a request to `/slack/events`. */
  requestListener(request: IncomingMessage, response: ServerResponse): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  state(): "connected" | "connecting" | "away";
}

/** Slack waits 3 s. After so long it is told that we failed, which is better than silence: it says so to the person, and delivers an event again. */
const answerWithinMs = 2_800;
/** How long somebody whose request was turned away may go on sending it. */
const drainMsMax = 2_000;

/**
 * Signed HTTP: the guard, then Bolt. It listens on no port: whoever owns the server hands requests in.
 * A listener that throws is answered with 500 at once.
 */
export function overHttp(signingSecret: string, logger: Logger, log: Log): Way {
  const receiver = new HTTPReceiver({
    signingSecret,
    // the guard has verified it, over the same bytes and more strictly
    signatureVerification: false,
    logger,
    // the answer is kept until the listener is done: what was answered first is lost by a crash
    processBeforeResponse: true,
    unhandledRequestTimeoutMillis: answerWithinMs,
    unhandledRequestHandler: ({ response }) => {
      log.warn({ answerWithinMs }, "a request took too long, Slack was told that it failed");
      endWith(response, 500);
    },
    processEventErrorHandler: async ({ response }) => {
      endWith(response, 500);
      // true: answered, so that the timer above does not fire
      return true;
    },
  });
  let isOpen = false;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== "POST") return turnAway(request, response, 405);
    if (!isOpen) return turnAway(request, response, 503);
    const guarded = await guardRequest(request, { signingSecret, nowMs: Date.now() });
    if (guarded.isFor === "bolt") return receiver.requestListener(request, response);
    const { status, reason } = guarded;
    if (status !== 200) log.warn({ status, reason }, "turned a request away");
    turnAway(request, response, status);
  };
  return {
    receiver,
    requestListener(request, response) {
      // only a sender that hangs up gets here
      answer(request, response).catch(() => response.destroy());
    },
    async start() {
      isOpen = true;
    },
    async stop() {
      isOpen = false;
    },
    // nobody calls before it is open, and nothing tells whether Slack would
    state: () => (isOpen ? "connected" : "connecting"),
  };
}

/** Ends it with a bare status. The rest of the body is let go by unread, for a while. */
function turnAway(request: IncomingMessage, response: ServerResponse, status: number): void {
  endWith(response, status);
  if (request.readableEnded) return;
  const timer = setTimeout(() => request.destroy(), drainMsMax);
  request.once("close", () => clearTimeout(timer));
  request.resume();
}

function endWith(response: ServerResponse, status: number): void {
  if (response.headersSent) return;
  response.writeHead(status, status === 405 ? { allow: "POST" } : {}).end();
}
