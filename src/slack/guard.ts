import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Slack's own requests stay far below this; 3,000 characters a field, 100 blocks a form. */
const bodyBytesMax = 1_000_000;
/** Older or newer than this, a request is a replay or somebody's clock is off (docs.slack.dev, "Verifying requests from Slack"). */
const ageSecondsMax = 300;

/** A request that may go on to Bolt, which finds its body under `rawBody`; or the status that turns it away. */
export type Guarded = { ok: true } | { ok: false; status: 400 | 401 | 413; reason: string };

/**
 * What stands before Bolt, which takes requests from the future, buffers four megabytes before it looks
 * at the signature, hangs on a signed `null` and refuses `charset=utf-8`. Reads the body (never more than
 * 1 MB), checks time and signature over it in constant time, and that it holds an object.
 */
export async function guardRequest(
  request: IncomingMessage,
  options: { signingSecret: string; nowMs: number },
): Promise<Guarded> {
  const body = await readBody(request);
  if (!body) return { ok: false, status: 413, reason: "body too large" };

  const timestamp = String(request.headers["x-slack-request-timestamp"] ?? "");
  const ageSeconds = Math.abs(options.nowMs / 1_000 - Number(timestamp || Number.NaN));
  if (!(ageSeconds <= ageSecondsMax)) return { ok: false, status: 401, reason: "timestamp" };
  if (!isSigned(body, timestamp, request.headers["x-slack-signature"], options.signingSecret)) {
    return { ok: false, status: 401, reason: "signature" };
  }

  const type = String(request.headers["content-type"] ?? "")
    .split(";")[0]!
    .trim()
    .toLowerCase();
  if (!isObject(body, type)) return { ok: false, status: 400, reason: "body" };
  // Bolt compares the whole header, and takes a body it finds here for read
  request.headers["content-type"] = type;
  (request as IncomingMessage & { rawBody: Buffer }).rawBody = body;
  return { ok: true };
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > bodyBytesMax) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyBytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isSigned(
  body: Buffer,
  timestamp: string,
  signature: string | string[] | undefined,
  signingSecret: string,
): boolean {
  if (typeof signature !== "string") return false;
  const expected = Buffer.from(
    `v0=${createHmac("sha256", signingSecret).update(`v0:${timestamp}:`).update(body).digest("hex")}`,
  );
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function isObject(body: Buffer, type: string): boolean {
  const text = body.toString("utf8");
  if (type !== "application/x-www-form-urlencoded") return isJsonObject(text);
  const payload = new URLSearchParams(text).get("payload");
  return payload === null ? text.includes("=") : isJsonObject(payload);
}

function isJsonObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}
