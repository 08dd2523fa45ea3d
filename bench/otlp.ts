/**
 * How fast are spans taken, against what it costs to decode the same bodies and do nothing with them? And
 * how much memory does it take, whatever is sent? The service is a process of its own on a database; the
 * floor is another one, and they take turns. The ratio is of spans a core-second of the process.
 */
import { type ChildProcess, fork } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { startEmbedded } from "#src/db/embedded.ts";
import { migrateToLatest } from "#src/db/migrate.ts";
import { openDatabase } from "#src/db/open.ts";
import { createLog } from "#src/lib/log.ts";
import { encodeTraces } from "#test/support/otlp-request.ts";
import { closedLoop, type Shot } from "./load.ts";
import { genAiTraces, member } from "./otlp-bodies.ts";
import type { FloorOrder, FloorResult } from "./otlp-floor.ts";
import { attack, attacks } from "./otlp-attacks.ts";
import type { ServiceUse } from "./otlp-service.ts";

const token = "bench-token";
const spans = 512;
const connections = 8;
const rounds = 3;
const seconds = 3;
const ratioAtLeast = 0.5;
const megabytesAtMost = 300;

/** A body as it is sent, and the same as it is when it is sent for the nth time: the service counts a body once. */
interface Load {
  title: string;
  isProtobuf: boolean;
  isPacked: boolean;
  body: Buffer;
  again(n: number): Buffer;
  path: string;
  taken: { perCoreSecond: number; perSecond: number }[];
  floor: FloorResult[];
}

/** Runs the benchmark and prints it; fails under half of the floor, or over 300 MB. */
export async function benchOtlp(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "faultline-bench-"));
  await chmod(dataDir, 0o755);
  const database = await startEmbedded({ dataDir, log: createLog("error") });
  const children: ChildProcess[] = [];
  try {
    const db = await openDatabase({
      url: database.url,
      statementTimeoutMs: 0,
      log: createLog("error"),
    });
    await migrateToLatest(db, createLog("error"));
    await db.destroy();
    const env = { ...process.env, BENCH_DATABASE_URL: database.url, BENCH_TOKEN: token };
    const service = start("otlp-service.ts", env, children);
    const { port } = await next<{ port: number }>(service);
    const floor = start("otlp-floor.ts", env, children);
    const url = `http://127.0.0.1:${port}/v1/traces`;

    const loads = makeLoads(dataDir);
    for (const load of loads) {
      await writeFile(load.path, load.body);
      await run(load, url, 2);
      for (let round = 0; round < rounds; round += 1) {
        load.floor.push(await ask<FloorResult>(floor, orderOf(load)));
        load.taken.push(await measure(load, url, service));
      }
    }
    floor.kill();
    const isFast = loads.map(report).every(Boolean);
    const isSmall = await tryMemory(url, service);
    if (!isFast || !isSmall) process.exitCode = 1;
  } finally {
    for (const child of children) child.kill();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Each body begins with something that is passed over and differs every time, so that none counts as sent before. */
function makeLoads(dataDir: string): Load[] {
  const request = genAiTraces(spans, Date.now() - 60_000);
  const protobuf = encodeTraces(request);
  const packed = gzipSync(protobuf);
  const json = Buffer.from(JSON.stringify(request));
  const open = (n: number) => Buffer.from(`{"n":${n},`);
  const rest = json.subarray(1);
  const packedRest = gzipSync(rest);
  const load = (
    title: string,
    isProtobuf: boolean,
    isPacked: boolean,
    again: Load["again"],
  ): Load => {
    const path = join(dataDir, `${title.replaceAll(/\W+/g, "-")}.bin`);
    return { title, isProtobuf, isPacked, body: again(0), again, path, taken: [], floor: [] };
  };
  console.log(
    `${spans} spans with their messages: ${kilobytes(protobuf)} as protobuf (${kilobytes(packed)} as gzip), ${kilobytes(json)} as JSON`,
  );
  return [
    load("protobuf, gzip", true, true, (n) => Buffer.concat([member(n), packed])),
    load("JSON, gzip", false, true, (n) => Buffer.concat([gzipSync(open(n)), packedRest])),
    load("JSON", false, false, (n) => Buffer.concat([open(n), rest])),
  ];
}

let sentBodies = 0;

async function run(load: Load, url: string, forSeconds: number): Promise<number> {
  const shot = (): Shot => {
    sentBodies += 1;
    return { body: load.again(sentBodies), headers: headersOf(load) };
  };
  const result = await closedLoop(url, { connections, seconds: forSeconds, shot });
  if (result.failed > 0) throw new Error(`${result.failed} requests failed: nothing was measured`);
  return result.sent;
}

function headersOf({ isProtobuf, isPacked }: Pick<Load, "isProtobuf" | "isPacked">) {
  return {
    authorization: `Bearer ${token}`,
    "content-type": isProtobuf ? "application/x-protobuf" : "application/json",
    ...(isPacked ? { "content-encoding": "gzip" } : {}),
  };
}

async function measure(load: Load, url: string, service: ChildProcess) {
  const before = await ask<ServiceUse>(service, "use");
  const startedAt = performance.now();
  const bodies = await run(load, url, seconds);
  const tookMs = performance.now() - startedAt;
  const after = await ask<ServiceUse>(service, "use");
  return {
    perCoreSecond: (bodies * spans) / (after.cpuSeconds - before.cpuSeconds),
    perSecond: (bodies * spans * 1e3) / tookMs,
  };
}

function report({ title, taken, floor }: Load): boolean {
  const of = (figures: readonly FloorResult[]) => median(figures, (one) => one.perCoreSecond);
  const ratio = of(taken) / of(floor);
  const isFast = ratio >= ratioAtLeast;
  console.log(
    [
      title,
      `  only decoded  ${perThousand(of(floor))} spans a core-second`,
      `  taken         ${perThousand(of(taken))} spans a core-second, ${perThousand(median(taken, (one) => one.perSecond))} a second with ${connections} senders`,
      `  ratio         ${ratio.toFixed(2)}${isFast ? "" : ` (the aim is ${ratioAtLeast})`}`,
    ].join("\n"),
  );
  return isFast;
}

/** Sends what should never be sent, 16 at once, and a good body after each; false where it took too much memory. */
async function tryMemory(url: string, service: ChildProcess): Promise<boolean> {
  let isSmall = true;
  const peak = async (what: string): Promise<void> => {
    const { peakBytes } = await ask<ServiceUse>(service, "use");
    const megabytes = peakBytes / 1024 / 1024;
    isSmall &&= megabytes < megabytesAtMost;
    console.log(`peak memory ${megabytes.toFixed(0).padStart(4)} MB after ${what}`);
  };
  await peak("all of this");
  for (const one of attacks(token)) {
    const statuses = await attack(url, one, 16);
    await peak(`16 senders of ${one.title} (answers: ${statuses})`);
  }
  if (!isSmall) console.error(`The aim is under ${megabytesAtMost} MB.`);
  return isSmall;
}

function orderOf({ path, isProtobuf, isPacked }: Load): FloorOrder {
  return { path, isProtobuf, isPacked, spans, seconds };
}

function start(script: string, env: NodeJS.ProcessEnv, children: ChildProcess[]): ChildProcess {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env,
    // as `npm start` has it
    execArgv: ["--max-semi-space-size=16"],
  });
  children.push(child);
  return child;
}

function ask<Answer>(child: ChildProcess, message: object | string): Promise<Answer> {
  child.send(message);
  return next<Answer>(child);
}

function next<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void =>
      reject(new Error(`a process stopped with ${code}`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message as Message);
    });
  });
}

function median<One>(all: readonly One[], of: (one: One) => number): number {
  const sorted = all.map(of).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function perThousand(figure: number): string {
  return `${(figure / 1_000).toFixed(1).padStart(6)} k`;
}

function kilobytes({ length }: Buffer): string {
  return `${(length / 1_000).toFixed(0)} kB`;
}
