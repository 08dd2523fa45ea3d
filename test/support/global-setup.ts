// One real PostgreSQL for the whole run, and in it one migrated database that every test file clones.

import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { isAlive } from "#src/db/embedded/process.ts";
import { startEmbedded } from "#src/db/embedded.ts";
import { prepareJobs } from "#src/db/effects.ts";
import { migrateToLatest } from "#src/db/migrate.ts";
import { openDatabase } from "#src/db/open.ts";
import { createLog } from "#src/lib/log.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the migrated database, which nobody may connect to: it is there to be cloned. */
    templateUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const log = createLog("error");
  await removeLeftovers();
  const dataDir = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  // as root, PostgreSQL runs as another user, who has to get in
  await chmod(dataDir, 0o755);
  const server = await startEmbedded({
    dataDir,
    log,
    // nothing in here has to survive a power cut
    settings: {
      fsync: "off",
      synchronous_commit: "off",
      full_page_writes: "off",
      max_connections: "200",
    },
  });
  const db = await openDatabase({ url: server.url, statementTimeoutMs: 0, log });
  await migrateToLatest(db, log);
  await db.destroy();
  await prepareJobs(server.url, log);
  project.provide("templateUrl", server.url);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

const prefix = "faultline-test-";

/** A run that was killed leaves its server behind: that one ends by itself once its files are gone. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    if (!owner || isAlive(owner)) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}
