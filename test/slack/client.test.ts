// Goal: each call to Slack goes out as the contract says and its answer comes back in our words.
// Method: the real client against a Web API of the test's own that records what it was asked.

import { expect, test } from "vitest";
import { createSlackApi } from "#src/slack/client.ts";
import { type Answer, refuse, startFakeSlack } from "./fake-slack.ts";

const me: Answer = () => ({ ok: true, team_id: "T1", user_id: "UBOT", bot_id: "BBOT" });
const since = new Date("2026-03-09T09:20:00Z");

async function start(answers: Record<string, Answer>) {
  const { apiUrl, calls } = await startFakeSlack({ "auth.test": me, ...answers });
  const slack = createSlackApi({ token: "xoxb-1", apiUrl, timeoutMs: 2_000 });
  const argsOf = (method: string) =>
    calls.filter((call) => call.method === method).map((call) => call.args);
  return { slack, calls, argsOf };
}

/** Two pages of whatever stands under `key`. */
function paged(key: string, first: unknown[], second: unknown[]): Answer {
  return ({ args }) =>
    args["cursor"] === "next"
      ? { ok: true, [key]: second }
      : { ok: true, [key]: first, response_metadata: { next_cursor: "next" } };
}

test("a message carries its effect, unfurls nothing and parses nothing", async () => {
  const { slack, argsOf } = await start({
    "chat.postMessage": () => ({ ok: true, ts: "1.2" }),
  });
  const message = { text: "A <!channel> sentence.", blocks: [{ type: "divider" as const }] };
  expect(await slack.postMessage("C1", message, "effect-1")).toBe("1.2");
  const [args] = argsOf("chat.postMessage");
  expect(args).toMatchObject({
    channel: "C1",
    text: "A <!channel> sentence.",
    blocks: '[{"type":"divider"}]',
    parse: "none",
    unfurl_links: "false",
    unfurl_media: "false",
  });
  expect(JSON.parse(args?.["metadata"] ?? "")).toEqual({
    event_type: "faultline_effect",
    event_payload: { effect_id: "effect-1" },
  });
});

test("our own message of an effect is found on a later page, and nobody else's", async () => {
  const carrying = (effectId: string, from: object, ts: string) => ({
    ts,
    ...from,
    metadata: { event_type: "faultline_effect", event_payload: { effect_id: effectId } },
  });
  const { slack, argsOf } = await start({
    "conversations.history": paged(
      "messages",
      [carrying("effect-1", { user: "U9", bot_id: "BOTHER" }, "9.1"), { ts: "9.0", user: "UBOT" }],
      [
        carrying("effect-2", { user: "UBOT" }, "8.2"),
        carrying("effect-1", { bot_id: "BBOT" }, "8.1"),
      ],
    ),
  });
  expect(await slack.findMessage("C1", "effect-1", since)).toBe("8.1");
  expect(await slack.findMessage("C1", "effect-3", since)).toBeUndefined();
  const [first] = argsOf("conversations.history");
  expect(first).toMatchObject({ channel: "C1", include_all_metadata: "true" });
  expect(Number(first?.["limit"])).toBeLessThanOrEqual(999);
  expect(Number(first?.["oldest"]) * 1_000).toBeLessThan(since.getTime());
});

test("who we are is asked once, and again only where that failed", async () => {
  let isAway = true;
  const { slack, argsOf } = await start({
    "auth.test": (call, response) =>
      isAway ? void response.writeHead(503).end() : me(call, response),
    "conversations.history": () => ({ ok: true, messages: [] }),
  });
  await expect(slack.whoAmI()).rejects.toThrow();
  isAway = false;
  expect(await slack.whoAmI()).toEqual({ teamId: "T1", botUserId: "UBOT", botId: "BBOT" });
  await slack.findMessage("C1", "effect-1", since);
  expect(argsOf("auth.test").length).toBe(2);
});

test("a channel of this name is ours only if we made it, and not long ago", async () => {
  const created = since.getTime() / 1_000;
  const named = (id: string, more: object) => ({ id, name: "inc-1-old-rule", created, ...more });
  const { slack } = await start({
    "users.conversations": paged(
      "channels",
      [named("C1", { creator: "U1" }), named("C2", { creator: "UBOT", created: created - 3_600 })],
      [named("C3", { creator: "UBOT" })],
    ),
  });
  expect(await slack.findOwnChannel("inc-1-old-rule", since)).toEqual({ channelId: "C3" });
  expect(await slack.findOwnChannel("inc-2", since)).toBeUndefined();
});

test("people are invited by the hundred, and who is there already is no failure", async () => {
  const { slack, argsOf } = await start({
    "conversations.invite": ({ args }) =>
      args["users"]?.startsWith("U0,")
        ? {
            ok: true,
            errors: [
              { user: "U1", ok: false, error: "user_is_restricted" },
              { user: "U2", ok: false, error: "already_in_channel" },
            ],
          }
        : { ok: true },
  });
  const people = Array.from({ length: 230 }, (_one, index) => `U${index}`);
  const { failed } = await slack.invite("C1", people);
  expect(failed).toEqual([{ userId: "U1", reason: "user_is_restricted" }]);
  const calls = argsOf("conversations.invite");
  expect(calls.map(({ users }) => users?.split(",").length)).toEqual([100, 100, 30]);
  expect(calls.every(({ force }) => force === "true")).toBe(true);
});

test("a refused invitation that names nobody is sent again person by person", async () => {
  const { slack } = await start({
    "conversations.invite": ({ args }) =>
      args["users"] === "U1" ? { ok: true } : { ok: false, error: "cant_invite" },
  });
  const { failed } = await slack.invite("C1", ["U1", "U2"]);
  expect(failed).toEqual([{ userId: "U2", reason: "cant_invite" }]);
});

test("an invitation into an archived channel is refused as a whole", async () => {
  const { slack } = await start({ "conversations.invite": refuse("is_archived") });
  await expect(slack.invite("C1", ["U1", "U2"])).rejects.toMatchObject({ code: "is_archived" });
});

test("what is pinned is not pinned again, by our look or by Slack's word", async () => {
  const { slack, argsOf } = await start({
    "pins.list": ({ args }) => ({
      ok: true,
      items: args["channel"] === "C1" ? [{ type: "message", message: { ts: "1.1" } }] : [],
    }),
    "pins.add": refuse("already_pinned"),
  });
  await slack.pin("C1", "1.1");
  expect(argsOf("pins.add")).toEqual([]);
  await slack.pin("C2", "1.1");
  expect(argsOf("pins.add").length).toBe(1);
});

test("a person comes back in our words, and an unknown one as nobody", async () => {
  const user = {
    id: "U1",
    team_id: "T1",
    name: "ada",
    is_ultra_restricted: true,
    profile: { display_name: "", real_name: "Ada" },
  };
  const { slack } = await start({
    "users.info": ({ args }) =>
      args["user"] === "U1" ? { ok: true, user } : { ok: false, error: "user_not_found" },
    "users.lookupByEmail": refuse("users_not_found"),
    "users.list": () => ({ ok: true, members: [user], response_metadata: { next_cursor: "" } }),
  });
  const person = {
    userId: "U1",
    teamId: "T1",
    displayName: "Ada",
    isGuest: true,
    isDeactivated: false,
    isBot: false,
  };
  expect(await slack.findUser("U1")).toEqual(person);
  expect(await slack.findUser("U2")).toBeUndefined();
  expect(await slack.findUserByEmail("a@example.org")).toBeUndefined();
  expect(await slack.listUsers()).toEqual({ users: [person], nextCursor: undefined });
});

test("members are read to the last page", async () => {
  const { slack } = await start({ "conversations.members": paged("members", ["U1"], ["U2"]) });
  expect(await slack.listMembers("C1")).toEqual(["U1", "U2"]);
});

test("two clients keep to their own tokens", async () => {
  const { apiUrl, calls } = await startFakeSlack();
  const one = createSlackApi({ token: "xoxb-1", apiUrl, timeoutMs: 2_000 });
  const other = createSlackApi({ token: "xoxb-2", apiUrl, timeoutMs: 2_000 });
  await one.joinChannel("C1");
  await other.joinChannel("C1");
  expect(calls.map(({ authorization }) => authorization)).toEqual([
    "Bearer xoxb-1",
    "Bearer xoxb-2",
  ]);
});
