import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { Log } from "#src/lib/log.ts";
import { installedBinaries, prepareBinaries } from "./embedded/binaries.ts";
import { openCluster, rememberPort } from "./embedded/cluster.ts";
import { type Guard, takeGuard } from "./embedded/guard.ts";
import { findHome, noteHome } from "./embedded/home.ts";
import {
  addressOf,
  ensurePostmaster,
  type ServerParts,
  stopPostmaster,
} from "./embedded/postmaster.ts";

export interface EmbeddedOptions {
  /** Made where it is missing. The same folder gives the same database again. */
  dataDir: string;
  log: Log;
  /** The folder of PostgreSQL's programs; default: those npm installed. */
  native?: string;
  /** PostgreSQL settings for this start; tests switch durability off. */
  settings?: Record<string, string>;
}

export interface Embedded {
  /** Of the database `faultline`; the same for as long as this bot runs. */
  url: string;
  /** Stops the server within 9 s; close the pools first. What was committed is on disk. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL 18 of a data folder, or takes over the one that a killed bot left
 * running, and starts it again should it die (design: reliability.md 4). Nothing here listens to
 * signals or to the end of the process: the caller's stop is the only one. Throws PermanentError, with
 * one sentence for a person, where it cannot: "data_dir_in_use" where another bot has this folder.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataDir, log } = options;
  const home = await findHome(dataDir, log);
  const binaries = await prepareBinaries(options.native ?? installedBinaries(), home, log);
  const cluster = await openCluster(home, binaries, log);
  await noteHome(dataDir, home);
  const parts: ServerParts = { home, binaries, cluster, settings: options.settings ?? {}, log };
  let server = await ensurePostmaster(parts);
  const { port } = server;
  const maintenance = addressOf(cluster, port, "postgres");
  let guard = await takeGuard(maintenance, dataDir);
  await rememberPort(home, cluster, port);
  await createDatabase(maintenance);
  const freshening = setInterval(() => void keepFresh(home.folder, log), 24 * 3_600_000).unref();
  await keepFresh(home.folder, log);

  let isStopping = false;
  let isOwner = true;
  function watch(held: Guard): void {
    held.onLost(() => {
      if (!isStopping) void recover();
    });
  }
  // whoever waits for the database meanwhile sees lost connections, which count as worth trying again
  async function recover(): Promise<void> {
    isOwner = false;
    log.error("the database went away");
    while (!isStopping) {
      try {
        server = await ensurePostmaster({ ...parts, fixedPort: port });
        guard = await takeGuard(maintenance, dataDir);
        isOwner = true;
        watch(guard);
        if (isStopping) await stopPostmaster(server.pid, cluster);
        return;
      } catch (error) {
        log.error({ err: error }, "the database is not back yet");
        await pause(1_000);
      }
    }
  }
  watch(guard);

  return {
    url: addressOf(cluster, port, databaseName),
    stop: async () => {
      isStopping = true;
      clearInterval(freshening);
      // while the guard is lost, the server may be another bot's by now
      if (isOwner) await stopPostmaster(server.pid, cluster);
      await guard.release();
      log.info("stopped the database");
    },
  };
}

const databaseName = "faultline";

async function createDatabase(maintenance: string): Promise<void> {
  const client = new Client({ connectionString: maintenance, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  await client.connect();
  const found = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
  if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
  await client.end();
}

/** Many systems delete what nobody touched in /var/tmp for 30 days; old records are such files. */
async function keepFresh(folder: string, log: Log): Promise<void> {
  if (!folder.startsWith("/var/tmp/")) return;
  const now = new Date();
  try {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      // files come and go while the server runs
      await utimes(join(entry.parentPath, entry.name), now, now).catch(() => undefined);
    }
  } catch (error) {
    log.warn({ err: error }, "the database's files in /var/tmp could not be marked as used");
  }
}
