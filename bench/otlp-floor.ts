/**
 * The floor of `bench -- otlp`, as a process of its own: a body is unpacked and decoded whole by the library,
 * again and again, and nothing is done with it. Answers each order with the spans it read a core-second.
 */
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { decodeTraces } from "#test/support/otlp-request.ts";

export interface FloorOrder {
  path: string;
  isProtobuf: boolean;
  isPacked: boolean;
  spans: number;
  seconds: number;
}
export interface FloorResult {
  perCoreSecond: number;
  perSecond: number;
}

process.on("message", (order: FloorOrder) => void measure(order));
process.on("disconnect", () => process.exit(0));

async function measure({ path, isProtobuf, isPacked, spans, seconds }: FloorOrder): Promise<void> {
  const sent = await readFile(path);
  const decode = (): unknown => {
    const body = isPacked ? gunzipSync(sent) : sent;
    return isProtobuf ? decodeTraces(body) : (JSON.parse(body.toString("utf8")) as unknown);
  };
  // as warm as the service is
  for (let round = 0; round < 20; round += 1) decode();
  const before = process.cpuUsage();
  const startedAt = performance.now();
  let bodies = 0;
  while (performance.now() < startedAt + seconds * 1_000) {
    decode();
    bodies += 1;
  }
  const { user, system } = process.cpuUsage(before);
  const result: FloorResult = {
    perCoreSecond: (bodies * spans * 1e6) / (user + system),
    perSecond: (bodies * spans * 1e3) / (performance.now() - startedAt),
  };
  process.send?.(result);
}
