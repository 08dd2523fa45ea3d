// Goal: values come out of PostgreSQL in the form the code expects, a slow statement is given up in time,
// and what the database throws has a kind. Method: a real database, and real failures of it.

import { sql } from "kysely";
import { Client } from "pg";
import { expect, test } from "vitest";
import { toAppError } from "#src/db/errors.ts";
import { openDatabase } from "#src/db/open.ts";
import { ConflictError, TransientError } from "#src/lib/errors.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";

const { db, url } = await testDatabase();
const log = createLog("silent");

const failure = async (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => new Error("it did not fail"),
    (error: unknown) => toAppError(error),
  );

test("whole numbers and days come out as numbers and plain days", async () => {
  const { rows } =
    await sql`select 9007199254740991::int8 as big, date '2026-11-21' as day`.execute(db);
  expect(rows).toEqual([{ big: 9_007_199_254_740_991, day: "2026-11-21" }]);
});

test("other pools of the process read values as they always did", async () => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("select 1::int8 as big, date '2026-11-21' as day");
  expect(rows).toEqual([{ big: "1", day: expect.any(Date) }]);
  await client.end();
});

test("columns are renamed, what is inside a jsonb value is not", async () => {
  const { rows } = await sql`select '{"layer_id": {"of_it": 1}}'::jsonb as some_data`.execute(db);
  expect(rows).toEqual([{ someData: { layer_id: { of_it: 1 } } }]);
});

test("a statement of more than a second is given up, and certainly did nothing", async () => {
  const error = await failure(sql`select pg_sleep(5)`.execute(db));
  expect(error).toBeInstanceOf(TransientError);
  expect(error).toMatchObject({ code: "db_away", isAmbiguous: false });
});

test("a pool for long work may wait longer", async () => {
  const patient = await openDatabase({ url, statementTimeoutMs: 0, log });
  await sql`select pg_sleep(1.1)`.execute(patient);
  await patient.destroy();
});

test("a connection in use that PostgreSQL ends is away, perhaps with a commit, and the pool goes on", async () => {
  const cut = db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db);
    await sql`select 1`.execute(trx);
  });
  expect(await failure(cut)).toMatchObject({ name: "TransientError", isAmbiguous: true });
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
});

test("an idle connection that PostgreSQL ends does not end the process", async () => {
  const lines: string[] = [];
  const idle = await openDatabase({
    url,
    applicationName: "idle one",
    log: createLog("warn", { write: (line) => lines.push(line) }),
  });
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'idle one'`.execute(db);
  await expect.poll(() => lines.join("")).toContain("a database connection was lost");
  expect((await sql`select 1 as one`.execute(idle)).rows).toEqual([{ one: 1 }]);
  await idle.destroy();
});

test("a server that is not there is away, and certainly did nothing", async () => {
  const nowhere = "postgresql://a:b@127.0.0.1:1/c";
  const error = await failure(openDatabase({ url: nowhere, log }));
  expect(error).toMatchObject({ name: "TransientError", isAmbiguous: false });
});

test("two transactions that block each other are a conflict", async () => {
  const one = sql`select pg_advisory_xact_lock(1)`;
  const two = sql`select pg_advisory_xact_lock(2)`;
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const cross = async (first: typeof one, second: typeof one, mine: number) =>
    db.transaction().execute(async (trx) => {
      // longer than PostgreSQL takes to find out
      await sql`set local statement_timeout = '10s'`.execute(trx);
      await sql`set local deadlock_timeout = '50ms'`.execute(trx);
      await first.execute(trx);
      gates[mine]?.resolve();
      await gates[1 - mine]?.promise;
      await second.execute(trx);
    });
  const ended = await Promise.allSettled([cross(one, two, 0), cross(two, one, 1)]);
  const errors = ended.flatMap((end) =>
    end.status === "rejected" ? [toAppError(end.reason)] : [],
  );
  expect(errors).toHaveLength(1);
  expect(errors[0]).toBeInstanceOf(ConflictError);
});

test("a broken constraint is a bug and comes back as it is", async () => {
  const wrong = sql`insert into strand (incident_id, number, name) values (1, 1, 'x')`.execute(db);
  expect(await failure(wrong)).toMatchObject({ code: "23503" });
});
