// Goal: nothing reaches Bolt that Slack did not send just now, and nothing that breaks it.
// Method: requests over real HTTP to the real edge, signed well or badly.

import { connect } from "node:net";
import { beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#test/support/database.ts";
import { startEdge } from "./edge.ts";
import { startFakeSlack } from "./fake-slack.ts";
import { command } from "./payloads.ts";
import { form, post, send } from "./signed.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

async function start() {
  const { apiUrl } = await startFakeSlack();
  return startEdge({ db: database.db, apiUrl });
}

const help = new URLSearchParams(command("help")).toString();

test("a signed request is answered, with or without a charset", async () => {
  const { url } = await start();
  expect((await post(url, { body: help })).status).toBe(200);
  const body = new URLSearchParams(command("help")).toString();
  const answered = await post(url, { body, contentType: `${form}; charset=utf-8` });
  expect(answered.status).toBe(200);
  expect(answered.body).toMatchObject({ response_type: "ephemeral" });
});

test.each([
  ["older than five minutes", -301],
  ["newer than five minutes", 302],
])("a request %s is refused", async (_name, ageSeconds) => {
  const { url } = await start();
  const answered = await post(url, { body: help, ageSeconds });
  expect(answered).toMatchObject({ status: 401, text: "" });
});

test.each([-290, 290])("a request of %i seconds from now is taken", async (ageSeconds) => {
  const { url } = await start();
  const body = new URLSearchParams(command("help")).toString();
  expect((await post(url, { body, ageSeconds })).status).toBe(200);
});

test.each([
  ["of another secret", `v0=${"0".repeat(64)}`],
  ["of another length", "v0=abc"],
  ["of another version", `v1=${"0".repeat(64)}`],
])("a signature %s is refused", async (_name, signature) => {
  const { url, logged } = await start();
  expect(await post(url, { body: help, signature })).toMatchObject({ status: 401, text: "" });
  // Bolt would refuse it too, but later
  expect(logged()).toContain('"reason":"signature"');
});

test("a time that is no number is refused", async () => {
  const { url } = await start();
  for (const time of ["", "soon", "1e9", "Infinity"]) {
    const headers = { "x-slack-request-timestamp": time };
    expect((await post(url, { body: help, headers })).status, time).toBe(401);
  }
});

test("without a signature only Slack's own check of the address is answered", async () => {
  const { url } = await start();
  const events = `${url}/slack/events`;
  const headers = { "content-type": form };
  expect((await send(events, { body: help }, headers)).status).toBe(401);
  expect((await send(events, { body: "ssl_check=1&token=x" }, headers)).status).toBe(200);
  const smuggled = { body: `ssl_check=1&${help}` };
  expect(await send(events, smuggled, headers)).toMatchObject({ status: 200, text: "" });
});

test.each([
  ["null", "application/json", "null"],
  ["a list", "application/json", "[]"],
  ["a text", "application/json", '"x"'],
  ["no JSON", "application/json", "{"],
  ["a payload of null", form, "payload=null"],
  ["a payload that is no JSON", form, "payload=secret-words"],
  ["two payloads", form, "payload=%7B%7D&payload=%7B%7D"],
  ["nothing", form, ""],
])("a signed body that holds %s is refused at once", async (_name, contentType, body) => {
  const { url, logged } = await start();
  expect(await post(url, { body, contentType })).toMatchObject({ status: 400, text: "" });
  expect(logged()).not.toContain("secret-words");
});

test("a kind of body that Slack never sends is refused", async () => {
  const { url } = await start();
  expect((await post(url, { body: help, contentType: "text/plain" })).status).toBe(415);
});

test("only POST is taken", async () => {
  const { url } = await start();
  expect((await post(url, { body: "", method: "GET" })).status).toBe(405);
});

test("a body of more than a megabyte is refused by its length", async () => {
  const { url } = await start();
  const body = Buffer.alloc(1_000_001, "x");
  expect(await post(url, { body })).toMatchObject({ status: 413, text: "" });
});

test("a body that does not say how long it is is refused as soon as it is too long", async () => {
  const { url } = await start();
  const { port } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  const answer = new Promise<string>((resolve) =>
    socket.once("data", (data) => resolve(String(data))),
  );
  const time = Math.floor(Date.now() / 1_000);
  socket.write(
    `POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-type: ${form}\r\nx-slack-request-timestamp: ${time}\r\nx-slack-signature: v0=0\r\ntransfer-encoding: chunked\r\n\r\n`,
  );
  const chunk = `${(100_000).toString(16)}\r\n${"x".repeat(100_000)}\r\n`;
  for (let sent = 0; sent < 11; sent += 1) socket.write(chunk);
  // it never ends its body, and is answered all the same
  expect(await answer).toMatch(/^HTTP\/1.1 413 /);
  socket.destroy();
});

test("the same request a second time passes: its key makes it once", async () => {
  const { url } = await start();
  expect((await post(url, { body: help })).status).toBe(200);
  expect((await post(url, { body: help })).status).toBe(200);
});

test("before the start and after the stop Slack is told to come again", async () => {
  const { apiUrl } = await startFakeSlack();
  const { app, url } = await startEdge({ db: database.db, apiUrl, isStarted: false });
  expect((await post(url, { body: help })).status).toBe(503);
  await app.start();
  expect((await post(url, { body: help })).status).toBe(200);
  await app.stop(100);
  expect((await post(url, { body: help })).status).toBe(503);
});
