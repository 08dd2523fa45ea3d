// Goal: on a PostgreSQL whose user may not create the extension for the search, the service says which one
// and who has to do what; and whoever owns the database alone needs nobody (managed PostgreSQL).
// Method: the real migrations on empty databases, as roles with fewer rights than the tests have.

import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { migrateToLatest } from "#src/db/migrate.ts";
import { openDatabase } from "#src/db/open.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";

const log = createLog("silent");

/** A plain role with this right on an empty database, and the migrations run by it. */
async function migrateAs(right: "owner" | "tables only"): Promise<void> {
  const { db, url } = await testDatabase({ isEmpty: true });
  const role = `role_${randomUUID().replaceAll("-", "")}`;
  const name = new URL(url).pathname.slice(1);
  await sql`create role ${sql.ref(role)} login password 'plain'`.execute(db);
  onTestFinished(async () => {
    await sql`reassign owned by ${sql.ref(role)} to current_user`.execute(db);
    await sql`drop owned by ${sql.ref(role)}`.execute(db);
    await sql`drop role ${sql.ref(role)}`.execute(db);
  });
  await sql`grant all on schema public to ${sql.ref(role)}`.execute(db);
  if (right === "owner") {
    await sql`alter database ${sql.ref(name)} owner to ${sql.ref(role)}`.execute(db);
  }
  const address = new URL(url);
  address.username = role;
  address.password = "plain";
  const plain = await openDatabase({ url: address.href, statementTimeoutMs: 0, log });
  try {
    await migrateToLatest(plain, log);
  } finally {
    await plain.destroy();
  }
}

test("whoever owns the database alone makes everything, the extension too", async () => {
  await migrateAs("owner");
});

test("without the right to create the extension, one sentence says what an administrator does", async () => {
  await expect(migrateAs("tables only")).rejects.toMatchObject({
    code: "migration_failed",
    message: expect.stringMatching(/pg_trgm.*administrator run “create extension pg_trgm”/s),
  });
});
