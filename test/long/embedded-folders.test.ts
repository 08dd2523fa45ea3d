// Goal: the embedded database starts for whoever runs the bot, wherever the folders are and however npm
// installed it. Method: real folders with real modes and, where the tests run as root, real other users.

import { chmod, chown, cp, lstat, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { installedBinaries } from "#src/db/embedded/binaries.ts";
import { startEmbedded } from "#src/db/embedded.ts";
import { createLog } from "#src/lib/log.ts";
import {
  cleanUpAfterwards,
  query,
  rememberFolder,
  startBot,
  temporaryFolder,
  urlOf,
} from "#test/db/embedded-processes.ts";

cleanUpAfterwards();

const isRoot = process.getuid?.() === 0;
// an ordinary user: a high id that needs no name, but one that PostgreSQL can look up
const nobody = 65_534;
const log = createLog("silent");

/** PostgreSQL's programs as `npm ci --ignore-scripts` leaves them: without the links of the libraries. */
let unlinked: string;

beforeAll(async () => {
  const folder = await temporaryFolder();
  unlinked = await copyBinaries(folder);
});

test("as npm ci --ignore-scripts leaves them, the libraries are linked at the start", async () => {
  const native = await copyBinaries(await temporaryFolder());
  const dataDir = await temporaryFolder();
  const embedded = await startEmbedded({ dataDir, native, log });
  expect(await query(embedded.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await embedded.stop();
  expect((await lstat(join(native, "lib/libpq.so.5"))).isSymbolicLink()).toBe(true);
});

test.runIf(isRoot)(
  "an ordinary user starts it in a folder of mode 0700, with programs that only root may change",
  async () => {
    const dataDir = await temporaryFolder(0o700);
    await chown(dataDir, nobody, nobody);
    const bot = startBot({ dataDir, native: unlinked, uid: nobody });
    expect(await query(urlOf(await bot.says()), "select 1 as one")).toEqual([{ one: 1 }]);
    // the links could not be made beside the programs, so they are made in a copy
    expect((await readdir(join(dataDir, "postgres"))).toSorted()).toEqual([
      expect.stringMatching(/^binaries-18/),
      "cluster",
    ]);
    expect((await stat(join(dataDir, "postgres/cluster"))).uid).toBe(nobody);
  },
);

test.runIf(isRoot)(
  "root in a folder of mode 0700 gets its database under /var/tmp, and finds it again",
  async () => {
    const closed = await temporaryFolder(0o700);
    const native = await copyBinaries(closed);
    const dataDir = join(closed, "data");
    const lines: string[] = [];
    const listening = createLog("info", { write: (line) => lines.push(line) });
    const first = await startEmbedded({ dataDir, native, log: listening });
    const home = (await readFile(join(dataDir, "postgres-location"), "utf8")).trim();
    rememberFolder(home);
    expect(home).toMatch(/^\/var\/tmp\/faultline-data-[0-9a-f]{12}$/);
    expect(lines.join("")).toContain(`"folder":"${home}"`);
    await query(first.url, "create table kept as select 1 as one");
    await first.stop();

    // opening the folder later must not start an empty database inside it
    await chmod(closed, 0o755);
    const second = await startEmbedded({ dataDir, native, log });
    expect(await query(second.url, "select one from kept")).toEqual([{ one: 1 }]);
    await second.stop();

    await rm(home, { recursive: true });
    await expect(startEmbedded({ dataDir, native, log })).rejects.toMatchObject({
      code: "database_gone",
      message: expect.stringContaining(home),
    });
  },
);

test.runIf(isRoot)("a database that another user made is started as that user", async () => {
  const dataDir = await temporaryFolder(0o700);
  await chown(dataDir, nobody, nobody);
  const theirs = startBot({ dataDir, native: unlinked, uid: nobody });
  const url = urlOf(await theirs.says());
  await query(url, "create table kept as select 1 as one");
  theirs.process.kill("SIGTERM");
  expect(await theirs.says()).toEqual({ stopped: true });

  const ours = await startEmbedded({ dataDir, native: unlinked, log });
  expect(await query(ours.url, "select one from kept")).toEqual([{ one: 1 }]);
  await ours.stop();

  const again = startBot({ dataDir, native: unlinked, uid: nobody });
  expect(await query(urlOf(await again.says()), "select one from kept")).toEqual([{ one: 1 }]);
});

test.runIf(isRoot)(
  "a database of root's is refused to an ordinary user in one sentence",
  async () => {
    const dataDir = await temporaryFolder();
    const embedded = await startEmbedded({ dataDir, log });
    await embedded.stop();
    const bot = startBot({ dataDir, native: unlinked, uid: nobody });
    expect(await bot.says()).toMatchObject({
      code: "home_foreign",
      message: expect.stringContaining("belongs to another user"),
    });
  },
);

async function copyBinaries(folder: string): Promise<string> {
  const native = join(folder, "postgres-package/native");
  await mkdir(native, { recursive: true });
  const installed = installedBinaries();
  await cp(installed, native, {
    recursive: true,
    filter: async (path) => !path.endsWith(".a") && !(await lstat(path)).isSymbolicLink(),
  });
  await cp(join(installed, "../package.json"), join(native, "../package.json"));
  return native;
}
