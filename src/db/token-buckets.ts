import { CompiledQuery, sql } from "kysely";
import type { Database, Trx } from "./open.ts";

/** Where rate-limiter-flexible counts, for all processes; not logged, since a crash may forget it. */
export const tokenBuckets = { schema: "pacing", table: "token_bucket" };

/** Makes the table where it is missing; safe with several processes at once. */
export const createTokenBuckets = `
  -- statements sent together are one transaction, so the lock covers them
  select pg_advisory_xact_lock(hashtextextended('faultline pacing', 0));
  create schema if not exists ${tokenBuckets.schema};
  create unlogged table if not exists ${tokenBuckets.schema}.${tokenBuckets.table} (
    key varchar(255) primary key,
    points integer not null default 0,
    expire bigint
  );`;

/** What rate-limiter-flexible calls a PostgreSQL client, over this transaction. */
export function bucketClient(trx: Trx) {
  return {
    query: ({ text, values }: { text: string; values: unknown[] }) =>
      trx.executeQuery(CompiledQuery.raw(text, values)),
  };
}

/** Forgets buckets that have been full for an hour. */
export async function forgetFullBuckets(db: Database): Promise<void> {
  const hourAgo = Date.now() - 3_600_000;
  const table = sql.table(`${tokenBuckets.schema}.${tokenBuckets.table}`);
  await sql`delete from ${table} where expire < ${hourAgo}`.execute(db);
}
