import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { PermanentError, TransientError } from "#src/lib/errors.ts";

/** Slack's words for "not now" (docs.slack.dev, the errors that all methods have in common). Any other word is a no for good. */
const notNow = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
]);
const limited = new Set(["ratelimited", "rate_limited"]);

/** The network's words for "nobody was there": the call certainly did nothing. */
const neverArrived = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** What a person can do about a word; the rest speak for themselves. */
const advice: Record<string, string> = {
  account_inactive: "the bot's token is no longer valid; install the app again",
  channel_not_found: "the channel is gone, or the bot was not let into it",
  invalid_auth: "the bot's token is not valid",
  is_archived: "the channel is archived",
  not_in_channel: "the bot is not in the channel; invite it",
  restricted_action: "a setting of the workspace forbids it",
  token_expired: "the bot's token has expired; install the app again",
  token_revoked: "the bot's token was revoked; install the app again",
};

/**
 * Gives what a Web API call threw its kind; the only place that knows the SDK's errors.
 * TransientError where it is worth trying again: `retryAfterMs` where Slack said how long to wait,
 * `isAmbiguous` where the call perhaps took effect (a lost answer, a timeout, a 5xx). PermanentError
 * where Slack says no: its code is Slack's own word, its message a clause that goes after "Slack
 * refused:". What is none of these comes back as it is: a bug.
 */
export function toAppError(error: unknown, method: string): unknown {
  if (error instanceof WebAPIRateLimitedError) return askedToWait(error, method, error.retryAfter);
  if (error instanceof WebAPIPlatformError) return fromPlatform(error, method);
  if (error instanceof WebAPIHTTPError) return fromStatus(error, method);
  if (error instanceof WebAPIRequestError) return noAnswer(error, method);
  if (!(error instanceof Error)) return error;
  // web-api 8.2: a 429 without Retry-After is a plain Error
  if (error.message.startsWith("Retry header did not contain")) return askedToWait(error, method);
  // and so is an answer that breaks off, or takes too long, while it is read
  const isBrokenOff =
    error.name === "TimeoutError" ||
    error.name === "AbortError" ||
    error.message === "terminated" ||
    // fetch's own word, where we download a file
    error.message === "fetch failed";
  return isBrokenOff ? noAnswer(error, method) : error;
}

function fromPlatform(error: WebAPIPlatformError, method: string): Error {
  const { data } = error;
  const cause = error;
  // where the body is not JSON, web-api puts all of it where the word should be
  const said: unknown = data.error;
  if (typeof said !== "string" || !/^[\w.:-]{1,80}$/.test(said)) {
    return new TransientError("bad_answer", `${method} was answered with no JSON`, { cause });
  }
  if (limited.has(data.error)) {
    return askedToWait(error, method, data.response_metadata?.retryAfter);
  }
  if (notNow.has(data.error)) {
    return new TransientError(data.error, `${method} failed on Slack's side`, { cause });
  }
  return new PermanentError(data.error, `${explain(data)} (${method}: ${data.error})`, { cause });
}

function explain(data: WebAPIPlatformError["data"]): string {
  if (data.error === "missing_scope") {
    const needed = "needed" in data ? String(data.needed) : "one more";
    return `the app lacks the scope ${needed}; add it under "OAuth & Permissions" and install the app again`;
  }
  // what the schema of the blocks says, with the place in them
  const hints = data.response_metadata?.messages ?? [];
  if (hints.length > 0) return hints.join("; ").slice(0, 300);
  return advice[data.error] ?? "it is not possible";
}

/** The kind of a file transfer's HTTP status that is no success; `retryAfter` in seconds, where Slack says it. */
export function toTransferError(
  status: number,
  retryAfter: string | null,
  transfer: "file download" | "file upload",
): Error {
  const error = ofStatus(status, transfer);
  return status === 429 ? askedToWait(error, transfer, Number(retryAfter ?? 30)) : error;
}

function fromStatus(error: WebAPIHTTPError, method: string): Error {
  return ofStatus(error.statusCode, method, error);
}

function ofStatus(status: number, method: string, cause?: Error): Error {
  const code = `http_${status}`;
  const message = `${method} was answered with HTTP ${status}`;
  return status >= 500 || status === 408
    ? new TransientError(code, message, { cause })
    : new PermanentError(code, message, { cause });
}

function noAnswer(error: Error, method: string): TransientError {
  return new TransientError("slack_away", `${method} got no answer`, {
    cause: error,
    isAmbiguous: !isNeverArrived(error),
  });
}

/** `fetch` hides the network's code one or two causes down. */
function isNeverArrived(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && neverArrived.has(String(error.code))) return true;
  return isNeverArrived(error.cause);
}

function askedToWait(cause: Error, method: string, retryAfterSeconds?: number): TransientError {
  return new TransientError("rate_limited", `${method} was asked to wait`, {
    cause,
    isAmbiguous: false,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * 1_000 }),
  });
}
