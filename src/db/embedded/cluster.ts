import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { PermanentError } from "#src/lib/errors.ts";
import type { Log } from "#src/lib/log.ts";
import type { Binaries } from "./binaries.ts";
import { handOver, type Home } from "./home.ts";
import { isAlive } from "./process.ts";

/** A database cluster on disk and how to get into it. */
export interface Cluster {
  /** PostgreSQL's data directory. */
  data: string;
  /** Beside it, what the server says. */
  serverLog: string;
  password: string;
  /** The TCP port on 127.0.0.1 it had last time. */
  port: number | undefined;
}

export const databaseUser = "faultline";

// PostgreSQL and its children get none of our environment: it holds Slack's and GitHub's tokens.
export const bareEnvironment = { PATH: "/usr/bin:/bin", LC_ALL: "C" };

/**
 * Opens the cluster in a home, made first where there is none. It is made under another name and
 * moved into place whole: a crash in the middle leaves nothing half-made, and of two bots that start
 * at once the first to move wins. Throws PermanentError where initdb fails.
 */
export async function openCluster(home: Home, binaries: Binaries, log: Log): Promise<Cluster> {
  const folder = join(home.folder, "cluster");
  const major = await readFile(join(folder, "data/PG_VERSION"), "utf8").catch(() => undefined);
  if (major === undefined) {
    await removeLeftovers(home);
    await create(folder, home, binaries);
    log.info({ folder }, "made an empty database");
  } else if (major.trim() !== binaries.version.split(".")[0]) {
    throw new PermanentError(
      "other_version",
      `The database in ${folder} was made by PostgreSQL ${major.trim()}, and this is ${binaries.version}. Run the Faultline that made it, or set DATABASE_URL.`,
    );
  }
  const access = JSON.parse(await readFile(join(folder, accessFile), "utf8")) as Access;
  return {
    data: join(folder, "data"),
    serverLog: join(folder, "server.log"),
    password: access.password,
    port: access.port,
  };
}

/** Remembers the port for the next start, so that whoever looked it up once finds it again. */
export async function rememberPort(home: Home, cluster: Cluster, port: number): Promise<void> {
  if (cluster.port === port) return;
  const path = join(home.folder, "cluster", accessFile);
  await writeAccess(`${path}.new`, { password: cluster.password, port }, home);
  await rename(`${path}.new`, path);
  cluster.port = port;
}

interface Access {
  password: string;
  port?: number;
}
const accessFile = "access.json";

async function create(folder: string, home: Home, binaries: Binaries): Promise<void> {
  const half = `${folder}-new-${process.pid}`;
  await mkdir(half, { mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  const passwordFile = join(half, "password");
  await writeAccess(join(half, accessFile), { password }, home);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await handOver(half, home);
  const options = [
    `--pgdata=${join(half, "data")}`,
    `--username=${databaseUser}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    // built into PostgreSQL: sorts alike on every machine and after every update of the system
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ];
  try {
    await promisify(execFile)(binaries.initdb, options, {
      cwd: "/",
      env: bareEnvironment,
      ...home.runAs,
    });
    await rm(passwordFile);
    await rename(half, folder);
    await syncFolder(home.folder);
  } catch (cause) {
    await rm(half, { recursive: true, force: true });
    const code = (cause as NodeJS.ErrnoException).code;
    // another bot that started at the same moment was first: its cluster is as good
    if (code === "ENOTEMPTY" || code === "EEXIST") return;
    throw new PermanentError("initdb_failed", `No database could be made in ${folder}.`, { cause });
  }
}

async function writeAccess(path: string, access: Access, home: Home): Promise<void> {
  await writeFile(path, JSON.stringify(access), { mode: 0o600 });
  await handOver(path, home);
}

/** Removes what a bot that died in the middle of making it left behind. */
async function removeLeftovers(home: Home): Promise<void> {
  for (const name of await readdir(home.folder)) {
    const maker = Number(/^(?:cluster|binaries-.+)-new-(\d+)$/.exec(name)?.[1]);
    if (!maker || (maker !== process.pid && isAlive(maker))) continue;
    // the dead bot's initdb may still be writing there
    const patience = { maxRetries: 10, retryDelay: 50 };
    await rm(join(home.folder, name), { recursive: true, force: true, ...patience });
  }
}

// a rename is only safe from a power cut once its folder is written
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
}
