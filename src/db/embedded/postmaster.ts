import { type ChildProcess, spawn } from "node:child_process";
import { open, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { PermanentError } from "#src/lib/errors.ts";
import type { Log } from "#src/lib/log.ts";
import type { Binaries } from "./binaries.ts";
import { bareEnvironment, type Cluster, databaseUser } from "./cluster.ts";
import { handOver, type Home } from "./home.ts";
import { isAlive, readCommandLine } from "./process.ts";

/** A running server: one we started, or one that outlived the bot that did. */
export interface Postmaster {
  pid: number;
  port: number;
}

/** What a server is started with. `settings` are PostgreSQL's own (`{fsync: "off"}`). */
export interface ServerParts {
  home: Home;
  binaries: Binaries;
  cluster: Cluster;
  settings: Record<string, string>;
  /** Start on no other port than this: somebody is using it already. */
  fixedPort?: number;
  log: Log;
}

/** The server's address for one of its databases. */
export function addressOf(cluster: Cluster, port: number, database: string): string {
  return `postgresql://${databaseUser}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

/**
 * Returns a server that accepts connections for this cluster: adopts the one that runs (after
 * kill -9 of the bot), or starts one. A lock file left by a dead server, or whose process id another
 * program has by now, does not stop it. Throws PermanentError with the server's last words.
 */
export async function ensurePostmaster(parts: ServerParts): Promise<Postmaster> {
  const { cluster, binaries, log } = parts;
  let patience = freshPatience();
  let firstStart: number | undefined;
  while (firstStart === undefined || Date.now() < firstStart + startsWithinMs) {
    const noted = await readLockFile(cluster);
    if (noted && (await isPostmaster(noted.pid, cluster))) {
      const answer = noted.port === undefined ? "silent" : await ask(cluster, noted.port);
      if (noted.port !== undefined && isVersion(answer, binaries)) {
        log.info({ pid: noted.pid, port: noted.port }, "took over the database that was running");
        return { pid: noted.pid, port: noted.port };
      }
      // recovering, or starting for another bot: each ends by itself, however long it takes
      if (answer === "starting") {
        patience = freshPatience();
        firstStart = undefined;
      }
      if ((answer === "starting" || answer === "silent") && Date.now() < patience) {
        await pause(50);
        continue;
      }
      log.warn({ pid: noted.pid, answer }, "stopping a database that cannot be taken over");
      await stopPostmaster(noted.pid, cluster);
      patience = freshPatience();
      continue;
    }
    if (noted) await releaseLockFile(cluster, noted.pid);
    firstStart ??= Date.now();
    const started = await startPostmaster(parts);
    if (started) return started;
  }
  throw new PermanentError(
    "database_did_not_start",
    `The embedded database did not start. Its last words, from ${cluster.serverLog}: ${await lastWords(cluster)}`,
  );
}

/** Stops a server and waits until it is gone: open transactions are rolled back, nothing is lost. */
export async function stopPostmaster(pid: number, cluster: Cluster): Promise<void> {
  // "fast", then "immediate" (the next start recovers), then by force
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + (signal === "SIGINT" ? 6_000 : 1_500);
    while (Date.now() < deadline) {
      // a dead process that nobody has waited for still has an id, but no command line
      if (!(await isPostmaster(pid, cluster))) return;
      await pause(20);
    }
  }
}

const startsWithinMs = 10_000;
const freshPatience = (): number => Date.now() + 15_000;

async function startPostmaster(parts: ServerParts): Promise<Postmaster | undefined> {
  const { cluster, home, log } = parts;
  const port = parts.fixedPort ?? (await freePort(cluster.port));
  const child = await spawnServer(parts, port);
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  const deadline = Date.now() + 120_000;
  while (!ended && Date.now() < deadline) {
    // only our child's own answer counts: another server may have that port
    const noted = await readLockFile(cluster);
    if (noted && noted.pid === child.pid && noted.port === port) {
      if (isVersion(await ask(cluster, port), parts.binaries)) {
        log.info({ pid: child.pid, port, folder: home.folder }, "started the database");
        return { pid: noted.pid, port };
      }
    }
    await pause(15);
  }
  // the port was taken meanwhile, another bot was faster, or a dead server's children are still there
  await pause(200);
  return undefined;
}

async function spawnServer(parts: ServerParts, port: number): Promise<ChildProcess> {
  const { home, binaries, cluster } = parts;
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    ...parts.settings,
  };
  const words = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const size = await stat(cluster.serverLog).then(
    (found) => found.size,
    () => 0,
  );
  if (size > 5_000_000) await truncate(cluster.serverLog);
  // a file, not a pipe: the server goes on writing when the bot is gone
  const output = await open(cluster.serverLog, "a", 0o600);
  await handOver(cluster.serverLog, home);
  const child = spawn(binaries.postgres, ["-D", cluster.data, ...words], {
    cwd: "/",
    env: bareEnvironment,
    // a group of its own: Ctrl-C in the terminal is for the bot, which stops the database last
    detached: true,
    stdio: ["ignore", output.fd, output.fd],
    ...home.runAs,
  });
  await output.close();
  child.unref();
  return child;
}

interface LockFile {
  /** NaN where nothing legible was written: the machine lost power at that moment. */
  pid: number;
  port: number | undefined;
}

/** PostgreSQL's postmaster.pid: process id in the first line, port in the fourth. */
async function readLockFile(cluster: Cluster): Promise<LockFile | undefined> {
  const text = await readFile(lockFileOf(cluster), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split("\n");
  return { pid: Number.parseInt(lines[0] ?? "", 10), port: Number(lines[3]) || undefined };
}

/**
 * Keeps a dead server's lock file from stopping a start where PostgreSQL itself would give up: its
 * process id belongs to another program by now (a restart of the machine or of the container), or it
 * is illegible. The id is replaced, not the file removed: its line about shared memory still guards
 * against children of the dead server.
 */
async function releaseLockFile(cluster: Cluster, pid: number): Promise<void> {
  if (pid > 0 && !isAlive(pid)) return;
  if (!(pid > 0)) {
    // another bot's server may be writing it at this moment
    await pause(1_000);
    const again = await readLockFile(cluster);
    if (again && !(again.pid > 0)) await rm(lockFileOf(cluster), { force: true });
    return;
  }
  const text = await readFile(lockFileOf(cluster), "utf8");
  const impossible = 2 ** 31 - 1;
  await writeFile(lockFileOf(cluster), text.replace(/^\d+/, String(impossible)));
}

function lockFileOf(cluster: Cluster): string {
  return join(cluster.data, "postmaster.pid");
}

async function isPostmaster(pid: number, cluster: Cluster): Promise<boolean> {
  return (await readCommandLine(pid)).includes(`-D ${cluster.data} `);
}

/** A server's version; `starting` while it lets nobody in; `silent` where nothing of ours answers. */
type Answer = { version: string } | "starting" | "silent";

/** What the server on that port says of itself, if it is this cluster's own. */
async function ask(cluster: Cluster, port: number): Promise<Answer> {
  const client = new Client({
    connectionString: addressOf(cluster, port, "postgres"),
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; data: string }>(
      "select current_setting('server_version') as version, current_setting('data_directory') as data",
    );
    return rows[0]?.data === cluster.data ? { version: rows[0].version } : "silent";
  } catch (error) {
    // cannot_connect_now: recovering, starting, or stopping
    return error instanceof DatabaseError && error.code === "57P03" ? "starting" : "silent";
  } finally {
    await client.end().catch(() => undefined);
  }
}

function isVersion(answer: Answer, binaries: Binaries): boolean {
  return typeof answer === "object" && answer.version.split(" ")[0] === binaries.version;
}

async function freePort(preferred: number | undefined): Promise<number> {
  return (await tryPort(preferred ?? 0)) ?? (await tryPort(0)) ?? 0;
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const free = typeof address === "object" ? address?.port : undefined;
      server.close(() => resolve(free));
    });
  });
}

async function lastWords(cluster: Cluster): Promise<string> {
  const text = await readFile(cluster.serverLog, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-3).join(" ");
}
