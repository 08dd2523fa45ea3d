import { ConflictError, TransientError } from "#src/lib/errors.ts";

/**
 * What a code of PostgreSQL, or of the network on the way to it, means for us. This is the only place
 * that knows them (https://www.postgresql.org/docs/18/errcodes-appendix.html).
 */
const kinds: Record<string, "conflict" | "refused" | "away"> = {
  "40001": "conflict", // serialization_failure
  "40P01": "conflict", // deadlock_detected
  // the statement certainly did nothing
  "55P03": "refused", // lock_not_available
  "57014": "refused", // query_canceled: the statement timeout
  "57P03": "refused", // cannot_connect_now: it is starting or stopping
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "refused",
  ENETUNREACH: "refused",
  ENOTFOUND: "refused",
  EAI_AGAIN: "refused",
  // a commit was perhaps on its way
  "40003": "away", // statement_completion_unknown
  "57P01": "away", // admin_shutdown
  "57P02": "away", // crash_shutdown
  ECONNRESET: "away",
  EPIPE: "away",
  ETIMEDOUT: "away",
};

/** Whole classes: 08 connection exceptions, 53 insufficient resources (disk full, too many clients). */
const classes: Record<string, "refused" | "away"> = { "08": "away", "53": "refused" };

/** What node-postgres says without a code. */
const sentences: [RegExp, "refused" | "away"][] = [
  [/^timeout exceeded when trying to connect|^timeout expired$/i, "refused"],
  [/^Connection terminated due to connection timeout/, "refused"],
  [/^Connection terminated|^Client has encountered a connection error/, "away"],
  [/^Cannot use a pool after calling end/, "refused"],
  // the socket file of a server that does not run
  [/^connect ENOENT/, "refused"],
];

/**
 * Gives what the database threw its kind: ConflictError where two transactions met, TransientError
 * where it is away, busy or too slow (`isAmbiguous` where a commit was perhaps on its way). Anything
 * else comes back as it is: a bug.
 */
export function toAppError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error), { cause: error });
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const kind = kinds[code] ?? classOf(code) ?? sentenceOf(error.message);
  if (kind === undefined) return error;
  const options = { cause: error };
  if (kind === "conflict") return new ConflictError("db_conflict", "two changes met", options);
  return new TransientError("db_away", "the database does not answer now", {
    ...options,
    isAmbiguous: kind === "away",
  });
}

function classOf(code: string): "refused" | "away" | undefined {
  return /^[0-9A-Z]{5}$/.test(code) ? classes[code.slice(0, 2)] : undefined;
}

function sentenceOf(message: string): "refused" | "away" | undefined {
  return sentences.find(([pattern]) => pattern.test(message))?.[1];
}
