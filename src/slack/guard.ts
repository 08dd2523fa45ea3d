import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { collectBody } from "#src/lib/collect-body.ts";

/** Slack's own requests stay far below this; 3,000 characters a field, 100 blocks a form. */
const bodyBytesMax = 1_000_000;
/** What Slack sends unsigned is one short word. */
const unsignedBytesMax = 1_000;
/** Older or newer than this, a request is a replay or somebody's clock is off (docs.slack.dev, "Verifying requests from Slack"). */
const ageSecondsMax = 300;
/** Slack waits no longer for the whole answer. */
const readingMsMax = 3_000;

const form = "application/x-www-form-urlencoded";

/** A request that goes on to Bolt, which finds its body under `rawBody`; or the status that ends it here. */
export type Guarded =
  | { isFor: "bolt" }
  | { isFor: "nobody"; status: 200 | 400 | 401 | 408 | 413 | 415; reason: string };

/**
 * What stands before Bolt, which takes requests from the future, buffers four megabytes before it looks
 * at the signature, hangs on a signed `null` and refuses `charset=utf-8`. Looks at time and size first,
 * reads the body (never more than 1 MB), then checks the signature over it in constant time, and that
 * it holds an object. What it rejects was not kept: the caller closes the connection.
 */
export async function guardRequest(
  request: IncomingMessage,
  options: { signingSecret: string; nowMs: number },
): Promise<Guarded> {
  const { headers } = request;
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== form && type !== "application/json") return rejected(415, "content type");

  const timestamp = headers["x-slack-request-timestamp"];
  const signature = headers["x-slack-signature"];
  if (typeof timestamp !== "string" || typeof signature !== "string") {
    return guardUnsigned(request, type);
  }
  if (!isFresh(timestamp, options.nowMs)) return rejected(401, "timestamp");

  const body = await readBody(request, bodyBytesMax);
  if (!Buffer.isBuffer(body)) return body;
  if (!isSigned(body, timestamp, signature, options.signingSecret)) {
    return rejected(401, "signature");
  }
  if (!holdsObject(body.toString("utf8"), type)) return rejected(400, "body");

  // Bolt compares the whole header, and takes a body that it finds here for read
  headers["content-type"] = type;
  (request as IncomingMessage & { rawBody: Buffer }).rawBody = body;
  return { isFor: "bolt" };
}

/**
 * Without a signature there is only one thing to say yes to: Slack's `ssl_check=1`, which carries
 * nothing (docs.slack.dev, "Implementing slash commands").
 */
async function guardUnsigned(request: IncomingMessage, type: string): Promise<Guarded> {
  if (type !== form) return rejected(401, "no signature");
  const body = await readBody(request, unsignedBytesMax);
  if (!Buffer.isBuffer(body)) return rejected(401, "no signature");
  const isCheck = new URLSearchParams(body.toString("utf8")).get("ssl_check") === "1";
  return isCheck ? rejected(200, "ssl check") : rejected(401, "no signature");
}

function rejected(status: 200 | 400 | 401 | 408 | 413 | 415, reason: string): Guarded {
  return { isFor: "nobody", status, reason };
}

function isFresh(timestamp: string, nowMs: number): boolean {
  return (
    /^\d{1,12}$/.test(timestamp) && Math.abs(nowMs / 1_000 - Number(timestamp)) <= ageSecondsMax
  );
}

/** The body, or why it was not read to its end. Rejects where the sender hangs up. */
async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer | Guarded> {
  if (Number(request.headers["content-length"] ?? 0) > bytesMax) return rejected(413, "body");
  return collectBody<Guarded>(request, {
    withinMs: readingMsMax,
    late: rejected(408, "body too slow"),
    refuse: (size) => (size > bytesMax ? rejected(413, "body") : undefined),
  });
}

function isSigned(
  body: Buffer,
  timestamp: string,
  signature: string,
  signingSecret: string,
): boolean {
  const hmac = createHmac("sha256", signingSecret).update(`v0:${timestamp}:`).update(body);
  const expected = Buffer.from(`v0=${hmac.digest("hex")}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Whether Bolt will find an object: the JSON itself, a form's `payload`, or the form's own fields. */
function holdsObject(text: string, type: string): boolean {
  if (type !== form) return isJsonObject(text);
  const payloads = new URLSearchParams(text).getAll("payload");
  if (payloads.length > 1) return false;
  return payloads[0] === undefined ? text.includes("=") : isJsonObject(payloads[0]);
}

function isJsonObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}
