import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { botEnvironment, readManifest, type World, worldOf } from "#sandbox/play/world.ts";
import type { SandboxAddresses, SandboxControl } from "#sandbox/protocol.ts";
import { pathOfScenario, readScenario, type Scenario } from "#sandbox/scenario.ts";
import { startSandbox } from "#sandbox/start.ts";
import { readConfig } from "#src/config.ts";
import { createLog, type Log } from "#src/lib/log.ts";
import { type Service, startService } from "#src/main.ts";
import { testDatabase, type TestDatabase } from "./database.ts";

/** A whole bot and its world: the sandbox in this process, a database of its own, requests over the network. */
export interface TestBot {
  control: SandboxControl;
  addresses: SandboxAddresses;
  world: World;
  scenario: Scenario;
  /** The one that runs now. */
  readonly service: Service;
  database: TestDatabase;
  /** Everything the bot was given to start with. */
  environment: Record<string, string>;
  /** Stops the bot and starts it again, with the same database and world. */
  restart(): Promise<void>;
}

/**
 * Starts the bot in S0's world (or another scenario's), over signed HTTP or in Socket Mode. After the last test of the file
 * it is stopped, nothing may be unfinished, and nothing it sent may have been refused by the Block Kit
 * validator. `changeWorld`: more people, other owners, before anything starts in it. `log`: where the
 * bot's log goes instead of the screen.
 */
export async function testBot(
  transport: "http" | "socket" = "http",
  options: {
    changeWorld?: (world: World) => World;
    logLevel?: string;
    log?: Log;
    /** Another scenario than S0: `s1`, or a path. */
    scenario?: string;
  } = {},
): Promise<TestBot> {
  const { scenario, world: asItIs } = await worldOfScenario(options.scenario ?? "s0");
  const world = options.changeWorld?.(asItIs) ?? asItIs;
  const database = await testDatabase();
  const sandbox = await startSandbox(world.seed);
  const folder = await mkdtemp(join(tmpdir(), "faultline-e2e-"));
  const servicesPath = join(folder, "services.yml");
  await writeFile(servicesPath, world.servicesFile);
  const environment = {
    ...botEnvironment(world, sandbox.addresses, {
      port: 0,
      dataDir: folder,
      servicesPath,
      transport,
    }),
    DATABASE_URL: database.url,
    LOG_LEVEL: options.logLevel ?? "error",
  };
  const startAndConnect = async (): Promise<Service> => {
    const started = await startTestService(environment, options.log);
    await sandbox.control.connectBot({
      requestUrl: transport === "http" ? `http://127.0.0.1:${started.port}/slack/events` : null,
    });
    return started;
  };
  let service = await startAndConnect();
  afterAll(async () => {
    await service.drain();
    const { blockKitFaults } = await sandbox.control.wire();
    await service.stop();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
    if (blockKitFaults.length > 0)
      throw new Error(`Slack would refuse: ${JSON.stringify(blockKitFaults)}`);
  });
  return {
    control: sandbox.control,
    addresses: sandbox.addresses,
    world,
    scenario,
    get service() {
      return service;
    },
    database,
    environment,
    async restart() {
      await service.stop();
      service = await startAndConnect();
    },
  };
}

/** The service in this process, as `npm start` composes it, with pacing off. */
async function startTestService(
  environment: Record<string, string>,
  log: Log | undefined,
): Promise<Service> {
  const config = readConfig(environment);
  if (!config.ok) throw new Error(config.error);
  const ownLog = log ?? createLog(config.value.logLevel);
  return startService(config.value, { log: ownLog, isPacingOff: true });
}

/** S0, and the workspace and GitHub that it is played in. */
export function s0World(): Promise<{ scenario: Scenario; world: World }> {
  return worldOfScenario("s0");
}

async function worldOfScenario(name: string): Promise<{ scenario: Scenario; world: World }> {
  const read = await readScenario(await pathOfScenario(name));
  if (!read.ok) throw new Error(read.error.join("\n"));
  return { scenario: read.value, world: worldOf(read.value, await readManifest()) };
}
