// Goal: machines come in by one door that lets nobody harm it: tokens, methods, types, packing, sizes, slow
// senders, a full house and a database that is away. Method: a real HTTP server with the door on it and one
// small route behind it; every refusal is followed by a good request that works.

import { once } from "node:events";
import { Agent, type IncomingMessage, request as httpRequest } from "node:http";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Database } from "#src/db/open.ts";
import type { TeamId } from "#src/domain/person.ts";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { IntakeLimits } from "#src/intake/intake.ts";
import { answerJson, type IntakeContext, type Route } from "#src/intake/route.ts";
import { ConflictError, TransientError } from "#src/lib/errors.ts";
import { createLog } from "#src/lib/log.ts";
import { byHand, openDoor, token, withToken } from "./open-door.ts";

const log = createLog("silent");
const context = async (): Promise<IntakeContext> => ({
  // the route of these tests asks nothing of it
  db: {} as Database,
  teamId: "T1" as TeamId,
  now: new Date("2026-11-22T00:00:00Z"),
  log,
  settings: noLedgerSettings,
});

/** Says how much came in. */
const measuring: Route = {
  path: "/v1/measure",
  contentTypes: ["application/json"],
  bytesAtMost: 1024 * 1024,
  answer: async (_ctx, { body, query }) =>
    answerJson(200, { bytes: body.length, of: query.get("of") }),
};
const json = { ...withToken, "content-type": "application/json" };

test("a request with the token is answered by its route, whatever follows the content type and the path", async () => {
  const { url } = await doorTo(measuring);
  const response = await fetch(`${url}/v1/measure?of=it`, {
    method: "POST",
    headers: { ...json, "content-type": "Application/JSON; charset=utf-8" },
    body: "{}",
  });
  expect([response.status, await response.json()]).toEqual([200, { bytes: 2, of: "it" }]);
});

test.each([
  [{}],
  [{ authorization: "" }],
  [{ authorization: "Bearer" }],
  [{ authorization: "Bearer " }],
  [{ authorization: token }],
  [{ authorization: `Basic ${token}` }],
  [{ authorization: `Bearer ${token.slice(0, -1)}` }],
  [{ authorization: `Bearer ${token}x` }],
  [{ authorization: `Bearer ${token.toUpperCase()}` }],
  [{ authorization: `Bearer ${token} ${token}` }],
])("without the token nothing is read: %j", async (headers) => {
  const { url } = await doorTo(measuring);
  // no byte of the body is ever sent, so an answer shows that none was waited for
  const answer = await byHand(
    `${url}/v1/measure`,
    { "content-type": "application/json", "content-length": 100, ...headers },
    async (write) => write(Buffer.alloc(0)),
  );
  expect(answer.status).toBe(401);
  expect(answer.text).toContain("Authorization: Bearer");
  await worksStill(url);
});

test("the answer to a missing token says how to come in", async () => {
  const { url } = await doorTo(measuring);
  const response = await fetch(`${url}/v1/measure`, { method: "POST", body: "{}" });
  expect(response.headers.get("www-authenticate")).toBe("Bearer");
});

test("where no token is configured, every path for machines is not found", async () => {
  const { url } = await openDoor({ token: undefined, routes: [measuring], context, log });
  for (const path of ["/v1/measure", "/v1/other"]) {
    const response = await fetch(url + path, { method: "POST", headers: json, body: "{}" });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("FAULTLINE_INTAKE_TOKEN");
  }
  expect((await fetch(`${url}/slack/events`)).status).toBe(404);
});

test("paths that are not its own are left to others", async () => {
  const { url } = await doorTo(measuring);
  for (const path of ["/v1/measures", "/v1", "/", "/v2/measure"]) {
    const response = await fetch(url + path, { method: "POST", headers: json, body: "{}" });
    expect(await response.json()).toEqual({ status: "not found" });
  }
});

test("method, content type and packing are refused by name", async () => {
  const { url } = await doorTo(measuring);
  const get = await fetch(`${url}/v1/measure`, { headers: json });
  expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
  expect(await statusOf(url, { ...json, "content-type": "text/plain" })).toBe(415);
  expect(await statusOf(url, withToken)).toBe(415);
  expect(await statusOf(url, { ...json, "content-encoding": "br" })).toBe(415);
  expect(await statusOf(url, { ...json, "content-encoding": "gzip, gzip" })).toBe(415);
  expect(await statusOf(url, { ...json, "content-encoding": "identity" })).toBe(200);
  await worksStill(url);
});

test("gzip is unpacked, also of several members", async () => {
  const { url } = await doorTo(measuring);
  const members = Buffer.concat([gzipSync("a".repeat(70_000)), gzipSync("b".repeat(30_000))]);
  const headers = { ...json, "content-encoding": "GZIP" };
  const response = await fetch(`${url}/v1/measure`, { method: "POST", headers, body: members });
  expect(await response.json()).toMatchObject({ bytes: 100_000 });
});

test.each([
  ["cut", gzipSync("a".repeat(70_000)).subarray(0, 50), 400],
  ["cut in its second member", Buffer.concat([gzipSync("a"), gzipSync("b").subarray(0, 12)]), 400],
  ["empty", Buffer.alloc(0), 400],
  ["no gzip at all", Buffer.from("{}"), 400],
  ["spoiled", spoiled(gzipSync("some text that is packed")), 400],
  ["a bomb", gzipSync(Buffer.alloc(64 * 1024 * 1024)), 413],
  [
    "a bomb of many members",
    Buffer.concat(Array.from({ length: 40 }, () => gzipSync(Buffer.alloc(64 * 1024)))),
    413,
  ],
])("a packed body that is %s is refused, and the next one works", async (_what, body, status) => {
  const { url } = await doorTo(measuring);
  expect(await statusOf(url, { ...json, "content-encoding": "gzip" }, body)).toBe(status);
  await worksStill(url);
});

test("a body of exactly the cap is taken, packed or not, and one byte more is not", async () => {
  const { url } = await doorTo(measuring);
  const full = Buffer.alloc(measuring.bytesAtMost, " ");
  const over = Buffer.alloc(measuring.bytesAtMost + 1, " ");
  const packed = { ...json, "content-encoding": "gzip" };
  expect(await statusOf(url, json, full)).toBe(200);
  expect(await statusOf(url, packed, gzipSync(full))).toBe(200);
  expect(await statusOf(url, packed, gzipSync(over))).toBe(413);
  expect(await statusOf(url, json, over)).toBe(413);
});

test("a body that says it is too large is refused before a byte of it is sent", async () => {
  const { url } = await doorTo(measuring);
  const answer = await byHand(
    `${url}/v1/measure`,
    { ...json, "content-length": 100 * 1024 * 1024 },
    async (write) => write(Buffer.alloc(0)),
  );
  expect(answer.status).toBe(413);
  expect(answer.text).toContain("1 MB");
  await worksStill(url);
});

test("a body of 100 MB that does not say how large it is stops at the cap", async () => {
  const { url } = await doorTo(measuring);
  const answer = await byHand(
    `${url}/v1/measure`,
    { ...json, "transfer-encoding": "chunked" },
    async (write, end) => {
      const piece = Buffer.alloc(1024 * 1024, " ");
      for (let sent = 0; sent < 100; sent += 1) await write(piece);
      end();
    },
  );
  expect(answer.status).toBe(413);
  await worksStill(url);
});

test("a sender that does not finish is told so, and the others come in meanwhile", async () => {
  const { url } = await doorTo(measuring, { readWithinMs: 150 });
  const slow = byHand(`${url}/v1/measure`, { ...json, "content-length": 10 }, async (write) =>
    write(Buffer.from("{")),
  );
  await worksStill(url);
  expect((await slow).status).toBe(408);
  await worksStill(url);
});

test("a sender that hangs up harms nobody, and what it held is free again", async () => {
  // room for one body: had it been kept, the next one would be turned away
  const { url } = await doorTo(measuring, { sentBytes: measuring.bytesAtMost });
  const headers = { ...json, "content-length": measuring.bytesAtMost };
  const request = httpRequest(`${url}/v1/measure`, { method: "POST", headers });
  request.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    request.write("[", () => resolve());
  });
  request.destroy();
  await expect.poll(() => statusOf(url, json, Buffer.alloc(measuring.bytesAtMost, " "))).toBe(200);
});

test("where too much comes in at once, the next sender is asked to come again, before it sends", async () => {
  const held = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const waiting: Route = {
    ...measuring,
    answer: async () => {
      arrived.resolve();
      await held.promise;
      return answerJson(200, {});
    },
  };
  const { url } = await doorTo(waiting, { sentBytes: 100 * 1024 });
  const first = fetch(`${url}/v1/measure`, { method: "POST", headers: json, body: "{}" });
  await arrived.promise;
  const second = await fetch(`${url}/v1/measure`, { method: "POST", headers: json, body: "{}" });
  expect([second.status, second.headers.get("retry-after")]).toEqual([503, "2"]);
  held.resolve();
  expect((await first).status).toBe(200);
  expect(await statusOf(url, json)).toBe(200);
});

test("a body that is being answered leaves its room to the next one, and its memory is given back", async () => {
  const held = Promise.withResolvers<void>();
  const lengths: number[] = [];
  const waiting: Route = {
    ...measuring,
    answer: async (_ctx, { body }) => {
      lengths.push(body.length);
      await held.promise;
      lengths.push(body.length);
      return answerJson(200, {});
    },
  };
  // one body fits at a time, beside what is held of those that are being answered
  const { url } = await doorTo(waiting, { sentBytes: measuring.bytesAtMost + 128 * 1024 });
  const full = Buffer.alloc(measuring.bytesAtMost, " ");
  const first = statusOf(url, json, full);
  await expect.poll(() => lengths).toEqual([full.length]);
  const second = statusOf(url, { ...json, "content-encoding": "gzip" }, gzipSync(full));
  await expect.poll(() => lengths).toEqual([full.length, full.length]);
  const third = statusOf(url, json, full.subarray(1));
  await expect.poll(() => lengths).toHaveLength(3);
  held.resolve();
  expect(await Promise.all([first, second, third])).toEqual([200, 200, 200]);
  expect(lengths.slice(3)).toEqual([0, 0, 0]);
});

test("large bodies are unpacked in turn: all of them are answered", async () => {
  const { url } = await doorTo(measuring, { unpackedBytes: 1 });
  const body = gzipSync(Buffer.alloc(measuring.bytesAtMost, " "));
  const headers = { ...json, "content-encoding": "gzip" };
  const all = Array.from({ length: 12 }, (_, at) =>
    // a bad one among them gives its turn back too
    statusOf(url, headers, at === 5 ? body.subarray(0, 90) : body),
  );
  expect((await Promise.all(all)).toSorted((a, b) => a - b)).toEqual([
    ...Array.from({ length: 11 }, () => 200),
    400,
  ]);
});

test.each([
  ["the database is away", new TransientError("db_away", "no answer"), 503],
  ["two transactions met", new ConflictError("db_conflict", "met"), 503],
  [
    "the driver says that nobody listens",
    Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
    503,
  ],
  ["there is a bug", new Error("a secret detail"), 500],
])(
  "where %s, the sender is told whether to try again, and no detail",
  async (_what, error, status) => {
    let isBroken = true;
    const { url } = await doorTo({
      ...measuring,
      answer: (ctx, request) => {
        if (isBroken) throw error;
        return measuring.answer(ctx, request);
      },
    });
    const response = await fetch(`${url}/v1/measure`, {
      method: "POST",
      headers: json,
      body: "{}",
    });
    expect(response.status).toBe(status);
    expect(response.headers.has("retry-after")).toBe(status === 503);
    expect(await response.text()).not.toContain(error.message);
    isBroken = false;
    await worksStill(url);
  },
);

test("a context that cannot be had is answered like a database that is away", async () => {
  const away = async (): Promise<never> => {
    throw new TransientError("clock_away", "no answer");
  };
  const { url } = await openDoor({ token, routes: [measuring], context: away, log });
  expect(await statusOf(url, json)).toBe(503);
  expect(await statusOf(url, json)).toBe(503);
});

test("one connection serves good, refused and turned away requests after each other", async () => {
  const { port } = await doorTo(measuring);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const statuses: number[] = [];
  const ports = new Set<number | undefined>();
  for (const [headers, body] of [
    [json, "{}"],
    [{ ...json, authorization: "Bearer wrong" }, " ".repeat(200_000)],
    [{ ...json, "content-encoding": "gzip" }, "no gzip"],
    [{ ...json, "content-type": "text/plain" }, "{}"],
    [json, "{}"],
  ] as const) {
    const request = httpRequest({ port, path: "/v1/measure", method: "POST", headers, agent });
    request.end(body);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    ports.add(request.socket?.localPort);
    response.resume();
    await once(response, "end");
    statuses.push(response.statusCode ?? 0);
  }
  agent.destroy();
  expect(statuses).toEqual([200, 401, 400, 415, 200]);
  expect(ports.size).toBe(1);
});

function doorTo(route: Route, limits: Partial<IntakeLimits> = {}) {
  return openDoor({ token, routes: [route], context, log, limits });
}

async function statusOf(
  url: string,
  headers: Record<string, string>,
  body: Buffer | string = "{}",
): Promise<number> {
  const response = await fetch(`${url}/v1/measure`, { method: "POST", headers, body });
  await response.text();
  return response.status;
}

async function worksStill(url: string): Promise<void> {
  expect(await statusOf(url, json)).toBe(200);
}

/** The same with one bit of what is packed turned round. */
function spoiled(packed: Buffer): Buffer {
  const copy = Buffer.from(packed);
  copy[20] = (copy[20] ?? 0) ^ 0x10;
  return copy;
}
