import { RequestError } from "@octokit/request-error";
import { PermanentError, TransientError } from "#src/lib/errors.ts";

/** Set by Octokit where there was no answer at all: the network, or our own timeout. */
const noAnswer = 500;

/**
 * What an answer of GitHub's means for us; the only place that knows its statuses
 * (docs.github.com, "Rate limits for the REST API", "Troubleshooting the REST API").
 * 429 and a 403 that names a limit: wait, nothing happened. 5xx and no answer: perhaps it happened.
 * Anything else is no for good. What is not an answer of GitHub's comes back as it is: a bug.
 */
export function toAppError(error: unknown): unknown {
  if (!(error instanceof RequestError)) return error;
  const { status } = error;
  const options = { cause: error };
  if (status === 429 || (status === 403 && isLimited(error))) {
    return new TransientError("github_rate_limited", "GitHub asks to wait", {
      ...options,
      isAmbiguous: false,
      ...waitOf(error),
    });
  }
  if (status >= noAnswer) {
    return new TransientError("github_away", "GitHub does not answer", {
      ...options,
      isAmbiguous: !isRefusedConnection(error),
    });
  }
  return new PermanentError(`github_${status}`, sentenceOf(error), options);
}

function header(error: RequestError, name: string): string | undefined {
  const value = error.response?.headers[name];
  return value === undefined ? undefined : String(value);
}

function isLimited(error: RequestError): boolean {
  return (
    header(error, "retry-after") !== undefined ||
    header(error, "x-ratelimit-remaining") === "0" ||
    /rate limit/i.test(error.message)
  );
}

function waitOf(error: RequestError): { retryAfterMs?: number } {
  const seconds = Number(header(error, "retry-after"));
  if (seconds > 0) return { retryAfterMs: seconds * 1_000 };
  const resetsAt = Number(header(error, "x-ratelimit-reset"));
  // a clock that is off must not make us wait for a day
  if (resetsAt > 0)
    return { retryAfterMs: Math.min(Math.max(resetsAt * 1_000 - Date.now(), 1_000), 3_600_000) };
  return {};
}

function isRefusedConnection(error: RequestError): boolean {
  const cause = error.cause as { code?: string; cause?: { code?: string } } | undefined;
  const code = cause?.code ?? cause?.cause?.code ?? "";
  return ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"].includes(code);
}

function sentenceOf(error: RequestError): string {
  if (error.status === 401)
    return "GitHub does not accept the token. Check GITHUB_TOKEN or the app's key.";
  if (error.status === 403)
    return "GitHub does not allow this. The token needs to read and write issues, contents and pull requests.";
  if (error.status === 404)
    return "GitHub does not find the repository, or the token may not see it.";
  return `GitHub refused: ${error.message}`;
}
