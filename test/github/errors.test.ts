// Goal: every way in which a call to GitHub can fail has its kind, and says truly whether it perhaps took
// effect. Method: a GitHub of the test's own that fails so, asked through the real client.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { createGitHubApi } from "#src/github/client.ts";
import { PermanentError, TransientError } from "#src/lib/errors.ts";
import { type Answer, startFakeGitHub } from "./fake-github.ts";

const issue = { title: "t", body: "b", labels: [], assignees: [] };

async function failureOf(answer: Answer, timeoutMs = 2_000): Promise<unknown> {
  const { apiUrl, calls } = await startFakeGitHub({ "POST /repos/acme/app/issues": answer });
  const failure = await failureAt(apiUrl, timeoutMs);
  expect(calls.length, "nothing is tried twice").toBe(1);
  return failure;
}

async function failureAt(apiUrl: string, timeoutMs = 2_000): Promise<unknown> {
  const github = createGitHubApi({ token: "ghp_secret" }, { apiUrl, timeoutMs });
  return github.createIssue("acme/app", issue).then(
    () => expect.fail("it should have thrown"),
    (error: unknown) => error,
  );
}

const soon = String(Math.ceil(Date.now() / 1_000) + 30);
const limits: [string, Answer, number][] = [
  ["429", () => [429, { message: "Slow" }, { "retry-after": "5" }], 5_000],
  ["403 with retry-after", () => [403, { message: "Slow" }, { "retry-after": "9" }], 9_000],
  [
    "403 of the secondary limit",
    () => [403, { message: "You have exceeded a secondary rate limit." }],
    60_000,
  ],
];
test.each(limits)("%s did nothing, and says for how long to wait", async (_name, answer, ms) => {
  const failure = await failureOf(answer);
  expect(failure).toBeInstanceOf(TransientError);
  expect(failure).toMatchObject({ code: "rate_limited", isAmbiguous: false, retryAfterMs: ms });
});

test("a used-up limit waits for its reset", async () => {
  const failure = await failureOf(() => [
    403,
    { message: "API rate limit exceeded" },
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": soon },
  ]);
  expect((failure as TransientError).retryAfterMs).toBeGreaterThan(20_000);
  expect((failure as TransientError).retryAfterMs).toBeLessThanOrEqual(31_000);
});

const perhapsDone: [string, Answer][] = [
  ["a 502", () => [502, { message: "Server Error" }]],
  ["a cut connection", (_call, response) => void response.destroy()],
  [
    "an answer that breaks off",
    (_call, response) => {
      response.writeHead(201, { "content-type": "application/json", "content-length": "100" });
      response.write('{"number":');
      setImmediate(() => response.destroy());
    },
  ],
  ["an answer without a number", () => [200, {}]],
];
test.each(perhapsDone)("%s perhaps took effect", async (_name, answer) => {
  const failure = await failureOf(answer);
  expect(failure).toBeInstanceOf(TransientError);
  expect(failure).toMatchObject({ isAmbiguous: true });
});

test("a call that takes too long perhaps took effect", async () => {
  const failure = await failureOf(() => undefined, 100);
  expect(failure).toBeInstanceOf(TransientError);
  expect(failure).toMatchObject({ isAmbiguous: true });
});

test("a refused connection did nothing", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const failure = await failureAt(`http://127.0.0.1:${port}`);
  expect(failure).toBeInstanceOf(TransientError);
  expect(failure).toMatchObject({ isAmbiguous: false });
});

test("two writers at once is worth another try, an empty repository is not", async () => {
  expect(await failureOf(() => [409, { message: "is at 1 but expected 2" }])).toMatchObject({
    name: "TransientError",
    isAmbiguous: false,
  });
  expect(await failureOf(() => [409, { message: "Git Repository is empty." }])).toMatchObject({
    name: "PermanentError",
    code: "http_409",
  });
});

test.each([
  [401, "token"],
  [403, "issues, contents and pull requests"],
  [404, "repository"],
  [410, "switched off"],
])("%i is no for good, and says what to look at", async (status, word) => {
  const failure = await failureOf(() => [status, { message: "No" }]);
  expect(failure).toBeInstanceOf(PermanentError);
  expect(failure).toMatchObject({ code: `http_${status}`, message: expect.stringContaining(word) });
});

test("422 passes on what GitHub says of the field", async () => {
  const failure = await failureOf(() => [
    422,
    { message: "Validation Failed", errors: [{ field: "assignees", code: "invalid" }] },
  ]);
  expect(failure).toMatchObject({
    code: "http_422",
    message: expect.stringContaining("assignees"),
  });
});

test("no error names the token", async () => {
  const failure = await failureOf(() => [401, { message: "Bad credentials" }]);
  const { cause } = failure as Error;
  expect(JSON.stringify(cause, Object.getOwnPropertyNames(cause))).not.toContain("ghp_secret");
});
