import { Agent, request } from "node:http";

/** One HTTP request to send; built just before it is sent, so that it can be signed with the time. */
export interface Shot {
  body: string | Uint8Array;
  headers: Record<string, string>;
}

export interface LoadResult {
  requestsPerSecond: number;
  /** Of all requests, in milliseconds. */
  p50Ms: number;
  p99Ms: number;
  sent: number;
  /** Answers that were not 200. */
  failed: number;
}

/** As many requests as fit, `most` at the most: each of `connections` sends the next one as soon as the last is answered. */
export async function closedLoop(
  url: string,
  options: { connections: number; seconds: number; most?: number; shot: () => Shot },
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const latenciesMs: number[] = [];
  let failed = 0;
  let sent = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + options.seconds * 1_000;
  const connection = async (): Promise<void> => {
    while (performance.now() < endsAt && sent < (options.most ?? Number.POSITIVE_INFINITY)) {
      sent += 1;
      const sentAt = performance.now();
      const status = await send(url, agent, options.shot());
      latenciesMs.push(performance.now() - sentAt);
      if (status !== 200) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: options.connections }, connection));
  agent.destroy();
  return summarize(latenciesMs, failed, performance.now() - startedAt);
}

/**
 * Requests at a fixed rate, whether or not the earlier ones are answered. Latency counts from when a
 * request was due, so that a server that stalls does not hide it by making us wait to send.
 */
export async function openLoop(
  url: string,
  options: { connections: number; seconds: number; perSecond: number; shot: () => Shot },
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const latenciesMs: number[] = [];
  let failed = 0;
  const startedAt = performance.now();
  const total = options.seconds * options.perSecond;
  const inFlight: Promise<void>[] = [];
  for (let index = 0; index < total; index += 1) {
    const dueAt = startedAt + (index * 1_000) / options.perSecond;
    const waitMs = dueAt - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    inFlight.push(
      send(url, agent, options.shot()).then((status) => {
        latenciesMs.push(performance.now() - dueAt);
        if (status !== 200) failed += 1;
      }),
    );
  }
  await Promise.all(inFlight);
  agent.destroy();
  return summarize(latenciesMs, failed, performance.now() - startedAt);
}

function send(url: string, agent: Agent, shot: Shot): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: "POST", agent, headers: shot.headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
      answer.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(shot.body);
  });
}

function summarize(latenciesMs: number[], failed: number, tookMs: number): LoadResult {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return {
    requestsPerSecond: (sorted.length * 1_000) / tookMs,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    sent: sorted.length,
    failed,
  };
}
