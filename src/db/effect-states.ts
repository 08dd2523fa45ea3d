import { sql } from "kysely";
import type { Effect } from "#src/domain/effect.ts";
import type { Database, Trx } from "./open.ts";

/** As the indexes say it, so that they are used. Goes behind a table's name: `e.${isUnfinished}`. */
export const isUnfinished = sql.raw<boolean>("state in ('pending', 'attempting', 'uncertain')");

/**
 * A message that is edited in place, whose turn has not come (it is written once a second at the most):
 * what stands behind it in its lane goes past, or every other message would wait with it.
 */
export const isPutOffUpdate = (table: string) =>
  sql.raw<boolean>(
    `(${table}.state = 'pending' and ${table}.attempts = 0 and ${table}.due_at > clock_timestamp()
      and ${table}.name = 'post-message' and ${table}.payload->'message'->>'kind' in ('panel', 'evidence-request', 'lever'))`,
  );

/** When an unfinished effect may be claimed: when it is due, or when the lease of its attempt ends. */
const claimableAt = sql.raw<Date>(
  "(case when state = 'attempting' then lease_until else due_at end)",
);

/** Negative where that is past. Real time, the database's: workers' clocks may differ. */
export const millisecondsUntilDue = sql<number>`
  ceil(extract(epoch from ${claimableAt} - clock_timestamp()) * 1000)::bigint`;

/** A point in time, counted from now by the database's clock. */
export function inMilliseconds(ms: number) {
  return sql<Date>`clock_timestamp() + ${ms} * interval '1 millisecond'`;
}

/** One effect that is first in its lane. */
export interface Head {
  id: string;
  name: string;
  state: string;
  lastError: string | null;
  /** Until it may be claimed, in milliseconds; not above 0: now. */
  waitMs: number;
}

/**
 * The first unfinished effect of each lane (or of this one) that may be claimed within `withinMs`, and
 * beside it an update that has been put off; at most 1,000.
 */
export async function findHeads(
  db: Database,
  by: { withinMs: number; lane?: string },
): Promise<Head[]> {
  const { rows } = await sql<Head>`
    select id, name, state, last_error, wait_ms from (
      select distinct on (lane, ${isPutOffUpdate("effect")})
        id, name, state, last_error, ${millisecondsUntilDue} as wait_ms
      from effect where ${isUnfinished} ${by.lane === undefined ? sql`` : sql`and lane = ${by.lane}`}
      order by lane, ${isPutOffUpdate("effect")}, position
    ) head
    where wait_ms <= ${by.withinMs} limit 1000
  `.execute(db);
  return rows;
}

/**
 * Whether Slack or GitHub is slow now, so that a person is told that what follows may come later: an
 * effect failed and is tried again, or one waits for more than 5 s.
 */
export async function isAnyEffectLate(db: Database): Promise<boolean> {
  const { rows } = await sql<{ isLate: boolean }>`
    select exists (
      select 1 from effect where ${isUnfinished}
        and (last_error is not null or due_at < clock_timestamp() - interval '5 seconds')
    ) as is_late
  `.execute(db);
  return rows[0]?.isLate ?? false;
}

/** Makes what waits for its next attempt due at once. Returns how many effects were ever finished. */
export async function makeAllDue(db: Database): Promise<number> {
  await sql`
    update effect set due_at = clock_timestamp()
    where state in ('pending', 'uncertain') and due_at > clock_timestamp()`.execute(db);
  const { finished } = await db
    .selectFrom("effect")
    .select((eb) => eb.fn.countAll<number>().as("finished"))
    .where("state", "in", ["done", "dead"])
    .executeTakeFirstOrThrow();
  return finished;
}

/** One effect, with what came of it. */
export async function findEffect(
  db: Database | Trx,
  id: string,
): Promise<EffectRecord | undefined> {
  const row = await db
    .selectFrom("effect")
    .select(["payload", "state", "outcome", "lastError"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row) return undefined;
  return { ...row, effect: row.payload as unknown as Effect } as EffectRecord;
}
export interface EffectRecord {
  effect: Effect;
  state: "pending" | "attempting" | "uncertain" | "done" | "dead";
  outcome: Record<string, unknown> | null;
  lastError: string | null;
}
