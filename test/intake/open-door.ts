import { once } from "node:events";
import { createServer, type IncomingMessage, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createIntake, type IntakeParts } from "#src/intake/intake.ts";
import { answerNotFound } from "#src/web/handler.ts";

export const token = "fl-intake-token-of-the-tests";
export const withToken = { authorization: `Bearer ${token}` };

/** A real server with the door on it, as main mounts it. Closed after the test, or by `close`. */
export async function openDoor(parts: IntakeParts): Promise<{ url: string; port: number }> {
  const intake = createIntake(parts);
  const server = createServer((request, response) => {
    if (!intake(request, response)) answerNotFound(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}

/** The answer to a request whose body is sent by hand: `send` writes as much of it as it wants to. */
export async function byHand(
  url: string,
  headers: Record<string, string | number>,
  send: (write: (chunk: Buffer) => Promise<void>, end: () => void) => Promise<void>,
): Promise<{ status: number; text: string }> {
  const request = httpRequest(url, { method: "POST", headers });
  const answered = once(request, "response");
  // the other side may close while we still write
  request.on("error", () => undefined);
  const write = (chunk: Buffer): Promise<void> =>
    new Promise((resolve) => {
      request.write(chunk, () => resolve());
    });
  await Promise.race([send(write, () => request.end()), answered]);
  const [response] = (await answered) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  request.destroy();
  return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
}
