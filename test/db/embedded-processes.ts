// What the tests of the embedded database share: folders that vanish, processes that are watched.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, afterEach, expect, vi } from "vitest";
import { readCommandLine } from "#src/db/embedded/process.ts";
import type { BotOptions, BotSays } from "./embedded-bot.ts";

export interface Bot {
  process: ChildProcess;
  /** The next thing it says. */
  says(): Promise<BotSays>;
}

/** Starts a bot's database in a process of its own; killed after the test if it still runs. */
export function startBot(options: BotOptions): Bot {
  const program = fileURLToPath(new URL("embedded-bot.ts", import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  bots.add(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    says: async () => JSON.parse(String((await lines.next()).value)) as BotSays,
  };
}

/** Kills a process as the machine would, and waits until it is gone. */
export async function killHard(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

/** A new folder that others may enter; it and a server in it are gone after the file's last test. */
export async function temporaryFolder(mode = 0o755): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "faultline-embedded-"));
  await chmod(folder, mode);
  rememberFolder(folder);
  return folder;
}

/** Has a folder with a database in it removed after the file's last test. */
export function rememberFolder(folder: string): void {
  folders.add(folder);
}

/** The server's process id, from its lock file in the home folder. */
export async function postmasterOf(home: string): Promise<number> {
  const text = await readFile(join(home, "cluster/data/postmaster.pid"), "utf8");
  return Number(text.split("\n")[0]);
}

/** Waits until that process has ended, whether or not anybody waited for it. */
export async function untilGone(pid: number): Promise<void> {
  await vi.waitFor(async () => expect(await readCommandLine(pid)).toBe(""), {
    timeout: 10_000,
    interval: 20,
  });
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

export function urlOf(said: BotSays): string {
  if (!("url" in said)) throw new Error(`the bot did not start: ${JSON.stringify(said)}`);
  return said.url;
}

const bots = new Set<ChildProcess>();
const folders = new Set<string>();

/** Ends what a file's tests started, after each of them, and removes their folders after the last. Call it once, on top of the file. */
export function cleanUpAfterwards(): void {
  afterEach(async () => {
    for (const bot of bots)
      if (bot.exitCode === null && bot.signalCode === null) await killHard(bot);
    bots.clear();
  });

  afterAll(async () => {
    for (const folder of folders) {
      for (const home of [folder, join(folder, "postgres")]) {
        const pid = await postmasterOf(home).catch(() => undefined);
        // a lock file may name a process that is no server of ours
        if (pid === undefined || !(await readCommandLine(pid)).includes(home)) continue;
        process.kill(pid, "SIGKILL");
        await untilGone(pid);
      }
      await rm(folder, { recursive: true, force: true });
    }
    folders.clear();
  });
}
