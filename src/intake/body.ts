import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
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
  const chunks: Buffer[] = [];
  let size = 0;
  const onData = (chunk: Buffer): void => {
    const start = size;
    size += chunk.length;
    if (size > options.bytesAtMost) return resolve(err(tooLarge(options.bytesAtMost)));
    if (!options.lease.holds(size)) return resolve(err(noRoom));
    if (whole) chunk.copy(whole, start);
    else chunks.push(chunk);
  };
  const onEnd = (): void => resolve(ok(whole ?? Buffer.concat(chunks)));
  // nobody is there any more to be told
  const onGone = (): void => resolve(err({ status: 400, message: "The sender hung up." }));
  request.on("data", onData).once("end", onEnd).once("error", onGone).once("close", onGone);
  const body = await promise;
  clearTimeout(timer);
  // an error still finds `onGone`: without a listener it would end the process
  request.off("data", onData);
  return body;
}

/**
 * Unpacks gzip, also of several members one after the other (RFC 1952, section 2.2). It counts while it
 * unpacks, so that a small body that would become a huge one stops at the cap.
 */
export async function unpack(
  packed: Buffer,
  bytesAtMost: number,
): Promise<Result<Buffer, Refusal>> {
  const said = saidLength(packed);
  // each piece is a way to another thread and back
  const chunkSize = Math.min(Math.max(said + 4096, 256 * 1024), 4 * 1024 * 1024);
  try {
    return ok(await unzip(packed, { maxOutputLength: bytesAtMost, chunkSize }));
  } catch (error) {
    return err(packingFault((error as NodeJS.ErrnoException).code, bytesAtMost));
  }
}

const unzip = promisify(gunzip);

/**
 * Gives the memory of a body back at once, and not when it is looked for next: much of it could gather until
 * then. Whoever still holds the body finds it empty.
 */
export function letGo({ buffer }: Buffer): void {
  // small ones share their memory with others
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= 128 * 1024) buffer.transfer(0);
}

/** How long the last member says that it is, unpacked (RFC 1952, section 2.3.1): a hint, which may be a lie. */
function saidLength(packed: Buffer): number {
  return packed.length >= 18 ? packed.readUInt32LE(packed.length - 4) : 0;
}

function packingFault(code: string | undefined, bytesAtMost: number): Refusal {
  if (code === "ERR_BUFFER_TOO_LARGE") return tooLarge(bytesAtMost);
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
