import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { isJson, type Json, parseJson } from "#sandbox/json.ts";
import type { Delivered, Envelope } from "./bot-link.ts";

/** Slack pings its connections; the client hangs up where it hears none for 30 s. */
const pingMs = 10_000;

export interface SocketHub {
  /** A new address for apps.connections.open; its ticket works once. */
  createTicket(): string;
  /** How many connections are open. */
  count(): number;
  /**
   * Sends one envelope to *one* of the connections, in turn, and waits for its acknowledgement.
   * https://docs.slack.dev/apis/events-api/using-socket-mode
   */
  send(envelope: Envelope, answerWithinMs: number): Promise<Delivered>;
  /** Asks every connection to be opened anew; closes what is still open a while later. */
  refresh(): void;
  close(): void;
}

/** Socket Mode's side of the workspace, on the same port as the Web API. */
export function createSocketHub(server: Server, appId: string, refreshWithinMs: number): SocketHub {
  const upgrader = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  /** Asked to be opened anew: these get something only where there is no other. */
  const leaving = new WeakSet<WebSocket>();
  const waiting = new Map<string, { socket: WebSocket; done: (what: Delivered) => void }>();
  let turn = 0;

  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const ticket =
      URL.parse(request.url ?? "/", "http://sandbox")?.searchParams.get("ticket") ?? "";
    stream.on("error", () => stream.destroy());
    if (!tickets.delete(ticket)) {
      stream.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
      return;
    }
    upgrader.handleUpgrade(request, stream, head, greet);
  });

  function greet(socket: WebSocket): void {
    open.push(socket);
    socket.on("message", (data) => acknowledge(parseJson((data as Buffer).toString())));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      open.splice(open.indexOf(socket), 1);
      for (const [id, one] of waiting) {
        if (one.socket !== socket) continue;
        waiting.delete(id);
        one.done({ kind: "failed", reason: "connection_failed" });
      }
    });
    socket.send(
      JSON.stringify({
        type: "hello",
        num_connections: open.length,
        debug_info: { host: "sandbox", approximate_connection_time: 3_600 },
        connection_info: { app_id: appId },
      }),
    );
  }

  function acknowledge(message: unknown): void {
    if (!isJson(message)) return;
    const id = String(message["envelope_id"]);
    const one = waiting.get(id);
    if (!one) return;
    waiting.delete(id);
    one.done({ kind: "answered", status: 200, body: message["payload"] });
  }

  const pings = setInterval(() => open.forEach((socket) => socket.ping()), pingMs);
  pings.unref();

  return {
    createTicket() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return ticket;
    },
    count: () => open.length,
    async send(envelope, answerWithinMs) {
      const all = open.filter((socket) => socket.readyState === socket.OPEN);
      const staying = all.filter((socket) => !leaving.has(socket));
      const ready = staying.length > 0 ? staying : all;
      turn += 1;
      const socket = ready[turn % ready.length];
      if (!socket) return { kind: "failed", reason: "connection_failed" };
      const id = randomUUID();
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          resolve({ kind: "timeout" });
        }, answerWithinMs);
        waiting.set(id, {
          socket,
          done(what) {
            clearTimeout(timer);
            resolve(what);
          },
        });
        socket.send(JSON.stringify({ envelope_id: id, ...socketEnvelope(envelope) }));
      });
    },
    refresh() {
      for (const socket of open) {
        leaving.add(socket);
        socket.send(
          JSON.stringify({
            type: "disconnect",
            reason: "refresh_requested",
            debug_info: { host: "sandbox" },
          }),
        );
        const timer = setTimeout(() => socket.close(), refreshWithinMs);
        socket.once("close", () => clearTimeout(timer));
      }
    },
    close() {
      clearInterval(pings);
      for (const socket of upgrader.clients) socket.terminate();
      upgrader.close();
    },
  };
}

function socketEnvelope({ type, payload, retry }: Envelope): Json {
  return {
    type,
    payload,
    accepts_response_payload: type !== "events_api",
    ...(type === "events_api"
      ? { retry_attempt: retry?.number ?? 0, retry_reason: retry?.reason ?? "" }
      : {}),
  };
}
