/**
 * What `bench -- otlp` measures, as a process of its own: the door with the route for traces, on a database.
 * Sends its port to its parent, and on any message how much of the processor it has used and the most
 * memory it ever had.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openDatabase } from "#src/db/open.ts";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import { createIntake } from "#src/intake/intake.ts";
import { traces } from "#src/intake/traces.ts";
import { createLog } from "#src/lib/log.ts";

export interface ServiceUse {
  cpuSeconds: number;
  peakBytes: number;
}

const log = createLog("fatal");
const db = await openDatabase({ url: process.env["BENCH_DATABASE_URL"] ?? "", log });
const context = async () => ({
  db,
  teamId: "TBENCH" as TeamId,
  now: new Date(),
  log,
  settings: noLedgerSettings,
});
const token = process.env["BENCH_TOKEN"];
const intake = createIntake({ token, routes: [traces], context, log });
const server = createServer((request, response) => {
  if (!intake(request, response)) response.writeHead(404).end();
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  const use: ServiceUse = { cpuSeconds: (user + system) / 1e6, peakBytes: peakBytes() };
  process.send?.(use);
});
process.on("disconnect", () => process.exit(0));

/** Linux tells a child's own peak here; what getrusage says begins with that of the parent. */
function peakBytes(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS * 1024;
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}
