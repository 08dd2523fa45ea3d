import { type ChildProcess, fork } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbedded } from "#src/db/embedded.ts";
import { migrateToLatest } from "#src/db/migrate.ts";
import { openDatabase } from "#src/db/open.ts";
import { createLog } from "#src/lib/log.ts";
import { closedLoop } from "./load.ts";
import { genAiTraces } from "./otlp-bodies.ts";
import { attack, attacks } from "./otlp-attacks.ts";
const what = process.argv[2] ?? "all";
const dataDir = await mkdtemp(join(tmpdir(), "faultline-bench-"));
await chmod(dataDir, 0o755);
const database = await startEmbedded({ dataDir, log: createLog("error") });
const db = await openDatabase({ url: database.url, statementTimeoutMs: 0, log: createLog("error") });
await migrateToLatest(db, createLog("error"));
await db.destroy();
const child: ChildProcess = fork(fileURLToPath(new URL("otlp-service.ts", import.meta.url)), {
  env: { ...process.env, BENCH_DATABASE_URL: database.url, BENCH_TOKEN: "t" },
  execArgv: (process.env["PROBE_ARGS"] ?? "--import /tmp/h7m1-sampler.mjs").split(" "),
});
const next = () => new Promise<any>((r) => child.once("message", r));
const { port } = await next();
const url = `http://127.0.0.1:${port}/v1/traces`;
const ask = async (t: string) => { child.send("use"); const u = await next(); console.log(t, (u.peakBytes / 1048576).toFixed(0), "MB peak"); return u; };
await ask("start");
if (what === "all" || what === "json") {
  const json = Buffer.from(JSON.stringify(genAiTraces(512, Date.now() - 60_000))).subarray(1);
  let n = 0;
  const go = (seconds: number) => closedLoop(url, { connections: 8, seconds, shot: () => ({ body: Buffer.concat([Buffer.from(`{"n":${(n += 1)},`), json]), headers: { authorization: "Bearer t", "content-type": "application/json" } }) });
  await go(2);
  const a = await ask("warm");
  const r = await go(4);
  const b = await ask("json");
  console.log("failed", r.failed, "spans a core-second", ((r.sent * 512) / (b.cpuSeconds - a.cpuSeconds)).toFixed(0), "ms a body", ((b.cpuSeconds - a.cpuSeconds) * 1000 / r.sent).toFixed(2));
}
if (what === "all" || what === "attacks") for (const one of attacks("t")) await ask(`${one.title}: ${await attack(url, one, 16)}`);
child.disconnect();
await new Promise((r) => setTimeout(r, 2500));
await database.stop();
await rm(dataDir, { recursive: true, force: true });
process.exit(0);
