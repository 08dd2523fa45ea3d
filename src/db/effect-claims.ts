import { sql, type UpdateObject } from "kysely";
import type { Effect } from "#src/domain/effect.ts";
import { writeEffects } from "./effects.ts";
import { lockIncident } from "./incidents.ts";
import {
  inMilliseconds,
  isUnfinished,
  millisecondsUntilDue,
  isPutOffUpdate,
} from "./effect-states.ts";
import type { Database, Trx } from "./open.ts";
import type { DB } from "./schema.ts";

/** An effect that this process may attempt, until its lease ends. */
export interface Claimed {
  id: string;
  effect: Effect;
  lane: string;
  /** Counts this attempt. */
  attempts: number;
  /** Counts takeovers; whoever writes with an older one is refused. */
  fence: number;
  /** Real time, the database's. */
  writtenAt: Date;
  /** An earlier attempt perhaps took effect: look before it runs again. */
  isUncertain: boolean;
}

/** Claimed; or not before so many milliseconds; or not at all now (done, behind another, somebody else's). */
export type Claim =
  | { kind: "claimed"; claimed: Claimed }
  | { kind: "later"; inMs: number; lane: string }
  | { kind: "none" };

/** How long an effect has to wait for its turn with Slack or GitHub, in milliseconds; 0: not at all. */
export type Pace = (trx: Trx, effect: Effect) => Promise<number>;

/**
 * Takes an effect for `leaseMs`: where it waits and is due, or where the lease of whoever attempted it
 * ran out; and only the first unfinished one of its lane. Raises the fence. Two workers never hold two
 * effects of one lane: the lane is locked while one is chosen. `pace` may put it off; that is no attempt.
 */
export async function claimEffect(
  db: Database,
  id: string,
  leaseMs: number,
  pace?: Pace,
): Promise<Claim> {
  return db.transaction().execute(async (trx) => {
    // a statement of its own: what is read next is read after the wait
    await sql`select pg_advisory_xact_lock(hashtextextended(lane, 0)) from effect where id = ${id}`.execute(
      trx,
    );
    const row = await findClaimable(trx, id);
    if (!row) return { kind: "none" };
    if (row.waitMs > 0) return { kind: "later", inMs: row.waitMs, lane: row.lane };
    const effect = row.payload as Effect;
    const turnMs = pace ? await pace(trx, effect) : 0;
    if (turnMs > 0) {
      await trx
        .updateTable("effect")
        .set({ dueAt: inMilliseconds(turnMs) })
        .where("id", "=", id)
        .execute();
      return { kind: "later", inMs: turnMs, lane: row.lane };
    }
    const claimed = await trx
      .updateTable("effect")
      .set((eb) => ({
        state: "attempting",
        attempts: eb("attempts", "+", 1),
        fence: eb("fence", "+", 1),
        leaseUntil: inMilliseconds(leaseMs),
      }))
      .where("id", "=", id)
      .returning(["attempts", "fence", "writtenAt", "lane"])
      .executeTakeFirstOrThrow();
    // "attempting" here means that somebody began it and never came back
    const isUncertain = row.state !== "pending";
    return { kind: "claimed", claimed: { ...claimed, id, effect, isUncertain } };
  });
}

interface Claimable {
  payload: unknown;
  lane: string;
  state: string;
  waitMs: number;
}

async function findClaimable(trx: Trx, id: string): Promise<Claimable | undefined> {
  const { rows } = await sql<Claimable>`
    select payload, lane, state, ${millisecondsUntilDue} as wait_ms
    from effect e
    where id = ${id} and e.${isUnfinished}
      and not exists (
        select 1 from effect other
        where other.lane = e.lane and other.id <> e.id and other.${isUnfinished}
          and ((other.position < e.position and not ${isPutOffUpdate("other")})
            or (other.state = 'attempting' and other.lease_until > clock_timestamp()))
      )
  `.execute(trx);
  return rows[0];
}

/** Keeps a long attempt's lease. False where somebody else has it by now. */
export async function renewLease(
  db: Database,
  claimed: Claimed,
  leaseMs: number,
): Promise<boolean> {
  return updateHeld(db, claimed, { leaseUntil: inMilliseconds(leaseMs) });
}

/** Marks an effect done. False where somebody else has it by now: then nothing of this attempt may be saved. */
export async function finishEffect(
  trx: Trx,
  claimed: Claimed,
  outcome: Record<string, unknown>,
): Promise<boolean> {
  return updateHeld(trx, claimed, {
    state: "done",
    outcome: JSON.stringify(outcome),
    doneAt: inMilliseconds(0),
    leaseUntil: null,
    lastError: null,
  });
}

/** Puts an effect off for `delayMs`: `pending` where the attempt certainly did nothing, else `uncertain`. */
export async function postponeEffect(
  db: Database | Trx,
  claimed: Claimed,
  why: { delayMs: number; lastError: string; state: "pending" | "uncertain" },
): Promise<boolean> {
  return updateHeld(db, claimed, {
    state: why.state,
    dueAt: inMilliseconds(why.delayMs),
    lastError: why.lastError,
    leaseUntil: null,
  });
}

/**
 * Gives an effect up: its row stays, as dead, and the coordinator is told by an effect of its own,
 * unless telling is what failed, or `isTold` is false because there is nowhere left to tell it.
 */
export async function failEffect(
  db: Database,
  claimed: Claimed,
  why: { lastError: string; isTold: boolean },
): Promise<boolean> {
  const { effect, id } = claimed;
  const isTrouble = effect.name === "post-message" && effect.message.kind === "trouble";
  return db.transaction().execute(async (trx) => {
    // first, as everywhere: who writes effects of an incident holds its lock
    if (effect.incidentId !== null) await lockIncident(trx, effect.incidentId);
    const isHeld = await updateHeld(trx, claimed, {
      state: "dead",
      lastError: why.lastError,
      doneAt: inMilliseconds(0),
      leaseUntil: null,
    });
    if (isHeld && effect.incidentId !== null && !isTrouble && why.isTold) {
      const message = { kind: "trouble", effectId: id } as const;
      await writeEffects(trx, [{ name: "post-message", incidentId: effect.incidentId, message }]);
    }
    return isHeld;
  });
}

/** Writes to the row while this attempt still holds it. False where it does not. */
async function updateHeld(
  db: Database | Trx,
  claimed: Claimed,
  values: UpdateObject<DB, "effect">,
): Promise<boolean> {
  const result = await db
    .updateTable("effect")
    .set(values)
    .where("id", "=", claimed.id)
    .where("fence", "=", claimed.fence)
    .where("state", "=", "attempting")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
