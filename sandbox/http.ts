import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { foreignRequest, isForeign } from "./loopback.ts";

export interface ListeningServer {
  server: Server;
  /** `http://127.0.0.1:<port>`, without a closing slash. */
  url: string;
  /** Cuts what is still open: a bot that is being stopped must not hold the sandbox up. */
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/**
 * An HTTP server on 127.0.0.1, at this port or a free one. It takes nothing from other sites
 * (`loopback.ts`). A caller that is killed in the middle of its request is a matter of course here; any
 * other error is a bug of the sandbox: it is printed and answered 500.
 * Throws an Error with a sentence for people where the port cannot be had.
 */
export async function listen(handle: Handler, port = 0): Promise<ListeningServer> {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (isForeign(request)) return sendJson(response, 403, { ok: false, error: foreignRequest });
    // what is thrown at once is caught too
    void (async () => handle(request, response))().catch((error: unknown) => {
      if (!request.complete) return response.destroy();
      console.error(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { ok: false, error: "fatal_error" });
    });
  };
  const server: Server = createServer(
    {
      // What is not let through is answered as any other request.
      shouldUpgradeCallback: (request) =>
        !isForeign(request) && server.listenerCount("upgrade") > 0,
    },
    answer,
  );
  // Longer than any client keeps an idle connection: a reused one must not be cut by us by chance.
  server.keepAliveTimeout = 60_000;
  await open(server, port);
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function open(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new Error(whyNotOpen(port, error), { cause: error })),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
}

function whyNotOpen(port: number, error: NodeJS.ErrnoException): string {
  if (error.code === "EADDRINUSE") {
    return `Port ${port} is taken by another program: stop that one, or choose another port.`;
  }
  if (error.code === "EACCES") return `Port ${port} is not for everybody: choose one above 1023.`;
  return `Port ${port} cannot be opened: ${error.message}.`;
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
