// Goal: the embedded database keeps what was committed and starts again after every kind of death, and
// one data folder has one bot. Method: real processes, killed for real; each test leaves the folder as
// the next one would find it after such a death.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { type Embedded, startEmbedded } from "#src/db/embedded.ts";
import { openDatabase } from "#src/db/open.ts";
import { createLog } from "#src/lib/log.ts";
import {
  cleanUpAfterwards,
  killHard,
  postmasterOf,
  query,
  startBot,
  temporaryFolder,
  untilGone,
  urlOf,
} from "#test/db/embedded-processes.ts";

cleanUpAfterwards();

const log = createLog("silent");
let dataDir: string;
let home: string;
let firstUrl: string;

beforeAll(async () => {
  dataDir = await temporaryFolder();
  home = join(dataDir, "postgres");
  const embedded = await startEmbedded({ dataDir, log });
  firstUrl = embedded.url;
  await query(firstUrl, "create table kept (word text); insert into kept values ('before')");
  await embedded.stop();
});

const words = async (url: string) =>
  (await query(url, "select word from kept")).map((row) => row["word"]);

test("it is PostgreSQL 18 in UTF-8, with an order of letters that no system changes", async () => {
  await using server = await started();
  const [settings] = await query(
    server.url,
    `select current_setting('server_version') as version, pg_encoding_to_char(encoding) as encoding,
      datlocprovider as provider, datlocale as locale from pg_database where datname = current_database()`,
  );
  expect(settings).toMatchObject({ encoding: "UTF8", provider: "b", locale: "C.UTF-8" });
  expect(settings?.["version"]).toMatch(/^18\./);
});

test("a stop and a start keep the data, the address and the password", async () => {
  await using server = await started();
  expect(server.url).toBe(firstUrl);
  expect(await words(server.url)).toEqual(["before"]);
});

test("only the file's owner may read the password", async () => {
  const { mode } = await stat(join(home, "cluster/access.json"));
  expect(mode & 0o777).toBe(0o600);
});

test("SIGTERM is the bot's own: it stops the database and ends with 0", async () => {
  const bot = startBot({ dataDir });
  urlOf(await bot.says());
  const pid = await postmasterOf(home);
  const exited = once(bot.process, "exit");
  bot.process.kill("SIGTERM");
  expect(await bot.says()).toEqual({ stopped: true });
  expect(await exited).toEqual([0, null]);
  await untilGone(pid);
});

test("after kill -9 of the bot the next one takes over the database that lives on", async () => {
  const bot = startBot({ dataDir });
  urlOf(await bot.says());
  const pid = await postmasterOf(home);
  await killHard(bot.process);
  await using server = await started();
  expect(await postmasterOf(home)).toBe(pid);
  expect(await words(server.url)).toEqual(["before"]);
});

test("after kill -9 of the bot and of the database nothing committed is lost", async () => {
  const bot = startBot({ dataDir });
  await query(urlOf(await bot.says()), "insert into kept values ('after')");
  await killHard(bot.process);
  const pid = await postmasterOf(home);
  process.kill(pid, "SIGKILL");
  await untilGone(pid);
  await using server = await started();
  expect(await words(server.url)).toEqual(["before", "after"]);
});

test("a lock file whose process id is another program's by now does not stop a start", async () => {
  // of the same user, as PostgreSQL itself takes only its own user's processes for servers
  const { uid, gid } = await stat(join(home, "cluster"));
  const stranger = spawn("sleep", ["600"], { uid, gid });
  onTestFinished(() => void stranger.kill());
  await leaveLockFile(String(stranger.pid));
  await using server = await started();
  expect(await words(server.url)).toEqual(["before", "after"]);
});

test("an empty lock file does not stop a start", async () => {
  await leaveLockFile("");
  await using server = await started();
  expect(await words(server.url)).toEqual(["before", "after"]);
});

test("a second bot on the same folder gets one sentence, and the first works on", async () => {
  await using server = await started();
  const second = startBot({ dataDir });
  const said = await second.says();
  expect(said).toEqual({
    code: "data_dir_in_use",
    message: `Another Faultline (process ${process.pid}) already uses ${dataDir}. Stop it first, or give this one a FAULTLINE_DATA_DIR of its own; two bots on one database need DATABASE_URL.`,
  });
  expect(await words(server.url)).toEqual(["before", "after"]);
});

test("of two bots that start at once on an empty folder one wins, and the other gets the sentence", async () => {
  const empty = await temporaryFolder();
  const bots = [startBot({ dataDir: empty }), startBot({ dataDir: empty })];
  const said = await Promise.all(bots.map((bot) => bot.says()));
  const codes = said.map((line) => ("code" in line ? line.code : "started"));
  expect(codes.toSorted((a, b) => a.localeCompare(b))).toEqual(["data_dir_in_use", "started"]);
  const url = urlOf(said.find((line) => "url" in line) ?? { stopped: true });
  expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(await readdir(join(empty, "postgres"))).not.toContainEqual(
    expect.stringContaining("-new-"),
  );
});

test("a bot killed while it made the database leaves nothing in the way", async () => {
  const empty = await temporaryFolder();
  await mkdir(join(empty, "postgres"));
  const bot = startBot({ dataDir: empty });
  const half = () => readdir(join(empty, "postgres"), { recursive: true });
  await expect
    .poll(half, { interval: 5 })
    .toContain(`cluster-new-${bot.process.pid}/data/PG_VERSION`);
  await killHard(bot.process);
  const embedded = await startEmbedded({ dataDir: empty, log });
  expect(await query(embedded.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await embedded.stop();
  expect(await readdir(join(empty, "postgres"))).not.toContainEqual(
    expect.stringContaining("-new-"),
  );
});

test("a database that dies comes back at the same address, and a pool on it works on", async () => {
  await using server = await started();
  const db = await openDatabase({ url: server.url, log });
  const read = () =>
    sql<{ word: string }>`select word from kept`.execute(db).then(({ rows }) => rows.length);
  expect(await read()).toBe(2);
  const pid = await postmasterOf(home);
  process.kill(pid, "SIGKILL");
  await expect.poll(() => postmasterOf(home).catch(() => pid)).not.toBe(pid);
  await expect.poll(() => read().catch(() => 0)).toBe(2);
  await db.destroy();
});

/** Starts it in this process, and stops it at the end of the block. */
async function started(): Promise<Embedded & AsyncDisposable> {
  const embedded = await startEmbedded({ dataDir, log });
  return { ...embedded, [Symbol.asyncDispose]: () => embedded.stop() };
}

/** Puts a lock file into the stopped database, as a death at a bad moment leaves it. */
async function leaveLockFile(pid: string): Promise<void> {
  const text =
    pid &&
    [pid, join(home, "cluster/data"), "1700000000", "5432", "", "127.0.0.1", "", ""].join("\n");
  await writeFile(join(home, "cluster/data/postmaster.pid"), text);
  expect(await readFile(join(home, "cluster/data/postmaster.pid"), "utf8")).toBe(text);
}
