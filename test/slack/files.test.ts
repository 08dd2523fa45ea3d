/**
 * Goal: a file that somebody put into a form is read with the bot's token, the token goes to Slack alone,
 * and nothing large, binary or foreign is taken for counts.
 * Method: the client against a Web API of the test's own, which also serves the file.
 */
import { expect, test } from "vitest";
import { createSlackApi } from "#src/slack/client.ts";
import { type Answer, refuse, startFakeSlack } from "./fake-slack.ts";

const most = 100;

/** A Slack with one file; `download` answers for its bytes. */
async function slackWith(file: object, download: Answer = serve("text/csv", "group,n,fails\n")) {
  const at = { base: "" };
  const fake = await startFakeSlack({
    "files.info": () => ({
      ok: true,
      file: { id: "F1", user: "U1", size: 14, url_private: `${at.base}/arms.csv`, ...file },
    }),
    "arms.csv": download,
  });
  at.base = new URL(fake.apiUrl).origin;
  const api = createSlackApi({ token: "xoxb-1", apiUrl: fake.apiUrl, timeoutMs: 2_000 });
  return { read: () => api.readFile("F1", most), calls: fake.calls };
}

function serve(type: string, body: string | Buffer, status = 200): Answer {
  return (_, response) => void response.writeHead(status, { "content-type": type }).end(body);
}

test("the text comes with whose file it is, and was asked for with the bot's token", async () => {
  const { read, calls } = await slackWith({});
  expect(await read()).toEqual({ userId: "U1", size: 14, text: "group,n,fails\n" });
  expect(calls.map(({ method }) => method)).toEqual(["files.info", "arms.csv"]);
  expect(calls[1]?.authorization).toBe("Bearer xoxb-1");
});

test("a file that is gone is nothing", async () => {
  const fake = await startFakeSlack({ "files.info": refuse("file_not_found") });
  const api = createSlackApi({ token: "xoxb-1", apiUrl: fake.apiUrl, timeoutMs: 2_000 });
  expect(await api.readFile("F1", most)).toBeUndefined();
});

test("what is larger than asked for is not downloaded, or not kept where Slack counted wrong", async () => {
  const large = await slackWith({ size: most + 1 });
  expect(await large.read()).toEqual({ userId: "U1", size: most + 1, text: null });
  expect(large.calls).toHaveLength(1);
  const lied = await slackWith({}, serve("text/csv", "x".repeat(most + 1)));
  expect(await lied.read()).toEqual({ userId: "U1", size: most + 1, text: null });
});

test.each([
  ["zeros", Buffer.from("PK\u0000")],
  ["bytes that are no UTF-8", Buffer.from([0xff, 0xfe, 0x41])],
])("a file with %s is no text", async (_, bytes) => {
  const { read } = await slackWith({}, serve("text/csv", bytes));
  expect(await read()).toMatchObject({ text: null });
});

test.each([
  "https://example.com/arms.csv",
  "http://files.slack.com/arms.csv",
  "https://slack.com/api/x",
])("the token never goes to %s", async (url) => {
  const { read, calls } = await slackWith({ url_private: url });
  await expect(read()).rejects.toMatchObject({ name: "PermanentError", code: "bad_answer" });
  expect(calls).toHaveLength(1);
});

test("Slack's page for signing in is not taken for the file", async () => {
  const { read } = await slackWith({}, serve("text/html; charset=utf-8", "<!DOCTYPE html>"));
  await expect(read()).rejects.toMatchObject({ name: "PermanentError", code: "no_access" });
});

test.each([
  [503, { name: "TransientError", code: "http_503" }],
  [429, { name: "TransientError", code: "rate_limited", retryAfterMs: 30_000 }],
  [403, { name: "PermanentError", code: "http_403" }],
])("a download that is answered with %i has its kind", async (status, error) => {
  const { read } = await slackWith({}, serve("text/plain", "no", status));
  await expect(read()).rejects.toMatchObject(error);
});

test("a download that is cut off is worth trying again", async () => {
  const { read } = await slackWith({}, (_, response) => void response.destroy());
  await expect(read()).rejects.toMatchObject({ name: "TransientError", code: "slack_away" });
});
