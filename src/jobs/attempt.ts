import {
  type Claimed,
  failEffect,
  finishEffect,
  postponeEffect,
  renewLease,
} from "#src/db/effect-claims.ts";
import { toAppError } from "#src/db/errors.ts";
import { getIncidentState, lockIncident } from "#src/db/incidents.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import { writeEffects } from "#src/db/effects.ts";
import { type Effect, effectLane } from "#src/domain/effect.ts";
import { AppError, ConflictError, PermanentError, TransientError } from "#src/lib/errors.ts";
import { newId } from "#src/lib/id.ts";
import type { AttemptContext, Handler, HandlerResult, Handlers, JobContext } from "./handler.ts";

export interface AttemptOptions {
  context: JobContext;
  handlers: Handlers;
  /** How long an effect is ours without a sign of life, in milliseconds. */
  leaseMs: number;
  /** The wait after the first failed attempt and the longest one, in milliseconds; it doubles between. */
  backoff: { firstMs: number; longestMs: number };
  /** Called when the other side could not answer: what people wait for comes later. */
  onLate?: () => void;
}

/** After so many attempts that ended in an unexpected error, an effect is given up. */
const mostBugs = 5;

/**
 * One attempt of an effect that is ours: looks for it where an earlier attempt perhaps took effect,
 * else does it, and saves what came of it in one transaction. Returns after how many milliseconds it
 * is to be attempted again; undefined where it is over, for us at least. Throws only where the
 * database does not answer; then the lease runs out and somebody looks for it.
 */
export async function attemptEffect(
  options: AttemptOptions,
  claimed: Claimed,
): Promise<number | undefined> {
  const { log, db } = options.context;
  const doubt = { isUncertain: claimed.isUncertain };
  const renewal = setInterval(() => {
    renewLease(db, claimed, options.leaseMs).catch((error: unknown) =>
      log.warn({ err: error, effectId: claimed.id }, "the lease of an effect could not be renewed"),
    );
  }, options.leaseMs / 3);
  try {
    const { result, now } = await produce(options, claimed, doubt);
    await save(options.context, claimed, result, now);
    log.info({ effectId: claimed.id, name: claimed.effect.name }, "effect done");
    return undefined;
  } catch (error) {
    return await giveWay(options, claimed, doubt, toAppError(error));
  } finally {
    clearInterval(renewal);
  }
}

async function produce(
  { context, handlers }: AttemptOptions,
  claimed: Claimed,
  doubt: { isUncertain: boolean },
): Promise<{ result: HandlerResult; now: Date }> {
  const now = await context.clock();
  const ctx: AttemptContext = {
    ...context,
    effectId: claimed.id,
    writtenAt: claimed.writtenAt,
    now,
  };
  // the registry's types hold one handler to each name; here any of them is meant
  const handler = handlers[claimed.effect.name] as Handler<Effect>;
  if (doubt.isUncertain && handler.find) {
    const found = await handler.find(ctx, claimed.effect);
    if (found) return { result: found, now };
    doubt.isUncertain = false;
  }
  const result = await handler.run(ctx, claimed.effect);
  // it happened: if saving fails, even for sure, the next attempt has to look first
  doubt.isUncertain = true;
  return { result, now };
}

/** Somebody else has taken the effect over: what we did is found by them, and nothing of ours is saved. */
class LeaseLost extends AppError {
  override name = "LeaseLost";
}

async function save(
  { db }: JobContext,
  claimed: Claimed,
  result: HandlerResult,
  now: Date,
): Promise<void> {
  const { incidentId } = claimed.effect;
  await db.transaction().execute(async (trx) => {
    if (incidentId !== null) await lockIncident(trx, incidentId);
    if (!(await finishEffect(trx, claimed, result.outcome))) {
      throw new LeaseLost("lease_lost", "somebody else has this effect by now");
    }
    await result.save?.(trx);
    const follows =
      result.follow && incidentId !== null
        ? result.follow(await getIncidentState(trx, incidentId))
        : result;
    const { changes = {}, timeline = [], effects = [] } = follows;
    if (incidentId === null) await writeEffects(trx, effects);
    else await saveDecision(trx, { incidentId, changes, timeline, effects, now });
  });
}

/** The attempt failed: puts the effect off, or gives it up. */
async function giveWay(
  options: AttemptOptions,
  claimed: Claimed,
  doubt: { isUncertain: boolean },
  error: Error,
): Promise<number | undefined> {
  const { log, db } = options.context;
  const { id: effectId, attempts, effect } = claimed;
  const facts = { effectId, name: effect.name, attempts };
  if (error instanceof LeaseLost) {
    log.warn(facts, "another worker has taken this effect over");
    return undefined;
  }
  const lastError = lastErrorOf(error);
  if (error instanceof PermanentError) {
    log.error({ ...facts, err: error }, "an effect failed for good");
    await failEffect(db, claimed, { lastError, isTold: !isChannelGone(effect, error) });
    return undefined;
  }
  const isExpected = error instanceof TransientError || error instanceof ConflictError;
  if (!isExpected) {
    const reference = newId();
    // the stack alone: an error of the database also holds the row, and with it what people wrote
    log.error({ ...facts, reference, stack: error.stack }, "an effect failed unexpectedly");
    if (attempts >= mostBugs) {
      await failEffect(db, claimed, { lastError: `unexpected: ${reference}`, isTold: true });
      return undefined;
    }
  } else {
    log.warn({ ...facts, err: error }, "an effect has to wait");
  }
  const didNothing = error instanceof TransientError && !error.isAmbiguous;
  const state = didNothing && !doubt.isUncertain ? "pending" : "uncertain";
  const delayMs = delayAfter(options.backoff, attempts, error);
  const isOurs = await postponeEffect(db, claimed, { delayMs, lastError, state });
  if (error instanceof TransientError) options.onLate?.();
  return isOurs ? delayMs : undefined;
}

/** Doubles with each attempt up to the longest, half of it by chance, and not before the other side wants us back. */
function delayAfter(backoff: AttemptOptions["backoff"], attempts: number, error: Error): number {
  const whole = Math.min(backoff.firstMs * 2 ** Math.min(attempts - 1, 20), backoff.longestMs);
  const spread = Math.round(whole / 2 + (Math.random() * whole) / 2);
  const asked = error instanceof TransientError ? error.retryAfterMs : undefined;
  return asked === undefined ? spread : asked + Math.round(Math.random() * 100);
}

/** `code: message`; the code for whoever reads the list of what failed, the message for people. */
function lastErrorOf(error: Error): string {
  return error instanceof AppError
    ? `${error.code}: ${error.message}`
    : `unexpected: ${error.name}`;
}

/** There is no channel left in which anybody could be told. */
function isChannelGone(effect: Effect, error: PermanentError): boolean {
  const isInChannel = effectLane(effect) === `channel:${effect.incidentId}`;
  return isInChannel && ["channel_not_found", "is_archived", "not_in_channel"].includes(error.code);
}
