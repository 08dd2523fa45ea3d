import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PermanentError } from "./errors.ts";

/** Listens on this port (0: any free one) and returns it. Throws PermanentError where it is taken. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === "EADDRINUSE"
          ? new PermanentError("port_in_use", `Port ${port} is taken. Set PORT to a free one.`, {
              cause,
            })
          : cause,
      );
    });
    server.listen(port, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Takes no more connections, and ends those that idle; those at work have 2 s. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const patience = setTimeout(() => server.closeAllConnections(), 2_000);
  await closed;
  clearTimeout(patience);
}
