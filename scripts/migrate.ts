// `npm run migrate`: brings the database to the newest form; `-- --down` takes the newest step back.
// The bot does the first by itself at every start.

import { parseArgs } from "node:util";
import { readStoreConfig } from "#src/config.ts";
import { startEmbedded } from "#src/db/embedded.ts";
import { migrateDown, migrateToLatest } from "#src/db/migrate.ts";
import { openDatabase } from "#src/db/open.ts";
import { createLog } from "#src/lib/log.ts";

const { values } = parseArgs({ options: { down: { type: "boolean" } } });
const config = readStoreConfig(process.env);
if (config.ok) {
  const { databaseUrl, dataDir, logLevel } = config.value;
  const log = createLog(logLevel);
  const embedded = databaseUrl ? undefined : await startEmbedded({ dataDir, log });
  const url = databaseUrl ?? embedded?.url ?? "";
  const db = await openDatabase({ url, maxConnections: 2, statementTimeoutMs: 0, log });
  await (values.down ? migrateDown : migrateToLatest)(db, log);
  await db.destroy();
  await embedded?.stop();
} else {
  console.error(config.error);
  process.exitCode = 1;
}
