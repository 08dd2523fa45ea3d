// Goal: the tables can be made from nothing, by two processes at once, and every step can be taken back
// and made again. Method: the real migrations on empty databases; two real processes for the race.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { migrateDown, migrateToLatest } from "#src/db/migrate.ts";
import { type Database, openDatabase } from "#src/db/open.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";

const log = createLog("silent");
const script = fileURLToPath(new URL("../../scripts/migrate.ts", import.meta.url));

test("an empty database gets every table, and a second time changes nothing", async () => {
  const { db } = await testDatabase({ isEmpty: true });
  await migrateToLatest(db, log);
  const first = await columns(db);
  expect(first).toContain("incident.id");
  await migrateToLatest(db, log);
  expect(await columns(db)).toEqual(first);
});

test("with data in it, the newest step can be taken back and made again", async () => {
  const { db } = await testDatabase();
  const before = await columns(db);
  await sql`insert into service (team_id, name) values ('T1', 'search')`.execute(db);
  await sql`insert into service_owner (team_id, service_name, layer) values ('T1', 'search', 'model')`.execute(
    db,
  );
  await migrateDown(db, log);
  expect(await columns(db)).not.toEqual(before);
  await migrateToLatest(db, log);
  expect(await columns(db)).toEqual(before);
});

test("two processes that start at once on an empty database both end well", async () => {
  const { db, url } = await testDatabase({ isEmpty: true });
  const statuses = await Promise.all([migrateInProcess(url), migrateInProcess(url)]);
  expect(statuses).toEqual([0, 0]);
  expect(await columns(db)).toContain("incident.id");
});

test("a process that waits for another's migrations is not cut off after a second", async () => {
  const { db } = await testDatabase({ isEmpty: true });
  // what the migrator locks while it works (kysely, PostgresAdapter)
  const lock = sql.lit("3853314791062309107");
  await db.connection().execute(async (other) => {
    await sql`select pg_advisory_lock(${lock}::bigint)`.execute(other);
    const waiting = migrateToLatest(db, log);
    const waits = sql<{
      since: number;
    }>`select extract(epoch from now() - query_start)::float8 as since
      from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`;
    await expect.poll(async () => (await waits.execute(other)).rows[0]?.since).toBeGreaterThan(1.2);
    await sql`select pg_advisory_unlock(${lock}::bigint)`.execute(other);
    await waiting;
  });
  expect(await columns(db)).toContain("incident.id");
});

test("after the migrations a statement has its second again", async () => {
  const { url } = await testDatabase({ isEmpty: true });
  const db = await openDatabase({ url, maxConnections: 1, log });
  await migrateToLatest(db, log);
  const { rows } = await sql`show statement_timeout`.execute(db);
  await db.destroy();
  expect(rows).toEqual([{ statementTimeout: "1s" }]);
});

test("the timeline cannot be changed or deleted, only added to", async () => {
  const { db } = await testDatabase();
  await sql`insert into incident (team_id, number, title, slug, severity, is_severity_unsure, status, phase,
      is_private, is_drill, channel_name, declared_by, declared_at, coordinator, postmortem_driver)
    values ('T1', 1, 'Wrong answers', 'wrong-answers', 'SEV2', false, 'open', 'x', false, false, 'inc-1',
      'U1', now(), 'U1', 'U1')`.execute(db);
  await sql`insert into timeline_entry (incident_id, sequence, lane, kind, happened_at, recorded_at, actor, hash)
    values (1, 1, 'response', 'incident_declared', now(), now(), 'U1', 'h')`.execute(db);
  await expect(sql`update timeline_entry set hash = 'other'`.execute(db)).rejects.toThrow(
    "append-only",
  );
  await expect(sql`delete from timeline_entry`.execute(db)).rejects.toThrow("append-only");
});

/** Every column of every table as `table.column`, the migrator's own left out. */
async function columns(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and table_name not like 'kysely%' order by 1`.execute(db);
  return rows.map((row) => row.name);
}

async function migrateInProcess(url: string): Promise<unknown> {
  const child = spawn(process.execPath, [script], {
    env: { DATABASE_URL: url, LOG_LEVEL: "error" },
    stdio: "inherit",
  });
  const [status] = await once(child, "exit");
  return status;
}
