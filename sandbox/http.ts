import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ListeningServer {
  server: Server;
  /** `http://127.0.0.1:<port>`, without a closing slash. */
  url: string;
  /** Cuts what is still open: a bot that is being stopped must not hold the sandbox up. */
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/**
 * An HTTP server on a free port of 127.0.0.1. A caller that is killed in the middle of its request
 * is a matter of course here; any other error is a bug of the sandbox: it is printed and answered 500.
 */
export async function listen(handle: Handler): Promise<ListeningServer> {
  const server = createServer((request, response) => {
    Promise.resolve(handle(request, response)).catch((error: unknown) => {
      if (!request.complete) return response.destroy();
      console.error(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { ok: false, error: "fatal_error" });
    });
  });
  // Longer than any client keeps an idle connection: a reused one must not be cut by us by chance.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The whole body as text. */
export async function readBody(request: IncomingMessage): Promise<string> {
  return (await readBytes(request)).toString("utf8");
}

/** The whole body as it came. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(body));
}
