/**
 * What `bench -- ack` measures, as a process of its own: (c) the service itself, its worker off. Sends
 * its port to its parent, and on "count" how many round trips to the database it has made so far.
 */
import pg from "pg";
import { createLog } from "#src/lib/log.ts";
import { readConfig } from "#src/config.ts";
import { startService } from "#src/main.ts";

let roundTrips = 0;
const query = pg.Client.prototype.query as (...input: unknown[]) => unknown;
pg.Client.prototype.query = function counted(this: pg.Client, ...input: unknown[]) {
  roundTrips += 1;
  return query.apply(this, input);
} as typeof pg.Client.prototype.query;

const config = readConfig(process.env);
if (!config.ok) throw new Error(config.error);
const service = await startService(config.value, { log: createLog("error"), isWorkerOff: true });
process.on("message", () => process.send?.({ roundTrips }));
process.on("disconnect", () => process.exit(0));
process.send?.({ port: service.port });
