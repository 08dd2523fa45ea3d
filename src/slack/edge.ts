import { setImmediate as afterThis } from "node:timers/promises";
import type { Database } from "#src/db/open.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import type { Clock } from "#src/lib/clock.ts";
import { AppError, ConflictError, PermanentError, TransientError } from "#src/lib/errors.ts";
import { newId } from "#src/lib/id.ts";
import type { Log } from "#src/lib/log.ts";
import type { Context, Settings } from "#src/usecases/context.ts";
import type { InFlight } from "./in-flight.ts";
import type { SlackApi } from "./slack-api.ts";

/** What every listener of the edge works with. */
export interface EdgeParts {
  db: Database;
  /** For `views.open` and the like; a client of its own with a short patience. */
  slack: SlackApi;
  clock: Clock;
  log: Log;
  settings: Settings;
  /** The workspace that installed the bot. */
  teamId: TeamId;
  inFlight: InFlight;
  /** Whether Slack or GitHub is slow, as far as the worker knows. */
  isOutsideSlow(): boolean;
}

/** What people of another workspace are told, and nothing else. */
export const otherTeam = "Only full members of this workspace can do this.";

/** One request as the log names it; ids and names of ours alone. */
export interface RequestFacts {
  kind: "command" | "action" | "submission" | "event" | "shortcut";
  name: string;
  requestKey: string;
  teamId: string;
  userId: string;
}

/**
 * Answers one request: the time is taken once, the answer is logged with how long it took. Of a bug the
 * person gets `apology` with a reference, which stands in the log. Where the database is away or busy
 * it throws: Slack is not answered, and says so over the open form, or delivers the event again.
 */
export async function answerRequest<Answer extends { kind: string }>(
  parts: EdgeParts,
  facts: RequestFacts,
  answer: (ctx: Context) => Promise<Answer>,
  apology?: (sentence: string) => Answer,
): Promise<Answer> {
  const startedAt = performance.now();
  const log = parts.log.child({
    request: facts.kind,
    name: facts.name,
    requestKey: facts.requestKey,
  });
  const fields = () => ({
    userId: facts.userId,
    tookMs: Math.round(performance.now() - startedAt),
  });
  try {
    const ctx: Context = {
      db: parts.db,
      actor: { teamId: facts.teamId as TeamId, userId: facts.userId as UserId },
      now: await parts.clock(),
      requestKey: facts.requestKey,
      log,
      settings: parts.settings,
    };
    const given = await answer(ctx);
    log.info({ ...fields(), answer: given.kind }, "answered a request");
    return given;
  } catch (error) {
    const isExpected = error instanceof TransientError || error instanceof ConflictError;
    const reference = newId().slice(0, 8);
    const facts = { ...fields(), reference, ...errorFacts(error) };
    if (isExpected) log.warn(facts, "could not answer a request");
    else log.error(facts, "could not answer a request");
    if (isExpected || !apology) throw error;
    return apology(
      `Something went wrong on our side (reference ${reference}). Try again; what was saved already is not saved twice.`,
    );
  }
}

/**
 * Does what may come after the answer and may be lost: drawing a form beneath anew, a sentence for one
 * person. A failure is logged, nobody waits for it.
 */
export function inBackground(parts: EdgeParts, work: () => Promise<unknown>): void {
  void parts.inFlight.track(async () => {
    // the answer itself goes out first
    await afterThis();
    try {
      await work();
    } catch (error) {
      parts.log.warn(errorFacts(error), "something to show was not shown");
    }
  });
}

/** Opens or pushes a form before the answer, while its trigger lives. False where Slack did not do it: the person is told. */
export async function isOpened(parts: EdgeParts, open: () => Promise<void>): Promise<boolean> {
  try {
    await open();
    return true;
  } catch (error) {
    if (!(error instanceof TransientError || error instanceof PermanentError)) throw error;
    parts.log.warn({ code: error.code }, "a form did not open");
    return false;
  }
}

export const notOpened = "Slack did not open the form in time. Nothing is lost; try again.";

/**
 * What the log may hold of an error. Our own messages and those of the language name no text of
 * people's; a database's or a parser's may quote it, so of those only name, code and place are kept.
 */
function errorFacts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const isSafe = [AppError, TypeError, RangeError, ReferenceError].some(
    (kind) => error instanceof kind,
  );
  return {
    error: error.name,
    code: "code" in error ? error.code : undefined,
    ...(isSafe ? { said: error.message } : {}),
    at: error.stack
      ?.split("\n")
      .filter((line) => line.startsWith("    at "))
      .slice(0, 8),
    ...(error.cause === undefined ? {} : { cause: errorFacts(error.cause) }),
  };
}
