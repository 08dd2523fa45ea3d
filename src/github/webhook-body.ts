import type { IncomingMessage } from "node:http";
import { collectBody } from "#src/lib/collect-body.ts";

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
      const body = await collectBody<408 | 413 | 503>(request, {
        withinMs: readingMsMax,
        late: 408,
        refuse: (size) => {
          if (size > bytesAtMost) return 413;
          if (size <= largeBytes || isLarge) return undefined;
          if (this.#isLargeTaken) return 503;
          isLarge = true;
          this.#isLargeTaken = true;
          return undefined;
        },
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
