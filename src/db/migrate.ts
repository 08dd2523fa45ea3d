import { promises as fs } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { FileMigrationProvider, type MigrationResultSet, Migrator } from "kysely/migration";
import { PermanentError } from "#src/lib/errors.ts";
import type { Log } from "#src/lib/log.ts";
import { toAppError } from "./errors.ts";
import type { Database } from "./open.ts";

/**
 * Brings the tables to the newest form. Safe with several processes at once: one runs the migrations
 * in one transaction under an advisory lock, the others wait and find nothing to do. Throws
 * TransientError where the database is away, PermanentError where a migration fails.
 */
export async function migrateToLatest(db: Database, log: Log): Promise<void> {
  await migrate(db, log, (migrator) => migrator.migrateToLatest());
}

/** Takes the newest migration back. For development: what its tables held is lost. */
export async function migrateDown(db: Database, log: Log): Promise<void> {
  await migrate(db, log, (migrator) => migrator.migrateDown());
}

async function migrate(
  db: Database,
  log: Log,
  run: (migrator: Migrator) => Promise<MigrationResultSet>,
): Promise<void> {
  // found from here, wherever the process was started
  const migrationFolder = fileURLToPath(new URL("../../migrations", import.meta.url));
  const provider = new FileMigrationProvider({ fs, path, migrationFolder });
  // migrations name tables in snake_case themselves: the naming plugin stays out
  await db
    .withoutPlugins()
    .connection()
    .execute(async (connection) => {
      // waiting for another process to migrate, or a large table, may take longer than a request
      await sql`set statement_timeout = 0`.execute(connection);
      report(await run(new Migrator({ db: connection, provider })), log);
      await sql`reset statement_timeout`.execute(connection);
    });
}

function report({ error, results = [] }: MigrationResultSet, log: Log): void {
  for (const { migrationName, direction, status } of results) {
    log.info({ migrationName, direction, status }, "migration");
  }
  if (error === undefined) return;
  const known = toAppError(error);
  if (known !== error) throw known;
  const failed = results.find(({ status }) => status === "Error")?.migrationName ?? "";
  throw new PermanentError(
    "migration_failed",
    `The database could not be brought to this version${failed && ` (${failed})`}: ${known.message}`,
    { cause: error },
  );
}
