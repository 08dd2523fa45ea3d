import { CamelCasePlugin, CompiledQuery, Kysely, PostgresDialect, type Transaction } from "kysely";
import { type ClientBase, Pool, types } from "pg";
import type { Log } from "#src/lib/log.ts";
import { preparations } from "./for-decision.ts";
import { PreparingClient } from "./prepared.ts";
import type { DB } from "./schema.ts";

export type Database = Kysely<DB>;
export type Trx = Transaction<DB>;

export interface OpenOptions {
  /** `postgresql://user:password@host:port/database` */
  url: string;
  /** Connections kept at most; default 10. */
  maxConnections?: number;
  /**
   * How long one statement may run, in milliseconds; default 1,000, so that a person is answered
   * within Slack's 3 s whatever the database does. 0 for none (migrations, long jobs).
   */
  statementTimeoutMs?: number;
  /** What the connections are called in PostgreSQL's own lists; default "faultline". */
  applicationName?: string;
  log: Log;
}

/**
 * Opens a pool on PostgreSQL, as Kysely with our camelCase names; `destroy()` closes it. The first
 * connection is made here, so a wrong address shows at once. Throws what the driver throws: see
 * errors.ts for what it means.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { log } = options;
  const pool = new Pool({
    Client: PreparingClient,
    // before anybody gets the connection
    onConnect: prepareConnection,
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    statement_timeout: options.statementTimeoutMs ?? 1_000,
    application_name: options.applicationName ?? "faultline",
    // a person waits 3 s at most, and a database that is away must not cost all of it
    connectionTimeoutMillis: 2_000,
    types: { getTypeParser },
  });
  pool.on("error", (error) => log.warn({ err: error }, "a database connection was lost"));
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    // only column names are ours: what is inside a jsonb value stays as it was written
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  try {
    // by Kysely, not by the pool: it closes a pool only after it has used it
    await db.connection().execute(async () => undefined);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

/** What it returns is a promise, which the pool awaits although its types do not say so. */
function prepareConnection(client: ClientBase): unknown {
  // without a listener, a connection that PostgreSQL closes (a restart) ends the process: the pool
  // hears of idle ones only, so those in use have one each
  client.on("error", () => undefined);
  // before the first migration there are no tables to read
  return client.query(preparations.join("; ")).catch(() => undefined);
}

/** Resolves while the database answers. Throws what the driver throws: see errors.ts. */
export async function pingDatabase(db: Database): Promise<void> {
  await db.executeQuery(CompiledQuery.raw("select 1"));
}

const int8: number = types.builtins.INT8;
const date: number = types.builtins.DATE;

// of this pool alone: pg-boss has its own pool and its own expectations
const getTypeParser: typeof types.getTypeParser = (id: number, format?: "text" | "binary") => {
  // counts and positions; none of ours comes near 2^53
  if (id === int8) return Number;
  // a day has no time zone: a Date would be another day elsewhere
  if (id === date) return (text: string) => text;
  return types.getTypeParser(id, format);
};
