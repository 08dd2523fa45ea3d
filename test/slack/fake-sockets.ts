import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";

export interface FakeSockets {
  url: string;
  /** Connections that are open and were greeted. */
  open: Set<WebSocket>;
  /** What the bot sent back, by envelope_id. */
  acks: Map<string, unknown>;
  /** Sends one envelope over one of the connections; its id. */
  deliver(type: string, payload: object): string;
}

/** Slack's side of Socket Mode, on 127.0.0.1: says hello, sends envelopes, notes acks. */
export async function startFakeSockets(): Promise<FakeSockets> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const open = new Set<WebSocket>();
  const acks = new Map<string, unknown>();
  sockets.on("connection", (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("message", (data: Buffer) => {
      const { envelope_id, payload } = JSON.parse(data.toString("utf8"));
      acks.set(envelope_id, payload);
    });
    socket.send(JSON.stringify({ type: "hello", num_connections: open.size }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of open) socket.terminate();
    await new Promise((resolve) => server.close(resolve));
  });
  let count = 0;
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/?ticket=a-secret-ticket`,
    open,
    acks,
    deliver(type, payload) {
      count += 1;
      const envelope_id = `envelope-${count}`;
      const [socket] = open;
      socket?.send(JSON.stringify({ type, envelope_id, payload, accepts_response_payload: true }));
      return envelope_id;
    },
  };
}
