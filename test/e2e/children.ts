import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, vi } from "vitest";
import { killNow, type Running, startNode, stopDatabases } from "#sandbox/play/processes.ts";
import { botEnvironment } from "#sandbox/play/world.ts";
import { startSandbox } from "#sandbox/start.ts";
import { findHeads } from "#src/db/effect-states.ts";
import type { Database } from "#src/db/open.ts";
import { s0World } from "#test/support/bot.ts";
import { deskOf } from "./desk.ts";

// What the tests of the bot as a process share: real children, `node src/main.ts`, in S0's world with the
// sandbox in this process.

export const patience = { timeout: 30_000, interval: 30 };

export interface Child extends Running {
  url: string;
  output(): Promise<string>;
}

/**
 * The children of one file: all of it is gone after the file's last test. Call it once, on top of the file.
 */
export async function children() {
  const { world } = await s0World();
  const folder = await mkdtemp(join(tmpdir(), "faultline-process-"));
  // the embedded database runs as another user where we are root
  await chmod(folder, 0o755);
  const servicesPath = join(folder, "services.yml");
  await writeFile(servicesPath, world.servicesFile);
  const running: Running[] = [];
  const closings: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const one of running) await killNow(one, folder);
    for (const close of closings) await close();
    await stopDatabases(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  /** Starts `node src/main.ts` with these variables. */
  function start(env: Record<string, string>): Omit<Child, "url"> {
    const logFile = join(folder, `${running.length + 1}.log`);
    const one = startNode({ script: "src/main.ts", env, logFile });
    running.push(one);
    return { ...one, output: () => readFile(logFile, "utf8") };
  }

  /** The same, and waits until it is ready; it names its port in the log. */
  async function started(env: Record<string, string>): Promise<Child> {
    const one = start({ LOG_LEVEL: "info", ...env });
    const port = await vi.waitUntil(async () => {
      if (!one.isRunning()) throw new Error(await one.output());
      return /"port":(\d+).*the bot is ready/.exec(await one.output())?.[1];
    }, patience);
    return { ...one, url: `http://127.0.0.1:${port}` };
  }

  /** A workspace and a GitHub of one test's own, the environment of a bot in it, and its people. */
  async function aWorld(transport: "http" | "socket" = "http") {
    const sandbox = await startSandbox(world.seed);
    closings.push(() => sandbox.close());
    const dataDir = join(folder, "data");
    const environment = botEnvironment(world, sandbox.addresses, {
      port: 0,
      dataDir,
      servicesPath,
      transport,
    });
    return {
      sandbox,
      environment,
      /** `db`: where it can be seen that nothing is left to be done. */
      deskFor: (db?: Database) =>
        deskOf({
          control: sandbox.control,
          world,
          ...(db ? { service: { drain: () => untilNothingIsLeft(db) } } : {}),
        }),
    };
  }

  return { world, start, started, aWorld };
}

/** Its exit status. After a signal it has 10 s to end; one that only starts has as long as a busy machine takes. */
export async function ended(
  { child }: Pick<Child, "child">,
  signal?: "SIGTERM",
): Promise<number | null> {
  if (signal) child.kill(signal);
  if (child.exitCode === null && child.signalCode === null) {
    await once(child, "exit", { signal: AbortSignal.timeout(signal ? 10_000 : 40_000) });
  }
  return child.exitCode;
}

/** Waits until the bots on this database have done everything. */
async function untilNothingIsLeft(db: Database): Promise<void> {
  await vi.waitUntil(
    async () => {
      const left = await findHeads(db, { withinMs: Number.MAX_SAFE_INTEGER });
      return left.length === 0;
    },
    { timeout: 25_000, interval: 30 },
  );
}

/** Holds every incident, so that whoever wants to record something has to wait. */
export async function holdIncidents(db: Database) {
  const held = await db.startTransaction().execute();
  await held.selectFrom("incident").select("id").forUpdate().execute();
  return {
    release: () => held.rollback().execute(),
    isWaitedFor: () =>
      vi.waitUntil(async () => {
        const { rows } = await sql`
          select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
        return rows.length > 0;
      }, patience),
  };
}
