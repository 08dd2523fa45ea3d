// Goal: every way in which a call to Slack can fail has its kind, and says truly whether it perhaps
// took effect. Method: a Web API of the test's own that fails so, asked through the real client.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { PermanentError, TransientError } from "#src/lib/errors.ts";
import { createSlackApi } from "#src/slack/client.ts";
import { type Answer, refuse, startFakeSlack } from "./fake-slack.ts";

const message = { text: "A sentence.", blocks: [] };

async function failureOf(answer: Answer, timeoutMs = 2_000): Promise<unknown> {
  const { apiUrl, calls } = await startFakeSlack({ "chat.postMessage": answer });
  const failure = await failureAt(apiUrl, timeoutMs);
  expect(calls.length, "nothing is tried twice").toBe(1);
  return failure;
}

async function failureAt(apiUrl: string, timeoutMs = 2_000): Promise<unknown> {
  const slack = createSlackApi({ token: "xoxb-secret", apiUrl, timeoutMs });
  return slack.postMessage("C1", message, "effect-1").then(
    () => expect.fail("it should have thrown"),
    (error: unknown) => error,
  );
}

/** 127.0.0.1 with nobody behind it. */
async function closedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/api/`;
}

test("a 429 did nothing, and says for how long to wait", async () => {
  const failure = await failureOf((_call, response) => {
    response.writeHead(429, { "retry-after": "7" }).end();
  });
  expect(failure).toBeInstanceOf(TransientError);
  expect(failure).toMatchObject({ code: "rate_limited", retryAfterMs: 7_000, isAmbiguous: false });
});

test("a 429 that names no time is a rate limit all the same", async () => {
  const failure = await failureOf((_call, response) => void response.writeHead(429).end());
  expect(failure).toBeInstanceOf(TransientError);
  expect(failure).toMatchObject({ code: "rate_limited", isAmbiguous: false });
});

test("a refused connection did nothing", async () => {
  const failure = await failureAt(await closedAddress());
  expect(failure).toBeInstanceOf(TransientError);
  expect(failure).toMatchObject({ code: "slack_away", isAmbiguous: false });
});

const perhapsDone: [string, Answer][] = [
  ["a 503", (_call, response) => void response.writeHead(503).end("busy")],
  ["a cut connection", (_call, response) => void response.destroy()],
  [
    "an answer that breaks off",
    (_call, response) => {
      response.writeHead(200, { "content-length": "100" }).write('{"ok":true,');
      setImmediate(() => response.destroy());
    },
  ],
  ["a page where JSON should be", (_call, response) => void response.end("<html>Sorry</html>")],
  ["internal_error", refuse("internal_error")],
  ["service_unavailable", refuse("service_unavailable")],
];

test.each(perhapsDone)("%s perhaps took effect", async (_name, answer) => {
  const failure = await failureOf(answer);
  expect(failure).toBeInstanceOf(TransientError);
  expect(failure).toMatchObject({ isAmbiguous: true });
});

test("a call that takes too long perhaps took effect", async () => {
  const failure = await failureOf(() => undefined, 100);
  expect(failure).toBeInstanceOf(TransientError);
  expect(failure).toMatchObject({ code: "slack_away", isAmbiguous: true });
});

test("an answer that stops in the middle counts as taking too long", async () => {
  const failure = await failureOf((_call, response) => void response.write('{"ok":'), 100);
  expect(failure).toBeInstanceOf(TransientError);
  expect(failure).toMatchObject({ isAmbiguous: true });
});

test("Slack's word becomes the code of a no for good", async () => {
  const failure = await failureOf(refuse("is_archived"));
  expect(failure).toBeInstanceOf(PermanentError);
  expect(failure).toMatchObject({
    code: "is_archived",
    message: "the channel is archived (chat.postMessage: is_archived)",
  });
});

test("a missing scope is named", async () => {
  const failure = await failureOf(
    refuse("missing_scope", { needed: "chat:write", provided: "commands" }),
  );
  expect(failure).toBeInstanceOf(PermanentError);
  expect((failure as Error).message).toContain("chat:write");
});

test("what the schema of the blocks says is passed on", async () => {
  const failure = await failureOf(
    refuse("invalid_blocks", {
      response_metadata: { messages: ["[ERROR] must be shorter [json-pointer:/blocks/0/text]"] },
    }),
  );
  expect((failure as Error).message).toContain("/blocks/0/text");
});

test("no error names the token", async () => {
  const failure = await failureOf(refuse("invalid_auth"));
  expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain("xoxb");
  expect((failure as Error).message).not.toContain("xoxb");
});
