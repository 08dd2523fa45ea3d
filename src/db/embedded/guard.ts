import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { PermanentError } from "#src/lib/errors.ts";
import { readCommandLine } from "./process.ts";

/** Held for the life of a bot: says that the database of this folder has an owner. */
export interface Guard {
  /** Called once when the connection is lost. */
  onLost(callback: () => void): void;
  release(): Promise<void>;
}

/**
 * Takes the folder's one lock, an advisory lock on a connection kept open: an orphaned server has no
 * holder, a second bot finds one. `url` is of the maintenance database. Waits a moment for a killed
 * bot's connection to be noticed; then throws PermanentError "data_dir_in_use".
 */
export async function takeGuard(url: string, dataDir: string): Promise<Guard> {
  const client = new Client({
    connectionString: url,
    application_name: `${owner}${process.pid}`,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  const ended = new Promise<void>((resolve) => client.once("end", resolve));
  client.on("error", () => undefined);
  await client.connect();
  const deadline = Date.now() + 3_000;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(${lockKey}) as taken`,
    );
    if (rows[0]?.taken) break;
    const holder = await findHolder(client);
    // a killed bot has no command line any more, also while nobody has waited for its end
    if (Date.now() > deadline || (holder !== undefined && (await readCommandLine(holder)) !== "")) {
      await client.end();
      throw new PermanentError(
        "data_dir_in_use",
        `Another Faultline${holder === undefined ? "" : ` (process ${holder})`} already uses ${dataDir}. Stop it first, or give this one a FAULTLINE_DATA_DIR of its own; two bots on one database need DATABASE_URL.`,
      );
    }
    await pause(100);
  }
  return {
    onLost: (callback) => void ended.then(callback),
    release: async () => client.end(),
  };
}

const owner = "faultline process ";
const lockKey = 4_701_382;

/** The process that holds the lock, as it named its connection. */
async function findHolder(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.objid = ${lockKey} and l.granted`,
  );
  const name = rows[0]?.name;
  return name?.startsWith(owner) ? Number(name.slice(owner.length)) : undefined;
}
