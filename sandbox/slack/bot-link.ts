import { createHmac } from "node:crypto";
import { request } from "node:http";
import { type Json, parseJson } from "#sandbox/json.ts";
import { readBody } from "#sandbox/http.ts";
import type { WireLog } from "#sandbox/wire-log.ts";
import { sendLogged } from "./deliveries.ts";
import type { SocketHub } from "./sockets.ts";

/** One thing Slack tells the bot, by the names Socket Mode has for them. */
export interface Envelope {
  type: "slash_commands" | "interactive" | "events_api";
  payload: Json;
  retry?: { number: number; reason: string };
}

/** How it went. `body` is parsed where it is JSON, text otherwise. */
export type Delivered =
  | { kind: "answered"; status: number; body: unknown; isNoRetry?: boolean }
  | { kind: "timeout" }
  | { kind: "failed"; reason: string };

export interface BotLink {
  /** Signed HTTP from now on; `null`: Socket Mode. */
  connect(requestUrl: string | null): void;
  /** False as long as no bot has been connected in either way: then Slack has nobody to tell. */
  hasBot(): boolean;
  usesSockets(): boolean;
  send(envelope: Envelope): Promise<Delivered>;
}

/** The way to the bot. An answer must come within `answerWithinMs` (Slack: 3 s). */
export function createBotLink(
  sockets: SocketHub,
  signingSecret: string,
  answerWithinMs: number,
  wire: WireLog,
): BotLink {
  let url: string | null | undefined;
  let hadSocket = false;
  return {
    connect(requestUrl) {
      url = requestUrl;
    },
    hasBot() {
      hadSocket ||= sockets.count() > 0;
      return url !== undefined || hadSocket;
    },
    usesSockets: () => typeof url !== "string",
    send(envelope) {
      const to = url;
      return sendLogged(wire, envelope, () =>
        typeof to === "string"
          ? sendSigned(to, envelope, signingSecret, answerWithinMs)
          : sockets.send(envelope, answerWithinMs),
      );
    },
  };
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
function sendSigned(
  url: string,
  envelope: Envelope,
  signingSecret: string,
  answerWithinMs: number,
): Promise<Delivered> {
  const { body, contentType } = encode(envelope);
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const hmac = createHmac("sha256", signingSecret).update(`v0:${timestamp}:${body}`);
  return new Promise((resolve) => {
    // A connection of its own: a bot that was killed and started again must not meet an old one.
    const call = request(url, {
      method: "POST",
      agent: false,
      signal: AbortSignal.timeout(answerWithinMs),
      headers: {
        "content-type": contentType,
        "content-length": Buffer.byteLength(body),
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": `v0=${hmac.digest("hex")}`,
        ...(envelope.retry
          ? {
              "x-slack-retry-num": String(envelope.retry.number),
              "x-slack-retry-reason": envelope.retry.reason,
            }
          : {}),
      },
    });
    const fail = (error: Error) =>
      resolve(
        error.name === "AbortError" || error.name === "TimeoutError"
          ? { kind: "timeout" }
          : { kind: "failed", reason: "connection_failed" },
      );
    call.on("error", fail);
    call.on("response", (response) => {
      readBody(response).then((text) => {
        const isNoRetry = response.headers["x-slack-no-retry"] === "1";
        const parsed = parseJson(text);
        resolve({
          kind: "answered",
          status: response.statusCode ?? 0,
          body: text === "" ? undefined : (parsed ?? text),
          ...(isNoRetry ? { isNoRetry } : {}),
        });
      }, fail);
    });
    call.end(body);
  });
}

function encode({ type, payload }: Envelope): { body: string; contentType: string } {
  if (type === "events_api") {
    return { body: JSON.stringify(payload), contentType: "application/json" };
  }
  const fields =
    type === "slash_commands"
      ? Object.entries(payload).map(([field, value]) => [field, String(value)])
      : [["payload", JSON.stringify(payload)]];
  return {
    body: new URLSearchParams(fields as [string, string][]).toString(),
    contentType: "application/x-www-form-urlencoded",
  };
}
