import type { IncomingMessage } from "node:http";

/** GitHub sends no more (docs.github.com, "Webhook events and payloads", payload cap). */
const bytesAtMost = 25_000_000;
/** Bodies above this are read one at a time: almost all are far below. */
const largeBytes = 1_000_000;
const bodiesAtMost = 16;
/** GitHub waits 10 s for the whole answer. */
const readingMsMax = 8_000;

/** A body, with what gives its room back once it is done with; or the status that ends the request. */
export type ReadBody =
  | { isRead: true; body: Buffer; release(): void }
  | { isRead: false; status: 408 | 413 | 503 };

/**
 * Reads bodies of requests that nobody has signed for yet, within one room for all of them: sixteen at a
 * time, one of them above 1 MB, none above 25 MB. Who finds no room is answered 503.
 */
export class BodyReader {
  #bodies = 0;
  #isLargeTaken = false;

  /** Reads one body. Rejects where the sender hangs up. */
  async read(request: IncomingMessage): Promise<ReadBody> {
    const told = Number(request.headers["content-length"] ?? 0);
    if (told > bytesAtMost) return { isRead: false, status: 413 };
    if (this.#bodies >= bodiesAtMost || (told > largeBytes && this.#isLargeTaken)) {
      return { isRead: false, status: 503 };
    }
    this.#bodies += 1;
    let isLarge = false;
    const release = (): void => {
      this.#bodies -= 1;
      if (isLarge) this.#isLargeTaken = false;
    };
    try {
      const body = await collect(request, (size) => {
        if (size > bytesAtMost) return 413;
        if (size <= largeBytes || isLarge) return undefined;
        if (this.#isLargeTaken) return 503;
        isLarge = true;
        this.#isLargeTaken = true;
        return undefined;
      });
      if (Buffer.isBuffer(body)) return { isRead: true, body, release };
      release();
      return { isRead: false, status: body };
    } catch (error) {
      release();
      throw error;
    }
  }
}

/** The whole body, or the status at which reading ended; `refuse` is asked at every size. */
async function collect(
  request: IncomingMessage,
  refuse: (size: number) => 413 | 503 | undefined,
): Promise<Buffer | 408 | 413 | 503> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | 408 | 413 | 503>();
  const timer = setTimeout(() => resolve(408), readingMsMax);
  const chunks: Buffer[] = [];
  let size = 0;
  const onData = (chunk: Buffer): void => {
    size += chunk.length;
    const status = refuse(size);
    if (status === undefined) chunks.push(chunk);
    else resolve(status);
  };
  request.on("data", onData);
  request.once("end", () => resolve(Buffer.concat(chunks)));
  request.once("error", reject);
  request.once("close", () => reject(new Error("the sender hung up")));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    request.off("data", onData);
  }
}
