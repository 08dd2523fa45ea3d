import type { IncomingMessage } from "node:http";

/** What a browser is told that was sent here by another site. */
export const foreignRequest = "This answers only on this machine, and to its own pages.";

const names = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Whether somebody else's page sent this: under a name of its own that points here (DNS rebinding), from
 * an origin that is not ours, or across sites. Programs send no origin; they come through.
 */
export function isForeign({ headers, socket }: IncomingMessage): boolean {
  const { host, origin } = headers;
  const ports = socket.localPort === 80 ? ["", ":80"] : [`:${socket.localPort}`];
  const own = names.flatMap((name) => ports.map((port) => name + port));
  if (host === undefined || !own.includes(host.toLowerCase())) return true;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return true;
  return headers["sec-fetch-site"] === "cross-site";
}
