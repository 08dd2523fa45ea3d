/**
 * What `chaos -- --effects` kills: the service as it is, but calling Slack and GitHub as fast as it
 * can. Says in its first line where its database is, so that a second one can share it.
 */
import { readConfig } from "#src/config.ts";
import { startEmbedded } from "#src/db/embedded.ts";
import { createLog } from "#src/lib/log.ts";
import { startService } from "#src/main.ts";

const config = readConfig(process.env);
if (!config.ok) throw new Error(config.error);
const log = createLog(config.value.logLevel);
const { databaseUrl, dataDir } = config.value;
const embedded = databaseUrl === undefined ? await startEmbedded({ dataDir, log }) : undefined;
const url = databaseUrl ?? embedded?.url ?? "";
console.log(JSON.stringify({ databaseUrl: url }));

const service = await startService(
  { ...config.value, databaseUrl: url },
  { log, isPacingOff: true },
);
process.once("SIGTERM", () => {
  void service
    .stop()
    .then(() => embedded?.stop())
    .finally(() => process.exit(0));
});
