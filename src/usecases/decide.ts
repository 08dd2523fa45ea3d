import type { DecisionBasis } from "#src/db/incidents.ts";
import { wasRefused } from "#src/db/refusals.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import { withIncidentLocked } from "#src/db/transaction.ts";
import { toAppError } from "#src/db/errors.ts";
import { writeEffects } from "#src/db/effects.ts";
import type { Trx } from "#src/db/open.ts";
import type { Changes, Decision, Outcome } from "#src/domain/decision.ts";
import type { By } from "#src/domain/decider.ts";
import type { Incident, IncidentId, IncidentState } from "#src/domain/incident.ts";
import { withHypotheses } from "#src/domain/hypotheses.ts";
import { withItemsRedrawn } from "#src/domain/items-redrawn.ts";
import { withMilestones } from "#src/domain/milestones.ts";
import type { UserId } from "#src/domain/person.ts";
import { mayTakePart } from "#src/domain/policy.ts";
import { releaseActions } from "#src/domain/provisional.ts";
import type { Rejection } from "#src/domain/rejection.ts";
import { recordRefusal } from "#src/domain/refusal.ts";
import { ConflictError } from "#src/lib/errors.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { Context } from "./context.ts";
import { fireReminders } from "./fire-reminders.ts";

/** Who asks for a decision, when, and by which request. */
export type Asking = Pick<Context, "db" | "actor" | "now" | "requestKey">;

/**
 * Decides about one incident: one transaction that locks it, reads everything, asks the pure decider,
 * and saves what it decided, or only the refusal. The same request (`ctx.requestKey`) that was accepted before
 * gets the outcome of then.
 * A rejection changes nothing, except that a rule's refusal is recorded. Two transactions that meet
 * are tried once more; then the person is told.
 * `read` loads what a decider needs beyond the state, within the same transaction; `keep` writes what
 * the form taught beyond the incident, once it is taken; `keepRefused` is what a refusal leaves in the
 * record beside itself.
 */
export async function decide<Extra>(
  ctx: Asking,
  incidentId: IncidentId,
  decider: (state: IncidentState, by: By, extra: Extra) => Result<Decision, Rejection>,
  options: {
    attempted: string;
    read?: (trx: Trx, state: IncidentState) => Promise<Extra>;
    keep?: (trx: Trx, before: IncidentState) => Promise<void>;
    keepRefused?: (state: IncidentState, by: By) => Changes;
  },
): Promise<Result<Outcome, Rejection>> {
  return retryOnConflict(() =>
    inIncidentTransaction(ctx, incidentId, async (trx, basis) => {
      const { teamId, userId } = ctx.actor;
      const request = { key: ctx.requestKey, teamId, userId };
      if (!basis || basis.state.incident.teamId !== teamId) return err(noSuchIncident());
      if (basis.seenOutcome) return ok(asReplayed(basis.seenOutcome));

      const { person } = basis;
      const denied = mayTakePart(person, ctx.actor, basis.state);
      if (denied) {
        await refreshWhatWeKnow(trx, incidentId, userId);
        return err(denied);
      }

      const state = await fireReminders(trx, basis.state, ctx.now);
      // what a reminder wrote stands at the end of the chain; the writer looks it up again
      const timelineHead = state === basis.state ? basis.timelineHead : undefined;
      const extra = options.read ? await options.read(trx, state) : undefined;
      const decided = decider(state, { userId, now: ctx.now }, extra as Extra);
      if (decided.ok) {
        const by = { userId, now: ctx.now };
        const released = releaseActions(state, decided.value, by);
        const told = withHypotheses(state, withMilestones(state, released, by));
        const decision = withItemsRedrawn(state, told);
        await saveDecision(trx, {
          ...decision,
          changes: withoutWhatStands(decision.changes, state),
          incidentId,
          now: ctx.now,
          ...(timelineHead ? { timelineHead } : {}),
          request: { ...request, outcome: decision.outcome },
        });
        await options.keep?.(trx, state);
        return ok(decision.outcome);
      }
      const rejection = decided.error;
      if (rejection.code === "refused" && !(await wasRefused(trx, ctx.requestKey))) {
        const by = { userId, now: ctx.now };
        const refused = recordRefusal(state, rejection.refusal, options.attempted, by);
        await saveDecision(trx, {
          ...refused,
          changes: { ...refused.changes, ...options.keepRefused?.(state, by) },
          incidentId,
          now: ctx.now,
          ...(timelineHead ? { timelineHead } : {}),
          request: { ...request, outcome: null },
        });
      }
      return err(rejection);
    }),
  );
}

/** Deciders name the phase that follows; mostly it is the one that stands, and the row need not be written anew. */
function withoutWhatStands(changes: Changes, { incident }: IncidentState): Changes {
  if (!changes.incident) return changes;
  const changed = Object.entries(changes.incident).filter(
    ([key, value]) => incident[key as keyof Incident] !== value,
  );
  return { ...changes, incident: Object.fromEntries(changed) };
}

async function inIncidentTransaction<Value>(
  ctx: Asking,
  incidentId: IncidentId,
  work: (trx: Trx, basis: DecisionBasis | undefined) => Promise<Value>,
): Promise<Value> {
  try {
    const { requestKey } = ctx;
    return await withIncidentLocked(ctx.db, { incidentId, ...ctx.actor, requestKey }, work);
  } catch (error) {
    throw toAppError(error);
  }
}

/** Runs `work` in one transaction; database errors come out as the kinds of `src/lib/errors.ts`. */
export async function inTransaction<Value>(
  ctx: Pick<Context, "db">,
  work: (trx: Trx) => Promise<Value>,
): Promise<Value> {
  try {
    return await ctx.db.transaction().execute(work);
  } catch (error) {
    throw toAppError(error);
  }
}

/** Tries once more where two transactions met; the second time it becomes a rejection. */
export async function retryOnConflict(
  work: () => Promise<Result<Outcome, Rejection>>,
): Promise<Result<Outcome, Rejection>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      if (attempt === 2) {
        return err({
          code: "conflict",
          message: "Somebody changed this at the same moment. Nothing was saved; send it again.",
        });
      }
    }
  }
}

/** What is told when the same form, button or command comes a second time. */
export function asReplayed(outcome: Outcome): Outcome {
  return { ...outcome, sentence: `Already recorded. ${outcome.sentence}`, isShown: true };
}

/** Somebody was turned away by what we remember: Slack is asked again, so that the next try is told by the truth. */
async function refreshWhatWeKnow(trx: Trx, incidentId: IncidentId, userId: UserId): Promise<void> {
  await writeEffects(trx, [
    { name: "look-up-person", incidentId: null, userId },
    { name: "sync-members", incidentId },
  ]);
}

function noSuchIncident(): Rejection {
  return {
    code: "not_found",
    message: "There is no such incident here. `/incident list` shows the open ones.",
  };
}
