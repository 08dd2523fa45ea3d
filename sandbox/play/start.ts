import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { connectSandbox } from "#sandbox/client.ts";
import type { SandboxAddresses, SandboxControl } from "#sandbox/protocol.ts";
import type { Scenario } from "#sandbox/scenario.ts";
import {
  killChildren,
  killNow,
  ProcessError,
  type Running,
  startNode,
  stop,
  stopDatabases,
  untilUp,
} from "./processes.ts";
import { botEnvironment, readManifest, type World, worldOf } from "./world.ts";

/** A workspace and a GitHub for a scenario, in a process of their own. */
export interface StartedWorld extends Running {
  world: World;
  addresses: SandboxAddresses;
  control: SandboxControl;
  /** Folder for what belongs to this run: logs, the services file, the bot's data. */
  folder: string;
  stop(): Promise<void>;
}

/** Folders of runs that are not over. */
const runFolders = new Set<string>();

/** A folder that an unprivileged database server may enter too; empty and ours. */
export async function makeRunFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "faultline-demo-")));
  runFolders.add(folder);
  await chmod(folder, 0o755);
  return folder;
}

/** Removes a run's folder and what the database may have left running in it. */
export async function removeRunFolder(folder: string): Promise<void> {
  await stopDatabases(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  runFolders.delete(folder);
}

/**
 * Ctrl-C, or being asked to end, leaves nothing behind: no process, no database, no folder. The
 * signal that is returned is aborted then: what breaks off after that is no news. `exitStatus`: 0
 * where this is how it always ends.
 */
export function cleanUpWhenInterrupted(exitStatus = 130): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // npm hands the terminal's Ctrl-C on: it comes twice, and the second must not break this off
      if (interrupted.signal.aborted) return;
      interrupted.abort();
      killChildren();
      void Promise.allSettled([...runFolders].map(removeRunFolder)).finally(() =>
        process.exit(exitStatus),
      );
    });
  }
  return interrupted.signal;
}

/**
 * Starts the sandbox with the scenario's people in it. Throws ProcessError where it does not start.
 * `change`: another workspace than the scenario's, before anybody is in it.
 */
export async function startWorld(
  scenario: Scenario,
  folder: string,
  change: (world: World) => World = (world) => world,
): Promise<StartedWorld> {
  const world = change(worldOf(scenario, await readManifest()));
  const seedFile = join(folder, "seed.json");
  await writeFile(seedFile, JSON.stringify(world.seed));
  const running = startNode({
    script: "sandbox/main.ts",
    args: [seedFile],
    env: {},
    logFile: join(folder, "sandbox.log"),
  });
  let addresses: SandboxAddresses | undefined;
  await untilUp("The sandbox", running, async () => {
    addresses = readAddresses(await running.lastWords(50));
    return addresses !== undefined;
  });
  if (!addresses) throw new ProcessError("The sandbox did not say where it is.");
  const control = connectSandbox(addresses.controlUrl);
  return { ...running, world, addresses, control, folder, stop: () => stop(running) };
}

/** The sandbox says in one line of JSON where its three sides are. */
function readAddresses(output: string): SandboxAddresses | undefined {
  const line = output.split("\n").find((text) => text.includes('"controlUrl"'));
  return line === undefined ? undefined : (JSON.parse(line) as SandboxAddresses);
}

export interface StartedBot {
  /** Where its HTTP side listens. */
  url: string;
  /** Where its embedded database is. */
  dataDir: string;
  /** Ends when the process ends: with nothing after `stop` or `kill`, else with what happened. */
  lastWords(lines?: number): Promise<string>;
  isRunning(): boolean;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
  /** kill -9, together with its embedded database. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port, and waits until it is ready. */
  restart(): Promise<void>;
}

export interface BotOptions {
  started: Pick<StartedWorld, "world" | "addresses" | "control" | "folder">;
  transport: "http" | "socket";
  /** What to start; default the bot itself. */
  script?: string;
  /** Variables on top of the world's, for a second bot on the same database. */
  env?: Record<string, string>;
  /** Name of its files in the run's folder; default "bot". */
  name?: string;
  /** How long a start may take, in milliseconds; default a minute. */
  startsWithinMs?: number;
}

/** Starts a bot in a started world and waits until it is ready. Throws ProcessError with its last words. */
export async function startBot(options: BotOptions): Promise<StartedBot> {
  const bot = await prepareBot(options);
  await bot.restart();
  return bot;
}

/** A bot that is not started yet: `restart` does it. */
export async function prepareBot(options: BotOptions): Promise<StartedBot> {
  const { started, transport } = options;
  const name = options.name ?? "bot";
  const dataDir = join(started.folder, `${name}-data`);
  const servicesPath = join(started.folder, "services.yml");
  await mkdir(dataDir, { recursive: true, mode: 0o755 });
  await writeFile(servicesPath, started.world.servicesFile);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...botEnvironment(started.world, started.addresses, { port, dataDir, servicesPath, transport }),
    ...options.env,
  };
  // known before it is ready, so that a start can be broken off too
  let running: Running | undefined;
  return {
    url,
    dataDir,
    lastWords: async (lines) => running?.lastWords(lines) ?? "",
    isRunning: () => running?.isRunning() ?? false,
    stop: async () => {
      if (running) await stop(running);
      await stopDatabases(dataDir);
    },
    kill: async () => {
      if (running) await killNow(running, dataDir);
    },
    restart: async () => {
      running = startNode({
        script: options.script ?? "src/main.ts",
        env,
        logFile: join(started.folder, `${name}.log`),
      });
      await untilUp("The bot", running, () => isReady(url), options.startsWithinMs);
    },
  };
}

/** Tells the sandbox where the bot listens; in Socket Mode the bot comes to the sandbox by itself. */
export async function connect(
  control: SandboxControl,
  bot: StartedBot,
  transport: "http" | "socket",
): Promise<void> {
  await control.connectBot({ requestUrl: transport === "http" ? requestUrlOf(bot) : null });
}

/** Where Slack tells it something over signed HTTP. */
export function requestUrlOf({ url }: Pick<StartedBot, "url">): string {
  return `${url}/slack/events`;
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    return answer.ok;
  } catch {
    await pause(25);
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
