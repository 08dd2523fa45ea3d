import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chown,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rmdir,
  stat,
  writeFile,
} from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { PermanentError } from "#src/lib/errors.ts";
import type { Log } from "#src/lib/log.ts";

const run = promisify(execFile);

/** Where the embedded database lives, and as whom it runs. */
export interface Home {
  /** Absolute, without links. Holds `cluster/`, and `binaries-*` where they had to be copied. */
  folder: string;
  /** Set where the bot is root, as PostgreSQL refuses to run as root. */
  runAs?: { uid: number; gid: number };
}

/**
 * Finds, or makes, the place of the database that belongs to `dataDir`: `dataDir/postgres`, or, where
 * the bot is root and the unprivileged user cannot enter that (mode 0700, design: reliability.md 4),
 * a folder under /var/tmp named after `dataDir`. A database that was once made is found again, also
 * after the folder's mode or the user changed. Throws PermanentError with what to do.
 */
export async function findHome(dataDir: string, log: Log): Promise<Home> {
  await mkdir(dataDir, { recursive: true });
  const root = await realpath(dataDir);
  const inside = join(root, "postgres");
  const noted = await readFile(join(root, locationFile), "utf8").catch(() => undefined);
  const folder = noted?.trim() ?? inside;
  const owner = await ownerOfCluster(folder);
  if (noted && !owner) {
    throw new PermanentError(
      "database_gone",
      `The database of ${root} was kept in ${folder} and is no longer there. Bring it back, or delete ${join(root, locationFile)} to start with an empty one.`,
    );
  }
  if (process.getuid?.() !== 0) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (owner && owner.uid !== process.getuid?.()) throw foreign(folder, owner.uid);
    return { folder };
  }
  if (owner) {
    const home = { folder, runAs: owner.uid === 0 ? await unprivilegedUser(log) : owner };
    if (await mayEnter(folder, home.runAs)) return home;
    throw new PermanentError(
      "home_closed",
      `The database in ${folder} belongs to the user with id ${owner.uid}, who cannot enter that folder. Let others enter the folders above it (chmod o+x), or start as that user.`,
    );
  }
  const runAs = await unprivilegedUser(log);
  await makeFor(runAs, inside);
  if (await mayEnter(inside, runAs)) return { folder: inside, runAs };
  await rmdir(inside).catch(() => undefined);
  const outside = join("/var/tmp", nameAfter(root));
  await makeFor(runAs, outside);
  log.warn(
    { dataDir: root, folder: outside },
    "the data folder is closed to the user PostgreSQL runs as, so the database is kept elsewhere",
  );
  return { folder: outside, runAs };
}

/** Notes where the database of `dataDir` is, once it exists there. */
export async function noteHome(dataDir: string, home: Home): Promise<void> {
  const root = await realpath(dataDir);
  if (home.folder !== join(root, "postgres")) {
    await writeFile(join(root, locationFile), `${home.folder}\n`);
  }
}

/** Gives a file, or a folder with all in it, to the user PostgreSQL runs as. */
export async function handOver(path: string, home: Home): Promise<void> {
  if (!home.runAs) return;
  const { uid, gid } = home.runAs;
  await chown(path, uid, gid);
  if (!(await lstat(path)).isDirectory()) return;
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), uid, gid);
  }
}

/** Whether the home's user may run that program. */
export async function mayRun(program: string, home: Home): Promise<boolean> {
  return succeeds('test -x "$1" && test -r "$1"', program, home.runAs);
}

const locationFile = "postgres-location";

async function mayEnter(folder: string, runAs: Home["runAs"]): Promise<boolean> {
  return succeeds('cd "$1"', folder, runAs);
}

// asked by trying as that user: modes alone do not tell (access lists, mounts)
async function succeeds(script: string, path: string, runAs: Home["runAs"]): Promise<boolean> {
  return run("/bin/sh", ["-c", script, "sh", path], { cwd: "/", ...runAs }).then(
    () => true,
    () => false,
  );
}

async function ownerOfCluster(folder: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const { uid, gid } = await stat(join(folder, "cluster"));
    return { uid, gid };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return undefined;
    if (code === "EACCES") throw foreign(folder, (await stat(folder)).uid);
    throw cause;
  }
}

async function makeFor(runAs: { uid: number; gid: number }, folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EEXIST") throw cause;
  });
  // anybody may make folders in /var/tmp: one that is not ours could be a trap
  const found = await lstat(folder);
  if (!found.isDirectory() || (found.uid !== 0 && found.uid !== runAs.uid))
    throw foreign(folder, found.uid);
  await chown(folder, runAs.uid, runAs.gid);
}

/** The user to run as: `postgres` where the machine has one, else `faultline`, made on the spot. */
async function unprivilegedUser(log: Log): Promise<{ uid: number; gid: number }> {
  const existing = (await findUser("postgres")) ?? (await findUser("faultline"));
  if (existing) return existing;
  const options = ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false"];
  // also where two bots make it at the same moment: what counts is that it is there afterwards
  await run("useradd", [...options, "faultline"]).catch(() => undefined);
  const made = await findUser("faultline");
  if (made) {
    log.info("made the system user faultline, since PostgreSQL does not run as root");
    return made;
  }
  const nobody = await findUser("nobody");
  if (nobody) return nobody;
  throw new PermanentError(
    "no_user",
    "PostgreSQL does not run as root, and no user could be made for it. Start Faultline as an ordinary user, or set DATABASE_URL.",
  );
}

async function findUser(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

function nameAfter(root: string): string {
  const readable = basename(root).replace(/[^A-Za-z0-9]+/g, "") || "data";
  return `faultline-${readable}-${createHash("sha256").update(root).digest("hex").slice(0, 12)}`;
}

function foreign(folder: string, uid: number): PermanentError {
  return new PermanentError(
    "home_foreign",
    `${folder} belongs to another user (id ${uid}). Start as that user or as root, or choose another FAULTLINE_DATA_DIR.`,
  );
}
