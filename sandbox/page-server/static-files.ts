import type { IncomingMessage, ServerResponse } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

/** Answers a GET for the page; false where there is no such file. */
export type ServeFile = (
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<boolean>;

/**
 * Serves the files of the built page. What is not in the folder now is not there: no path leads out of
 * it, however it is spelled.
 */
export async function createStaticFiles(folder: string): Promise<ServeFile> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [`/${relative(folder, file).split(sep).join("/")}`, file]),
  );
  return async (path, request, response) => {
    const file = files.get(path === "/" ? "/index.html" : path);
    if (file === undefined) return false;
    const type = contentTypes[extname(file)] ?? "application/octet-stream";
    const isHtml = type.startsWith("text/html");
    const body = await readFile(file);
    response.writeHead(200, {
      "content-type": type,
      "content-length": body.length,
      // the names of the others change with what is in them
      "cache-control": isHtml ? "no-store" : "public, max-age=31536000, immutable",
      ...(isHtml ? { "content-security-policy": policyFor(request.headers.host ?? "") } : {}),
    });
    response.end(request.method === "HEAD" ? undefined : body);
    return true;
  };
}

const contentTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** Scripts of its own only, and nobody to talk to but this server: a text that got through as markup does nothing. */
function policyFor(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ws://${host}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
