import type { IncomingMessage } from "node:http";

/**
 * The whole body of a request, or why it is not read on: `late` after so many milliseconds, or what `refuse`
 * says, which is asked at every size. Nothing is kept of a piece that is refused. Rejects where the sender
 * hangs up.
 */
export async function collectBody<Refusal>(
  request: IncomingMessage,
  options: { withinMs: number; late: Refusal; refuse(size: number): Refusal | undefined },
): Promise<Buffer | Refusal> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | Refusal>();
  const timer = setTimeout(() => resolve(options.late), options.withinMs);
  const chunks: Buffer[] = [];
  let size = 0;
  const onData = (chunk: Buffer): void => {
    size += chunk.length;
    const refused = options.refuse(size);
    if (refused === undefined) chunks.push(chunk);
    else resolve(refused);
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
