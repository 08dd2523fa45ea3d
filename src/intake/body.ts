import type { IncomingMessage } from "node:http";
import { createGunzip } from "node:zlib";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { Lease } from "./room.ts";

/** Why a request is not answered, for a person who reads the sender's log. */
export interface Refusal {
  status: number;
  message: string;
  headers?: Record<string, string>;
}

/** What a sender does about 503: wait so many seconds, and send the same again. */
export const retrySoon = { "retry-after": "2" };

/** Why there is no room for one body more. */
export const noRoom: Refusal = {
  status: 503,
  message: "Too much comes in at once. Send the same again in a few seconds.",
  headers: retrySoon,
};

/**
 * Reads a body as it was sent: never more than `bytesAtMost`, nor than the lease can hold, nor for longer
 * than `withinMs`. Where it stops, the rest is unread.
 */
export async function readBody(
  request: IncomingMessage,
  options: { bytesAtMost: number; withinMs: number; lease: Lease },
): Promise<Result<Buffer, Refusal>> {
  const { promise, resolve } = Promise.withResolvers<Result<Buffer, Refusal>>();
  const timer = setTimeout(() => resolve(err(tooSlow(options.withinMs))), options.withinMs);
  // written into one place where the length is said, so that nothing is there twice
  const declared = Number(request.headers["content-length"] ?? 0);
  const whole = declared > 0 ? Buffer.allocUnsafeSlow(declared) : undefined;
  const pieces: Buffer[] = [];
  let size = 0;
  const onData = (piece: Buffer): void => {
    const start = size;
    size += piece.length;
    if (size > options.bytesAtMost) return resolve(err(tooLarge(options.bytesAtMost)));
    if (!options.lease.holds(size)) return resolve(err(noRoom));
    if (!whole) return void pieces.push(piece);
    piece.copy(whole, start);
    letGo(piece);
  };
  const onEnd = (): void => resolve(ok(whole ?? joined(pieces)));
  // nobody is there any more to be told
  const onGone = (): void => resolve(err({ status: 400, message: "The sender hung up." }));
  request.on("data", onData).once("end", onEnd).once("error", onGone).once("close", onGone);
  const body = await promise;
  clearTimeout(timer);
  // an error still finds `onGone`: without a listener it would end the process
  request.off("data", onData).off("end", onEnd);
  if (!body.ok) for (const piece of whole ? [whole] : pieces) letGo(piece);
  return body;
}

/**
 * Lets what still comes of a request go by, up to `bytesAtMost` and for `withinMs`: a sender reads its answer
 * when it is done with sending, and its connection is good for more. Whoever goes on longer is cut off;
 * a sender that reads while it sends has its answer by then.
 */
export function passBy(
  request: IncomingMessage,
  { bytesAtMost, withinMs }: { bytesAtMost: number; withinMs: number },
): void {
  if (request.readableEnded || request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), withinMs);
  request.once("close", () => clearTimeout(timer));
  let size = 0;
  request.on("data", (piece: Buffer) => {
    size += piece.length;
    letGo(piece);
    // what is not read stays with the sender, and costs nothing here
    if (size > bytesAtMost) request.pause();
  });
  request.resume();
}

/**
 * Unpacks gzip, also of several members one after the other (RFC 1952, section 2.2). It counts while it
 * unpacks, so that a small body that would become a huge one stops at the cap.
 */
export async function unpack(
  packed: Buffer,
  bytesAtMost: number,
): Promise<Result<Buffer, Refusal>> {
  const { promise, resolve } = Promise.withResolvers<Result<Buffer, Refusal>>();
  const gunzip = createGunzip({ chunkSize: pieceBytes(packed, bytesAtMost) });
  const pieces: Buffer[] = [];
  let size = 0;
  gunzip
    .on("data", (piece: Buffer) => {
      size += piece.length;
      pieces.push(piece);
      if (size <= bytesAtMost) return;
      gunzip.destroy();
      resolve(err(tooLarge(bytesAtMost)));
    })
    .once("end", () => resolve(ok(joined(pieces))))
    .once("error", ({ code }: NodeJS.ErrnoException) => resolve(err(packingFault(code))))
    .end(packed);
  const unpacked = await promise;
  if (!unpacked.ok) pieces.forEach(letGo);
  return unpacked;
}

/**
 * How much is unpacked at a time: all at once where the body says its length, as each piece is a way to
 * another thread and back. The last four bytes say it (RFC 1952, section 2.3.1); they may lie, or be cut off.
 */
function pieceBytes(packed: Buffer, bytesAtMost: number): number {
  const said = packed.length >= 18 ? packed.readUInt32LE(packed.length - 4) : 0;
  return said > bytesAtMost ? pieceBytesMin : Math.max(said + 4096, pieceBytesMin);
}

const pieceBytesMin = 256 * 1024;

/** All pieces as one; they are given back. */
function joined(pieces: Buffer[]): Buffer {
  const [first] = pieces;
  if (first && pieces.length === 1) return first;
  const whole = Buffer.concat(pieces);
  pieces.forEach(letGo);
  return whole;
}

/**
 * Gives memory back at once, and not when it is looked for next: much of it could gather until then. Whoever
 * still holds it finds it empty.
 */
export function letGo({ buffer, byteLength }: Buffer): void {
  // small ones may share their memory with others
  const isAlone = byteLength === buffer.byteLength || buffer.byteLength >= 128 * 1024;
  if (buffer instanceof ArrayBuffer && isAlone && !buffer.detached) buffer.transfer(0);
}

function packingFault(code: string | undefined): Refusal {
  const message =
    code === "Z_BUF_ERROR"
      ? "The gzip data ends too early. Send the whole body."
      : "The header says content-encoding: gzip, and the body is no valid gzip data. Pack it again, or leave the header out.";
  return { status: 400, message };
}

/** Why a body of that size is not taken. */
export function tooLarge(bytesAtMost: number): Refusal {
  const megabytes = (bytesAtMost / 1024 / 1024).toFixed(0);
  return {
    status: 413,
    message: `The body is larger than ${megabytes} MB, unpacked. Send it in smaller parts.`,
  };
}

function tooSlow(withinMs: number): Refusal {
  const seconds = Math.ceil(withinMs / 1_000);
  return { status: 408, message: `The body did not arrive within ${seconds} s. Send it again.` };
}
