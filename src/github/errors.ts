import { PermanentError, TransientError } from "#src/lib/errors.ts";

/** What Octokit throws; where there was no answer `response` is absent and the status is 500. */
interface RequestError extends Error {
  status: number;
  response?: { headers: Record<string, string | number | undefined> };
}

/** The network's words for "nobody was there": the call certainly did nothing. */
const neverArrived = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** GitHub's own advice where a limit names no time (docs.github.com, "Rate limits for the REST API"). */
const defaultWaitMs = 60_000;
/** A clock that is off must not make us wait for a day. */
const waitMsMax = 3_600_000;

/** What a person can do about a status. */
const advice: Record<number, string> = {
  401: "it does not accept the token; check GITHUB_TOKEN, or the App's id and key",
  403: "it does not allow this; the token needs to read and write issues, contents and pull requests",
  404: "it does not find the repository, or the token may not see it",
  410: "issues are switched off in the repository",
};

/**
 * Gives what a call to GitHub threw its kind; the only place that knows its statuses
 * (docs.github.com, "Rate limits" and "Troubleshooting the REST API"). 429, or a 403 that names a
 * limit: wait, nothing happened. 5xx and no answer: perhaps it happened. 409: somebody else wrote at
 * the same moment, nothing happened. Otherwise a no for good, `http_<status>`, whose message is a
 * clause that goes after "GitHub refused:". What is not Octokit's comes back as it is: a bug.
 */
export function toAppError(error: unknown): unknown {
  if (!isRequestError(error)) return error;
  const { status } = error;
  const cause = error;
  if (status >= 500) {
    const isAmbiguous = error.response !== undefined || !isNeverArrived(error);
    return new TransientError("github_away", "GitHub does not answer", { cause, isAmbiguous });
  }
  if (status === 429 || (status === 403 && isLimited(error))) {
    const retryAfterMs = waitOf(error);
    const options = { cause, isAmbiguous: false, retryAfterMs };
    return new TransientError("rate_limited", "GitHub asks to wait", options);
  }
  if (status === 409 && !/repository is empty/i.test(error.message)) {
    const options = { cause, isAmbiguous: false };
    return new TransientError("http_409", "somebody else wrote to the repository", options);
  }
  const message = advice[status] ?? error.message.slice(0, 300);
  return new PermanentError(`http_${status}`, message, { cause });
}

/** Whether GitHub said this status. */
export function hasStatus(error: unknown, status: number): boolean {
  return isRequestError(error) && error.response !== undefined && error.status === status;
}

function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && error.name === "HttpError" && "status" in error;
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

function waitOf(error: RequestError): number {
  const seconds = Number(header(error, "retry-after"));
  if (seconds > 0) return Math.min(seconds * 1_000, waitMsMax);
  // the reset stands in every answer; it counts where nothing is left
  const resetsAt = Number(header(error, "x-ratelimit-reset"));
  if (header(error, "x-ratelimit-remaining") !== "0" || !(resetsAt > 0)) return defaultWaitMs;
  return Math.min(Math.max(resetsAt * 1_000 - Date.now(), 1_000), waitMsMax);
}

/** `fetch` hides the network's code one or two causes down. */
function isNeverArrived(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && neverArrived.has(String(error.code))) return true;
  return isNeverArrived(error.cause);
}
