// Goal: what OTLP/HTTP asks of a receiver holds at /v1/traces: both encodings, partial success, refusals in
// the encoding of the request, and intervals in the database. Method: a real server on a real database;
// requests as exporters send them, then requests that lie, are cut or come from the future, each followed
// by a good one.

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#src/db/open.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";
import { decodeAnswer, encodeTraces, type TraceRequestJson } from "#test/support/otlp-request.ts";
import { withToken } from "./open-door.ts";
import {
  keptOf,
  keyValues,
  modelCall,
  nanoseconds,
  openTraces,
  requestOf,
  requestsOf,
} from "./traces-door.ts";

const { db, url: databaseUrl } = await testDatabase();
const protobuf = { ...withToken, "content-type": "application/x-protobuf" };
const json = { ...withToken, "content-type": "application/json" };

const served = { "gen_ai.request.model": "gpt-5", "gen_ai.response.model": "gpt-5-0807" };

test("a request in protobuf is answered in protobuf, empty, and its versions are kept", async () => {
  const url = await openTraces(db);
  const spans = [modelCall(served), modelCall(served)];
  const response = await post(url, protobuf, encodeTraces(requestOf("in-protobuf", spans)));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/x-protobuf");
  expect((await response.arrayBuffer()).byteLength).toBe(0);
  expect(await requestsOf(db, "in-protobuf")).toBe(2);
  expect(await keptOf(db, "in-protobuf")).toMatchObject([
    { pin: "model.requested", value: "gpt-5", requests: 2 },
    { pin: "model.served", value: "gpt-5-0807", requests: 2 },
  ]);
});

test("a request in JSON is answered in JSON, and the same versions are kept", async () => {
  const url = await openTraces(db);
  const body = JSON.stringify(requestOf("in-json", [modelCall(served)]));
  const response = await post(
    url,
    { ...json, "content-type": "application/json; charset=utf-8" },
    body,
  );
  expect([response.status, await response.json()]).toEqual([200, {}]);
  expect(await keptOf(db, "in-json")).toMatchObject([
    { pin: "model.requested", value: "gpt-5", requests: 1 },
    { pin: "model.served", value: "gpt-5-0807", requests: 1 },
  ]);
});

test("a request without a span is a success", async () => {
  const url = await openTraces(db);
  expect((await post(url, protobuf, Buffer.alloc(0))).status).toBe(200);
  for (const body of ["{}", '{"resourceSpans":[]}', JSON.stringify(requestOf("nothing", []))]) {
    const response = await post(url, json, body);
    expect([response.status, await response.json()]).toEqual([200, {}]);
  }
  expect(await requestsOf(db, "nothing")).toBeUndefined();
});

test("the same body sent again counts once, whatever it was packed with", async () => {
  const url = await openTraces(db);
  const body = encodeTraces(requestOf("again", [modelCall(served)]));
  await post(url, protobuf, body);
  await post(url, protobuf, body);
  await post(url, { ...protobuf, "content-encoding": "gzip" }, gzipSync(body));
  expect(await requestsOf(db, "again")).toBe(1);
});

test("spans of one trace are one request, and at most three traces are kept as samples", async () => {
  const url = await openTraces(db);
  const traceIds = Array.from({ length: 5 }, (_, at) => `${at + 1}`.repeat(32));
  const spans = [...traceIds, ...traceIds].map((traceId) => modelCall(served, { traceId }));
  await post(url, protobuf, encodeTraces(requestOf("traces", spans)));
  const [kept] = await keptOf(db, "traces");
  expect(kept?.requests).toBe(5);
  expect(kept?.sampleTraceIds).toEqual(traceIds.slice(0, 3));
});

test("what cannot be taken is counted and named, and the rest is kept", async () => {
  const url = await openTraces(db);
  const inFuture = nanoseconds(new Date(Date.now() + 11 * 60_000).toISOString());
  const request = requestOf("partly", [
    modelCall(served),
    modelCall(served, { traceId: "0".repeat(32) }),
    modelCall(served, { traceId: "abcd" }),
    modelCall(served, { startTimeUnixNano: "0" }),
    modelCall(served, { startTimeUnixNano: String(Date.now()) }),
    modelCall(served, { startTimeUnixNano: inFuture }),
  ]);
  const inJson = await post(url, json, JSON.stringify(request));
  const { partialSuccess } = (await inJson.json()) as {
    partialSuccess: { rejectedSpans: string; errorMessage: string };
  };
  expect([inJson.status, partialSuccess.rejectedSpans]).toEqual([200, "5"]);
  expect(partialSuccess.errorMessage).toContain("2 spans without a valid trace id");
  expect(partialSuccess.errorMessage).toContain("1 span without a start time");
  expect(partialSuccess.errorMessage).toContain("1 span from before the year 2000");
  expect(partialSuccess.errorMessage).toContain("1 span from more than 10 minutes in the future");
  expect(await requestsOf(db, "partly")).toBe(1);

  const inProtobuf = await post(url, protobuf, encodeTraces(request));
  const answer = decodeAnswer(
    "ExportTraceServiceResponse",
    new Uint8Array(await inProtobuf.arrayBuffer()),
  );
  expect([inProtobuf.status, answer]).toEqual([
    200,
    { partialSuccess: { rejectedSpans: 5, errorMessage: partialSuccess.errorMessage } },
  ]);
});

test("a clock that is a few minutes fast is taken as of now, and old spans are taken as they are", async () => {
  const url = await openTraces(db);
  const before = Date.now();
  const fast = nanoseconds(new Date(before + 9 * 60_000).toISOString());
  const old = nanoseconds("2021-03-04T05:06:07Z");
  const spans = [
    modelCall(served, { startTimeUnixNano: fast }),
    modelCall({ "gen_ai.response.model": "gpt-3" }, { startTimeUnixNano: old }),
  ];
  const response = await post(url, json, JSON.stringify(requestOf("clocks", spans)));
  expect(await response.json()).toEqual({});
  const kept = await keptOf(db, "clocks");
  const seen = (value: string) => kept.find((one) => one.value === value)?.firstSeenAt;
  expect(seen("gpt-3")).toEqual(new Date("2021-03-04T05:06:07Z"));
  expect(seen("gpt-5-0807")?.getTime()).toBeGreaterThanOrEqual(before);
  expect(seen("gpt-5-0807")?.getTime()).toBeLessThanOrEqual(Date.now());
});

test("a service without a name is one of unknown name, and a strange name is kept in one line", async () => {
  const url = await openTraces(db);
  await post(url, json, JSON.stringify(requestOf(undefined, [modelCall(served)])));
  expect(await requestsOf(db, "unknown_service")).toBe(1);
  const strange = `a\0b\n\ud800 ${"c".repeat(300)}`;
  await post(url, json, JSON.stringify(requestOf(strange, [modelCall(served)])));
  expect(await requestsOf(db, `a b \ufffd ${"c".repeat(194)}`)).toBe(1);
});

test("ever new values of one pin end at a cap, with a warning that names the pin", async () => {
  const url = await openTraces(db);
  const spans = Array.from({ length: 1_500 }, (_, at) =>
    modelCall({ "gen_ai.response.model": `m-${at}` }),
  );
  const response = await post(url, protobuf, encodeTraces(requestOf("many-values", spans)));
  const answer = decodeAnswer(
    "ExportTraceServiceResponse",
    new Uint8Array(await response.arrayBuffer()),
  ) as { partialSuccess: { rejectedSpans?: number; errorMessage: string } };
  expect(response.status).toBe(200);
  // a warning: every span was counted
  expect(answer.partialSuccess.rejectedSpans ?? 0).toBe(0);
  expect(answer.partialSuccess.errorMessage).toContain(
    "model.served has too many different values",
  );
  expect(answer.partialSuccess.errorMessage).toContain("1300 requests");
  expect((await keptOf(db, "many-values")).length).toBe(200);
  expect(await requestsOf(db, "many-values")).toBe(1_500);
});

test("ever new services end at a cap, and their spans are counted as not taken", async () => {
  const url = await openTraces(db);
  const request: TraceRequestJson = {
    resourceSpans: Array.from({ length: 210 }, (_, at) => ({
      resource: { attributes: keyValues({ "service.name": `one-of-many-${at}` }) },
      scopeSpans: [{ spans: [modelCall(served)] }],
    })),
  };
  const response = await post(url, json, JSON.stringify(request));
  expect(await response.json()).toMatchObject({ partialSuccess: { rejectedSpans: "10" } });
});

test("text of users is nowhere in the database", async () => {
  const url = await openTraces(db);
  const secret = "my card number is 4111";
  const span = modelCall({
    ...served,
    "gen_ai.input.messages": secret,
    "gen_ai.system_instructions": `Be kind. ${secret}`,
    "app.notes": secret,
  });
  await post(url, json, JSON.stringify(requestOf("private", [{ ...span, name: secret }])));
  const kept = await keptOf(db, "private");
  expect(kept.length).toBeGreaterThan(0);
  expect(JSON.stringify(kept)).not.toContain("4111");
});

test("Tempo's form and one request a line are read like any other", async () => {
  const url = await openTraces(db);
  const { resourceSpans } = requestOf("tempo", [
    modelCall(served, {
      traceId: Buffer.from("00112233445566778899aabbccddeeff", "hex").toString("base64"),
    }),
  ]);
  expect((await post(url, json, JSON.stringify({ batches: resourceSpans }))).status).toBe(200);
  const [kept] = await keptOf(db, "tempo");
  expect(kept?.sampleTraceIds).toEqual(["00112233445566778899aabbccddeeff"]);

  const lines = [1, 2, 3].map(() => JSON.stringify(requestOf("in-lines", [modelCall(served)])));
  for (const type of ["application/json", "application/x-ndjson"]) {
    // another digest each time: the same body would count once
    const body = `${lines.join("\n")}\n${type === "application/json" ? "" : "\n"}`;
    expect((await post(url, { ...withToken, "content-type": type }, body)).status).toBe(200);
  }
  expect(await requestsOf(db, "in-lines")).toBe(6);
});

const good = encodeTraces(requestOf("wrong", [modelCall(served)]));

test.each([
  ["no protobuf", Buffer.from("not protobuf at all, just a sentence")],
  ["cut in the middle", good.subarray(0, good.length - 5)],
  ["cut in its first length", good.subarray(0, 1)],
  ["longer inside than outside", lying(good)],
  ["JSON under the name of protobuf", Buffer.from(JSON.stringify(requestOf("x", [])))],
  ["a list nested without end", endlessList(5_000)],
])("protobuf that is %s is refused as malformed, and the next one works", async (_what, body) => {
  const url = await openTraces(db);
  const response = await post(url, protobuf, body);
  expect([response.status, response.headers.get("content-type")]).toEqual([
    400,
    "application/x-protobuf",
  ]);
  const { message } = decodeAnswer("Status", new Uint8Array(await response.arrayBuffer()));
  expect(message).toContain("no valid protobuf");
  expect((await post(url, protobuf, Buffer.from(good))).status).toBe(200);
});

test.each([
  ["{", "no valid JSON"],
  ["", "no valid JSON"],
  ["{}\n{", "no valid JSON"],
  ["[]", "the body must be an object"],
  ["null", "the body must be an object"],
  ['{"resourceSpans":{}}', "resourceSpans must be a list"],
  ['{"resourceSpans":[1]}', "resourceSpans[0] must be an object"],
  [
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{},{"traceId":7}]}]}]}',
    "scopeSpans[0].spans[1].traceId",
  ],
  [
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":"soon"}]}]}]}',
    "startTimeUnixNano",
  ],
  [
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":-1}]}]}]}',
    "startTimeUnixNano",
  ],
  [
    '{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":1}}]}}]}',
    "value.stringValue must be text",
  ],
  [
    '{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"intValue":1.5}}]}}]}',
    "value.intValue must be a whole number",
  ],
  ["[".repeat(1_000_000), "the body must be an object"],
  [`{"a":${"[".repeat(1_000_000)}`, "no valid JSON"],
  ['{"resourceSpans":[{]}]}', "no valid JSON"],
  ['{"resourceSpans":[] "a":1}', "no valid JSON"],
  ['{"a":nonsense}', "no valid JSON"],
  ['{"resourceSpans":[]} trailing', "the body must be an object"],
])("JSON of the wrong shape is refused with the place: %.60s", async (body, place) => {
  const url = await openTraces(db);
  const response = await post(url, json, body);
  expect(response.status).toBe(400);
  expect(((await response.json()) as { message: string }).message).toContain(place);
  const next = await post(url, json, JSON.stringify(requestOf("wrong", [modelCall(served)])));
  expect(next.status).toBe(200);
});

test("unknown fields and unknown numbers of enums are passed over", async () => {
  const url = await openTraces(db);
  const span = {
    ...modelCall(served),
    kind: 99,
    status: { code: 77 },
    newThing: { a: [1] },
    flags: 1,
  };
  const request = requestOf("newer", [span]);
  const body = JSON.stringify({ ...request, another: true });
  expect(await (await post(url, json, body)).json()).toEqual({});
  // field 15 with a length, field 99 as a group, and a varint of field 1 000: none of ours
  const unknown = Buffer.from([
    0x7a, 2, 1, 2, 0x9b, 0x06, 0x08, 0x01, 0x9c, 0x06, 0xc0, 0x3e, 0x05,
  ]);
  const newer = Buffer.concat([
    unknown,
    encodeTraces(requestOf("newer", [modelCall(served)])),
    unknown,
  ]);
  expect((await post(url, protobuf, newer)).status).toBe(200);
  expect(await requestsOf(db, "newer")).toBe(2);
});

test("while the database is away senders are asked to come again, and when it is back they may", async () => {
  const relay = await openRelay(databaseUrl);
  const database = await openDatabase({ url: relay.url, log: createLog("silent") });
  onTestFinished(() => database.destroy());
  const url = await openTraces(database);
  const body = encodeTraces(requestOf("away", [modelCall(served)]));
  await relay.cut();
  const response = await post(url, protobuf, body);
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
  const { message } = decodeAnswer("Status", new Uint8Array(await response.arrayBuffer()));
  expect(message).toContain("Send the same again");
  await relay.mend();
  expect((await post(url, protobuf, body)).status).toBe(200);
  expect(await requestsOf(db, "away")).toBe(1);
});

/** A way to the database that can be cut. */
async function openRelay(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const relay = createServer((socket) => {
    const there = connect(Number(port), hostname);
    for (const [from, to] of [
      [socket, there],
      [there, socket],
    ] as const) {
      sockets.add(from);
      from.on("error", () => undefined).on("close", () => to.destroy());
      from.pipe(to);
    }
  });
  const listen = async (at: number): Promise<number> => {
    relay.listen(at, "127.0.0.1");
    await once(relay, "listening");
    return (relay.address() as AddressInfo).port;
  };
  const own = await listen(0);
  const cut = async (): Promise<void> => {
    const closed = once(relay, "close");
    relay.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onTestFinished(() => cut());
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String(own);
  return { url: url.href, cut, mend: () => listen(own) };
}

function post(
  url: string,
  headers: Record<string, string>,
  body: Buffer | string,
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : new Uint8Array(body),
  });
}

/** The length of the first resource made one too large for what holds it; what follows makes up for the bytes. */
function lying(body: Buffer): Buffer {
  const copy = Buffer.concat([body, body]);
  // tag and length of ResourceSpans, each up to two bytes; then the tag and length of its Resource
  const at = (copy[1] ?? 0) < 128 ? 3 : 4;
  copy[at] = 127;
  return copy;
}

/** A span with one attribute that is wanted, a list in a list in a list. */
function endlessList(depth: number): Buffer {
  const wrap = (field: number, inner: Buffer): Buffer =>
    Buffer.concat([Buffer.from([field * 8 + 2]), varint(inner.length), inner]);
  let value = wrap(1, Buffer.from("deep"));
  for (let level = 0; level < depth; level += 1) value = wrap(5, wrap(1, value));
  const key = wrap(1, Buffer.from("gen_ai.tool.definitions"));
  const span = wrap(9, Buffer.concat([key, wrap(2, value)]));
  return wrap(1, wrap(2, wrap(2, span)));
}

function varint(number: number): Buffer {
  const bytes: number[] = [];
  let rest = number;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}
