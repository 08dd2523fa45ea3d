import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { PermanentError, TransientError } from "#src/lib/errors.ts";

/** Slack's words for "not now" (docs.slack.dev, errors common to all methods). */
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
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/**
 * What an error of the SDK's means for us; the only place that knows them. A rate limit or a refused
 * connection did nothing; a lost answer, a timeout or a 5xx perhaps did. `ok: false` is no for good,
 * its code is Slack's own word. What is not an error of Slack's comes back as it is: a bug.
 */
export function toAppError(error: unknown): unknown {
  const options = { cause: error };
  if (error instanceof WebAPIRateLimitedError) {
    return new TransientError("slack_rate_limited", "Slack asks to wait", {
      ...options,
      retryAfterMs: error.retryAfter * 1_000,
      isAmbiguous: false,
    });
  }
  if (error instanceof WebAPIRequestError) {
    return new TransientError("slack_away", "Slack does not answer", {
      ...options,
      isAmbiguous: !neverArrived.has(codeOf(error.original)),
    });
  }
  if (error instanceof WebAPIHTTPError) {
    return error.statusCode >= 500
      ? new TransientError("slack_away", "Slack does not answer", options)
      : new PermanentError(`slack_http_${error.statusCode}`, "Slack refused the call", options);
  }
  if (error instanceof WebAPIPlatformError) return fromPlatform(error);
  return error;
}

function fromPlatform(error: WebAPIPlatformError): TransientError | PermanentError {
  const { error: word } = error.data;
  const options = { cause: error };
  if (limited.has(word)) {
    return new TransientError(word, "Slack asks to wait", { ...options, isAmbiguous: false });
  }
  if (notNow.has(word)) return new TransientError(word, "Slack could not do it now", options);
  if (word === "missing_scope") {
    const needed = String((error.data as { needed?: unknown }).needed ?? "one more");
    return new PermanentError(
      word,
      `The Slack app lacks the scope ${needed}. Add it under "OAuth & Permissions" and install the app again.`,
      options,
    );
  }
  return new PermanentError(word, `Slack refused: ${word}`, options);
}

/** `fetch` hides the network's code one or two causes down. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === "string" && neverArrived.has(code)) return code;
  }
  return "";
}
