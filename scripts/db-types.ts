// `npm run db:types`: writes src/db/schema.ts from the migrations, on a throwaway PostgreSQL.
// With `-- --verify` it changes nothing and fails where the file is not what the migrations give.

import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startEmbedded } from "#src/db/embedded.ts";
import { migrateToLatest } from "#src/db/migrate.ts";
import { openDatabase } from "#src/db/open.ts";
import { createLog } from "#src/lib/log.ts";

const { values } = parseArgs({ options: { verify: { type: "boolean" } } });
const log = createLog("error");
const dataDir = await mkdtemp(join(tmpdir(), "faultline-types-"));
// as root, PostgreSQL runs as another user, who has to get in
await chmod(dataDir, 0o755);
const server = await startEmbedded({ dataDir, log, settings: { fsync: "off" } });
try {
  const db = await openDatabase({ url: server.url, statementTimeoutMs: 0, log });
  await migrateToLatest(db, log);
  await db.destroy();
  const tool = fileURLToPath(new URL("../node_modules/.bin/kysely-codegen", import.meta.url));
  const options = {
    url: server.url,
    dialect: "postgres",
    "out-file": "src/db/schema.ts",
    singularize: "false",
    "camel-case": "true",
    "date-parser": "string",
    // open.ts reads int8 as a number
    "type-mapping": '{"int8":"number"}',
    // the migrator's own
    "exclude-pattern": "kysely_migration*",
  };
  const words = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  if (values.verify) words.push("--verify");
  const { status } = spawnSync(process.execPath, [tool, ...words], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
