import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { gzipSync } from "node:zlib";
import { encodeTraces, type TraceRequestJson } from "#test/support/otlp-request.ts";
import { genAiTraces, member } from "./otlp-bodies.ts";

/** Something that a sender might send by mistake or in anger. */
export interface Attack {
  title: string;
  headers: Record<string, string>;
  /** The pieces of the body of the nth sender: no two are the same, as the service counts a body once. */
  pieces: (n: number) => Iterable<Buffer>;
}

const megabyte = 1024 * 1024;

/** Bodies that are large, that become large, or that hold very much of what is counted. */
export function attacks(token: string): Attack[] {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/x-protobuf" };
  const packed = { ...headers, "content-encoding": "gzip" };
  const json = { ...headers, "content-type": "application/json" };
  const bomb = gzipSync(Buffer.alloc(100 * megabyte));
  const large = gzipSync(encodeTraces(genAiTraces(1_600, Date.now() - 60_000)));
  const full = gzipSync(encodeTraces(genAiTraces(4_400, Date.now() - 60_000)));
  const many = gzipSync(encodeTraces(ever(70_000)));
  const manyInJson = Buffer.from(JSON.stringify(ever(24_000)));
  const mixed = gzipSync(encodeTraces(ever(16_000)));
  const lists = Buffer.from(`{"resourceSpans":[${"[],".repeat(490_000)}[]]}`);
  const endless = Buffer.alloc(8 * megabyte, "[");
  const piece = Buffer.alloc(megabyte);
  return [
    {
      title: "100 MB that do not say how much they are",
      headers: { ...headers, "transfer-encoding": "chunked" },
      pieces: function* pieces() {
        for (let sent = 0; sent < 100; sent += 1) yield piece;
      },
    },
    {
      title: "100 MB that say so",
      headers: { ...headers, "content-length": String(100 * megabyte) },
      pieces: () => Array.from({ length: 100 }, () => piece),
    },
    { title: "gzip bombs of 100 MB", headers: packed, pieces: () => [bomb] },
    {
      title: "7 MB of protobuf, packed",
      headers: packed,
      pieces: (n) => [member(n), large],
    },
    { title: "19 MB of protobuf, packed", headers: packed, pieces: (n) => [member(n), full] },
    {
      title: "70,000 spans, each with values of its own",
      headers: packed,
      pieces: (n) => [member(n), many],
    },
    {
      title: "16,000 spans, each with values of its own",
      headers: packed,
      pieces: (n) => [member(n), mixed],
    },
    {
      title: "24,000 such spans as JSON",
      headers: json,
      pieces: (n) => [Buffer.from(`{"n":${n},`), manyInJson.subarray(1)],
    },
    { title: "490,000 lists as JSON", headers: json, pieces: () => [lists] },
    { title: "8 MB of brackets as JSON", headers: json, pieces: () => [endless] },
  ];
}

/** Small spans, each of a trace of its own, with a prompt version and a router of its own. */
function ever(count: number): TraceRequestJson {
  const spans = Array.from({ length: count }, (_, at) => ({
    traceId: randomBytes(16).toString("hex"),
    spanId: randomBytes(8).toString("hex"),
    name: "",
    startTimeUnixNano: `${Date.now() - 60_000}000000`,
    attributes: [
      { key: "app.prompt.version", value: { stringValue: `p${at}` } },
      { key: "app.router.version", value: { stringValue: `r${at}` } },
    ],
  }));
  return { resourceSpans: [{ scopeSpans: [{ spans }] }] };
}

/** Sends it from so many senders at once, and says what they were answered: "413 16 times". */
export async function attack(url: string, one: Attack, senders: number): Promise<string> {
  const answers = await Promise.all(
    Array.from({ length: senders }, (_, n) => sendOnce(url, one, n)),
  );
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts].map(([answer, times]) => `${answer} ${times} times`).join(", ");
}

async function sendOnce(url: string, { headers, pieces }: Attack, n: number): Promise<string> {
  const sending = request(url, { method: "POST", headers });
  let isOver = false;
  const answered = once(sending, "response").then(
    ([response]) => {
      isOver = true;
      (response as IncomingMessage).resume();
      return String((response as IncomingMessage).statusCode);
    },
    () => {
      isOver = true;
      return "no answer";
    },
  );
  sending.on("error", () => undefined);
  for (const piece of pieces(n)) {
    if (isOver) break;
    if (!sending.write(piece))
      await Promise.race([once(sending, "drain"), answered]).catch(() => undefined);
  }
  if (!isOver) sending.end();
  const answer = await answered;
  sending.destroy();
  return answer;
}
