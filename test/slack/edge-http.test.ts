// Goal: over signed HTTP nothing is answered before it is done, a failure is told at once, and nobody is
// left without a word. Method: signed requests to the real edge with its real tables, on a real database
// and a Web API of the test's own. The clock, which every request asks, holds a request up or breaks it.

import { beforeAll, expect, test } from "vitest";
import { TransientError } from "#src/lib/errors.ts";
import { type TestDatabase, testDatabase } from "#test/support/database.ts";
import { botToken, heldClock, startEdge } from "./edge.ts";
import { type Answer, type FakeSlack, refuse, startFakeSlack } from "./fake-slack.ts";
import { command, event, joined, press, submission, view } from "./payloads.ts";
import { interaction, post, signingSecret } from "./signed.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

type EdgeOptions = Partial<Parameters<typeof startEdge>[0]>;

async function start(options: EdgeOptions = {}, answers: Record<string, Answer> = {}) {
  const slack = await startFakeSlack(answers);
  const edge = await startEdge({ db: database.db, apiUrl: slack.apiUrl, ...options });
  return { ...edge, slack };
}

const typed = (text: string, more = {}) => new URLSearchParams(command(text, more)).toString();
const told = (payload: object) => ({
  body: JSON.stringify(payload),
  contentType: "application/json",
});
const away = async (): Promise<Date> => {
  throw new TransientError("db_away", "away");
};
const broken = async (): Promise<Date> => {
  throw new SyntaxError("near 'a secret sentence'");
};

/** A whole round trip on the side: what was to happen at once has happened after it. */
async function turnedAway(url: string): Promise<void> {
  expect((await post(url, { body: "", signature: "v0=bad" })).status).toBe(401);
}

/** The call of this method, waited for: what comes after an answer is not part of it. */
async function callOf({ calls }: FakeSlack, method: string): Promise<Record<string, string>> {
  return expect
    .poll(() => calls.find((call) => call.method === method)?.args)
    .toBeDefined()
    .then(() => calls.find((call) => call.method === method)!.args);
}

test.each([
  ["a command", { body: typed("help") }],
  ["a press", { body: interaction(press("checklist")) }],
  ["a form", { body: interaction(submission("declare-incident")) }],
  ["an event", told(event(joined))],
])("%s that cannot be answered now fails at once", async (_name, envelope) => {
  const { url } = await start({ clock: away });
  const started = performance.now();
  expect(await post(url, envelope)).toMatchObject({ status: 500, text: "" });
  expect(performance.now() - started).toBeLessThan(1_500);
});

test("a bug behind a command or form is apologized for, with a reference into the log", async () => {
  const { url, logged } = await start({ clock: broken });
  const command = await post(url, { body: typed("help") });
  const [, reference = "none"] = /reference (\w+)/.exec(String(command.body["text"])) ?? [];
  expect(logged()).toContain(`"reference":"${reference}"`);
  const form = await post(url, { body: interaction(submission("declare-incident")) });
  expect(form.body).toMatchObject({ errors: { title: expect.stringContaining("reference") } });
});

test("a bug behind an event fails it, so that it is delivered again", async () => {
  const { url } = await start({ clock: broken });
  expect((await post(url, told(event(joined)))).status).toBe(500);
});

test("an event is answered only when its listener is done", async () => {
  const { clock, asked, release } = heldClock();
  const { url } = await start({ clock });
  let isAnswered = false;
  const answered = post(url, told(event(joined))).then((answer) => {
    isAnswered = true;
    return answer;
  });
  await asked;
  await turnedAway(url);
  expect(isAnswered).toBe(false);
  release();
  expect((await answered).status).toBe(200);
});

test("what takes too long is told as failed before Slack gives up", async () => {
  const { clock, release } = heldClock();
  const { url, logged } = await start({ clock });
  const started = performance.now();
  expect((await post(url, { body: typed("help") })).status).toBe(500);
  expect(performance.now() - started).toBeLessThan(3_000);
  release();
  expect(logged()).toContain("took too long");
});

test("a stop waits for what is under way, and takes nothing more", async () => {
  const { clock, asked, release } = heldClock();
  const { app, url } = await start({ clock });
  const answered = post(url, told(event(joined)));
  await asked;
  const stopped = app.stop(5_000);
  expect((await post(url, { body: typed("help") })).status).toBeGreaterThanOrEqual(500);
  release();
  expect((await answered).status).toBe(200);
  await stopped;
});

test("a stop does not wait longer than it may", async () => {
  const { clock, asked, release } = heldClock();
  const { app, url, logged } = await start({ clock });
  const answered = post(url, told(event(joined)));
  await asked;
  await app.stop(50);
  expect(logged()).toContain("still being answered");
  release();
  await answered;
});

test.each([
  ["a rate limit of Slack's", { type: "app_rate_limited", team_id: "T1" }],
  ["an event that nobody listens to", event({ type: "channel_rename", channel: { id: "C1" } })],
])("%s is taken, so that it does not come again", async (_name, payload) => {
  const { url } = await start();
  expect((await post(url, told(payload))).status).toBe(200);
});

test("a closed form is taken without waiting", async () => {
  const { url } = await start();
  const closed = { ...submission("declare-incident"), type: "view_closed" };
  expect((await post(url, { body: interaction(closed) })).status).toBe(200);
});

test("an event of another workspace is taken and not looked at", async () => {
  const { url } = await start({ clock: away });
  const authorizations = [{ team_id: "T9", user_id: "UBOT", is_bot: true }];
  expect((await post(url, told(event(joined, { team_id: "T9", authorizations })))).status).toBe(
    200,
  );
});

test("people of another team get one sentence and nothing else", async () => {
  const { url, slack } = await start();
  const sentence = "Only full members of this workspace can do this.";
  const user = { id: "U9", team_id: "T9" };
  const command = await post(url, { body: typed("list", { team_id: "T9" }) });
  expect(command.body).toMatchObject({ response_type: "ephemeral", text: sentence, blocks: [] });
  const form = await post(url, { body: interaction(submission("declare-incident", { user })) });
  expect(form.body).toEqual({ response_action: "errors", errors: { title: sentence } });
  const response_url = `${slack.apiUrl}respond`;
  await post(url, { body: interaction(press("checklist", { user, response_url })) });
  expect(await callOf(slack, "respond")).toMatchObject({
    text: sentence,
    response_type: "ephemeral",
    replace_original: false,
  });
  expect(slack.calls.map(({ method }) => method)).toEqual(["respond"]);
});

test("a button that is no longer known is answered", async () => {
  const { url, slack } = await start();
  const response_url = `${slack.apiUrl}respond`;
  const answered = await post(url, { body: interaction(press("gone", { response_url })) });
  expect(answered.status).toBe(200);
  expect((await callOf(slack, "respond"))["text"]).toContain("older version");
});

test("a button of a form, which has no response_url, is answered by a form on top", async () => {
  const { url, slack } = await start();
  const inForm = press("gone", { view: view("checklist"), channel: undefined });
  expect((await post(url, { body: interaction(inForm) })).status).toBe(200);
  expect((await callOf(slack, "views.push"))["view"]).toContain("older version");
});

test("a form that is no longer known stays open and filled, with a sentence", async () => {
  const { url } = await start();
  const { body } = await post(url, { body: interaction(submission("gone")) });
  expect(body).toMatchObject({ errors: { title: expect.stringContaining("older version") } });
});

test("a sentence for a form without inputs takes the form's place", async () => {
  const { url } = await start();
  const bare = submission("gone", { view: view("gone", { blocks: [{ type: "section" }] }) });
  const { body } = await post(url, { body: interaction(bare) });
  expect(body).toMatchObject({ response_action: "update", view: { callback_id: "receipt" } });
});

test("a button that only opens a web page is taken in silence", async () => {
  const { url, slack } = await start();
  const link = { type: "button", action_id: "x", block_id: "b", url: "https://example.org" };
  const pressed = press("x", { actions: [link], response_url: `${slack.apiUrl}first` });
  expect((await post(url, { body: interaction(pressed) })).status).toBe(200);
  const next = press("gone", { response_url: `${slack.apiUrl}second` });
  await post(url, { body: interaction(next) });
  await callOf(slack, "second");
  expect(slack.calls.map(({ method }) => method)).toEqual(["second"]);
});

test("a command opens its form before it is answered, with the text as it was typed", async () => {
  const { url, slack } = await start();
  const text = "declare a &lt;b&gt; &amp;lt; <@U2|ada>";
  expect(await post(url, { body: typed(text) })).toMatchObject({ status: 200, text: "" });
  expect(slack.calls.map(({ method }) => method)).toEqual(["views.open"]);
  const { blocks } = JSON.parse(slack.calls[0]!.args["view"]!);
  expect(JSON.stringify(blocks)).toContain(JSON.stringify("a <b> &lt; @ada"));
});

test("a form that Slack does not open is told of", async () => {
  const { url, slack } = await start({}, { "views.open": refuse("expired_trigger_id") });
  const { body } = await post(url, { body: typed("declare") });
  expect(body["text"]).toContain("did not open");
  const response_url = `${slack.apiUrl}respond`;
  await post(url, { body: interaction(press("declare-incident", { response_url })) });
  expect((await callOf(slack, "respond"))["text"]).toContain("did not open");
});

test("another command word of the same app points to the right one", async () => {
  const { url } = await start();
  const { body } = await post(url, { body: typed("help", { command: "/other" }) });
  expect(body["text"]).toContain("/incident");
});

test("the log names the subcommand, and neither words of people nor tokens", async () => {
  const { url, logged } = await start({}, { "views.open": refuse("invalid_auth") });
  await post(url, { body: typed("declare my-private-words") });
  await post(url, { body: typed("my-mistyped-words") });
  await post(url, { body: "x=my-unsigned-words", signature: "v0=bad" });
  await post(url, { body: interaction(press("my-unknown-button")) });
  const { url: brokenUrl, logged: brokenLogged } = await start({ clock: broken });
  await post(brokenUrl, { body: typed("help") });
  const text = logged() + brokenLogged();
  expect(text).toContain('"name":"declare"');
  for (const secret of [botToken, signingSecret, "my-", "a secret sentence", "x=y"]) {
    expect(text).not.toContain(secret);
  }
});

test("Slack is never asked who the bot is", async () => {
  const { url, slack } = await start();
  await post(url, told(event(joined)));
  await post(url, { body: typed("help") });
  expect(slack.calls).toEqual([]);
});
