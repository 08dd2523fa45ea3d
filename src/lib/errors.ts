/**
 * The error kinds of this service (ARCHITECTURE.md, "Errors"). What is expected is a value
 * (`Result`); what is thrown is one of these, and anything else that is thrown is a bug.
 */
export class AppError extends Error {
  override name = "AppError";
  /** Stable for machines: logs and tests match on it, never on the message. */
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Two transactions met (40001, 40P01, a stale row). Retried once, then told to the person. */
export class ConflictError extends AppError {
  override name = "ConflictError";
}

/** The other side could not answer now (429, 5xx, network, database away). Worth trying again. */
export class TransientError extends AppError {
  override name = "TransientError";
  /** How long the other side asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /**
   * False where the call certainly did not take effect (429, connection refused): it may run again
   * without looking first. True where it perhaps did (timeout, cut connection, 5xx).
   */
  readonly isAmbiguous: boolean;
  constructor(
    code: string,
    message: string,
    options?: ErrorOptions & { retryAfterMs?: number; isAmbiguous?: boolean },
  ) {
    super(code, message, options);
    this.retryAfterMs = options?.retryAfterMs;
    this.isAmbiguous = options?.isAmbiguous ?? true;
  }
}

/** The other side said no for good (`channel_not_found`, 404, 422). A person has to do something. */
export class PermanentError extends AppError {
  override name = "PermanentError";
}
