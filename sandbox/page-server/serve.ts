import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { listen } from "#sandbox/http.ts";
import type { SandboxControl } from "#sandbox/protocol.ts";
import { answerWith, callAsPerson, readInput, RefusedError } from "./calls.ts";
import { createStaticFiles, type ServeFile } from "./static-files.ts";
import type { Tabs } from "./tabs.ts";

export interface PageServerOptions {
  /** 0: any free one. */
  port: number;
  /** The folder of the built page, as soon as it is there. */
  folder: Promise<string>;
  /** Undefined as long as the sandbox is starting. */
  control(): SandboxControl | undefined;
  tabs: Tabs;
  /** What a tab asks of the desk. Throws RefusedError with a sentence. */
  atDesk(name: string, input: unknown): Promise<void>;
  /** Somebody has done something by hand. */
  onDone?(method: string, input: unknown): void;
}
export interface PageServer {
  /** `http://127.0.0.1:<port>`, without a closing slash. */
  url: string;
  close(): Promise<void>;
}

/**
 * The page, what people do in it, and what tabs are told, on one port of 127.0.0.1; other sites get
 * nothing of it (`listen`). Throws an Error with a sentence where the port cannot be had.
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { folder, tabs } = options;
  const files: Promise<ServeFile> = folder.then(createStaticFiles);
  // whoever asks for the page hears of it
  files.catch(() => undefined);
  const server = await listen((request, response) => {
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", "no-referrer");
    const pathname = addressOf(request)?.pathname ?? "";
    const [, area, name = "", ...more] = pathname.split("/");
    if ((area === "control" || area === "desk") && more.length === 0) {
      return answerCall(options, area, name, request, response);
    }
    return answerFile(files, pathname, request, response);
  }, options.port);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1_024 });
  server.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // a tab that is closed at this very moment
    socket.on("error", () => undefined);
    const address = addressOf(request);
    if (address?.pathname !== "/live") return void socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, (tab) => {
      tabs.add(tab, address.searchParams.get("as") ?? "");
    });
  });
  return {
    url: server.url,
    async close() {
      tabs.close();
      sockets.close();
      await server.close();
    },
  };
}

function addressOf(request: IncomingMessage): URL | null {
  return URL.parse(request.url ?? "/", "http://page");
}

async function answerCall(
  options: PageServerOptions,
  area: "control" | "desk",
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader("cache-control", "no-store");
  await answerWith(response, async () => {
    if (request.method !== "POST") throw new RefusedError(405, "This is asked by POST.");
    const input = await readInput(request);
    if (area === "control") {
      const done = await callAsPerson(options.control(), name, input);
      options.onDone?.(name, input);
      return done;
    }
    await options.atDesk(name, input);
    return null;
  });
}

async function answerFile(
  files: Promise<ServeFile>,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return sayPlainly(response, 405, "Here is only something to look at.");
  }
  let serveFile: ServeFile;
  try {
    serveFile = await files;
  } catch {
    return sayPlainly(response, 500, "The page could not be built. The terminal says why.");
  }
  if (!(await serveFile(path, request, response))) {
    sayPlainly(response, 404, "There is no such page.");
  }
}

function sayPlainly(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(`${sentence}\n`);
}
