import type { IncomingMessage, ServerResponse } from "node:http";
import { verify } from "@octokit/webhooks-methods";
import type { Database } from "#src/db/open.ts";
import { listServices } from "#src/db/services.ts";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import { TransientError } from "#src/lib/errors.ts";
import type { Log } from "#src/lib/log.ts";
import { recordChanges } from "#src/usecases/record-changes.ts";
import { serviceOfRepository } from "./service-of-repository.ts";
import { BodyReader } from "./webhook-body.ts";
import { readEvent } from "./webhook-events.ts";

export interface WebhookContext {
  db: Database;
  teamId: TeamId;
  /** The service's time, asked once for this delivery. */
  now: Date;
  log: Log;
  settings: LedgerSettings;
}

export interface WebhookParts {
  /** Absent: nothing is listened to. */
  secret: string | undefined;
  context(): Promise<WebhookContext>;
  log: Log;
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** How long a sender that was turned away may go on sending. */
const drainMsMax = 2_000;

/**
 * `POST /github/webhooks`: pushes, releases and deployments become declared changes. The signature is
 * checked over the raw bytes before anything is parsed; a delivery is taken once, in the transaction
 * that keeps its changes. Returns false where the request is for another path.
 */
export function createWebhooks(
  parts: WebhookParts,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const reader = new BodyReader();
  return (request, response) => {
    if ((request.url ?? "").split("?")[0] !== "/github/webhooks") return false;
    answerRequest(request, parts, reader).then(
      (answer) => send(request, response, answer),
      // the sender hung up: nobody is left to be told
      () => response.destroy(),
    );
    return true;
  };
}

async function answerRequest(
  request: IncomingMessage,
  parts: WebhookParts,
  reader: BodyReader,
): Promise<Answer> {
  const { secret, log } = parts;
  if (secret === undefined) return say(404, "not found");
  const refusal = refuseHead(request);
  if (refusal) return refusal;
  const read = await reader.read(request);
  if (!read.isRead) return refuseBody(read.status);
  try {
    const text = read.body.toString("utf8");
    const signature = String(request.headers["x-hub-signature-256"]);
    // bytes that are no UTF-8 come back as others, and their signature does not fit
    if (text === "" || !(await verify(secret, text, signature))) {
      log.warn("turned a GitHub delivery away: its signature does not fit");
      return say(
        401,
        "The signature does not fit: give the webhook the secret of GITHUB_WEBHOOK_SECRET.",
      );
    }
    return await take(request, text, parts);
  } catch (error) {
    if (error instanceof TransientError) {
      log.warn({ code: error.code }, "a GitHub delivery could not be taken now");
      return say(503, "The database does not answer now. Redeliver it later.");
    }
    log.error({ err: error }, "a GitHub delivery failed");
    return say(500, "Something went wrong here; it is in the log. Redeliver it later.");
  } finally {
    read.release();
  }
}

/** Keeps what a delivery tells, which is known to be GitHub's by now. */
async function take(
  request: IncomingMessage,
  text: string,
  { context }: WebhookParts,
): Promise<Answer> {
  const payload = parseJson(text);
  if (payload === undefined) return say(400, "The body is no JSON.");
  const ctx = await context();
  const event = String(request.headers["x-github-event"]);
  const delivery = String(request.headers["x-github-delivery"]);
  const found = readEvent(event, payload, ctx);
  if (found.kind === "nothing") return say(200, found.why);
  if (found.kind === "unknown_shape") {
    ctx.log.warn({ event, delivery, where: found.where }, "a GitHub delivery of an unknown shape");
    return say(
      400,
      `The payload has another shape than this event should have: ${found.where || "no object"}.`,
    );
  }
  const services = await listServices(ctx.db, ctx.teamId);
  const service = serviceOfRepository(found.repository, ctx.settings, services);
  const { isSeen, recorded, updated, known, keys } = await recordChanges(
    ctx,
    found.changes.map((change) => ({ ...change, service })),
    { source: "github", deliveryKey: `github:${delivery}` },
  );
  if (isSeen) return say(200, "seen");
  ctx.log.info({ event, delivery, recorded, updated, known }, "took a GitHub delivery");
  return { status: recorded > 0 ? 201 : 200, body: { recorded, updated, known, keys } };
}

/** What can be said before a byte of the body is read. */
function refuseHead({ method, headers }: IncomingMessage): Answer | undefined {
  if (method !== "POST") return say(405, "Use POST.");
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    return say(415, "Set the webhook's content type to application/json.");
  }
  const signature = headers["x-hub-signature-256"];
  if (typeof signature !== "string" || !/^sha256=[0-9a-f]{64}$/.test(signature)) {
    return say(
      401,
      "The delivery is not signed: give the webhook the secret of GITHUB_WEBHOOK_SECRET.",
    );
  }
  const delivery = headers["x-github-delivery"];
  if (typeof delivery !== "string" || !/^[\w-]{1,100}$/.test(delivery)) {
    return say(400, "The header x-github-delivery is missing or is no id.");
  }
  const event = headers["x-github-event"];
  if (typeof event !== "string" || !/^\w{1,100}$/.test(event)) {
    return say(400, "The header x-github-event is missing or is no event.");
  }
  return undefined;
}

function refuseBody(status: 408 | 413 | 503): Answer {
  const sentences = {
    408: "The body came too slowly.",
    413: "The body is larger than the 25 MB that GitHub sends at most.",
    503: "Too many deliveries at once. Redeliver it later.",
  };
  return say(status, sentences[status]);
}

/** The parsed text; undefined where it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function say(status: number, sentence: string): Answer {
  return { status, body: { status: sentence } };
}

function send(request: IncomingMessage, response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    ...(status === 405 ? { allow: "POST" } : {}),
    ...(status === 503 ? { "retry-after": "10" } : {}),
  });
  response.end(JSON.stringify(body));
  if (request.readableEnded) return;
  // the rest of what it sends is let go by unread, for a while
  const timer = setTimeout(() => request.destroy(), drainMsMax);
  request.once("close", () => clearTimeout(timer));
  request.resume();
}
