// Goal: machines that watch the bot learn whether it lives and whether it can save. Method: a real HTTP
// server with the handler on it, as main mounts it.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#src/db/open.ts";
import { createLog } from "#src/lib/log.ts";
import { answerNotFound, createWebHandler, type WebParts } from "#src/web/handler.ts";
import { testDatabase } from "#test/support/database.ts";

const { db, url } = await testDatabase();

const well: WebParts = {
  pingDatabase: () => sql`select 1`.execute(db),
  slackState: () => "connected",
  githubState: () => "not set up",
};

test("a living process says so, also while the database is away", async () => {
  const address = await serve({ ...well, pingDatabase: () => Promise.reject(new Error("away")) });
  const response = await fetch(`${address}/healthz`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: "ok" });
});

test("it is ready while the database answers", async () => {
  const response = await fetch(`${await serve(well)}/readyz?from=probe`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: "ready",
    database: "connected",
    slack: "connected",
    github: "not set up",
  });
});

test("Slack and GitHub away do not make it unready: it can still save", async () => {
  const address = await serve({ ...well, slackState: () => "away", githubState: () => "away" });
  const response = await fetch(`${address}/readyz`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ slack: "away", github: "away" });
});

test("it is not ready while the database is away", async () => {
  const closed = await openDatabase({ url, log: createLog("silent") });
  await closed.destroy();
  const address = await serve({ ...well, pingDatabase: () => sql`select 1`.execute(closed) });
  const response = await fetch(`${address}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ status: "not ready", database: "away" });
});

test("it is not ready while the database does not answer in time", async () => {
  const address = await serve({ ...well, pingDatabase: () => new Promise(() => undefined) });
  expect((await fetch(`${address}/readyz`)).status).toBe(503);
});

test("HEAD has the status without the body, and other methods are refused", async () => {
  const address = await serve(well);
  const head = await fetch(`${address}/readyz`, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  const post = await fetch(`${address}/healthz`, { method: "POST" });
  expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
});

test("every other path is left to others, and is not found where nobody answers", async () => {
  const address = await serve(well);
  for (const path of ["/", "/healthz/x", "/readyzz"]) {
    expect((await fetch(`${address}${path}`)).status).toBe(404);
  }
});

async function serve(parts: WebParts): Promise<string> {
  const handle = createWebHandler(parts);
  const server = createServer((request, response) => {
    if (!handle(request, response)) answerNotFound(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
