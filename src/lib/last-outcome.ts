import { PermanentError, TransientError } from "./errors.ts";

/** Codes of TransientError that are an answer all the same: the other side is there, and asks to come back. */
const answers = new Set(["rate_limited", "http_409"]);

/** How another side was at the last call, for whoever operates the service. Asks nothing by itself. */
export class LastOutcome {
  /** Undefined before the first call. */
  state: "connected" | "away" | undefined;

  /** A call ended: well, or with this error. A no is an answer, too; a fault of ours says nothing. */
  note(error?: unknown): void {
    if (error instanceof TransientError && !answers.has(error.code)) this.state = "away";
    else if (
      error === undefined ||
      error instanceof PermanentError ||
      error instanceof TransientError
    ) {
      this.state = "connected";
    }
  }
}
