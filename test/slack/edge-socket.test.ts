// Goal: over Socket Mode nothing is acked before it is done, and no way of Slack's to hang up or refuse
// leaves the bot deaf or kills it. Method: the real edge against a Web API and a WebSocket server of the
// test's own. An unhandled rejection anywhere fails the run.

import { beforeAll, expect, test } from "vitest";
import { PermanentError, TransientError } from "#src/lib/errors.ts";
import { type TestDatabase, testDatabase } from "#test/support/database.ts";
import { appToken, botToken, heldClock, startEdge } from "./edge.ts";
import { type Answer, startFakeSlack } from "./fake-slack.ts";
import { type FakeSockets, startFakeSockets } from "./fake-sockets.ts";
import { command, event, joined, submission } from "./payloads.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

type EdgeOptions = Partial<Parameters<typeof startEdge>[0]>;

/** `open` answers apps.connections.open; without it every connection is let in. */
async function start(options: EdgeOptions = {}, open?: (url: string) => Answer) {
  const sockets = await startFakeSockets();
  const slack = await startFakeSlack({
    "apps.connections.open": open?.(sockets.url) ?? (() => ({ ok: true, url: sockets.url })),
  });
  const edge = await startEdge({
    db: database.db,
    apiUrl: slack.apiUrl,
    isSocketMode: true,
    ...options,
  });
  return { ...edge, slack, sockets };
}

/** An envelope that asks for nothing and is acked at once: what was to happen before it has happened. */
async function roundTrip(sockets: FakeSockets): Promise<void> {
  const id = sockets.deliver("events_api", { type: "app_rate_limited", team_id: "T1" });
  await expect.poll(() => sockets.acks.has(id)).toBe(true);
}

const away = async (): Promise<Date> => {
  throw new TransientError("db_away", "away");
};

test("a command is answered in the ack", async () => {
  const { app, sockets } = await start();
  expect(app.state()).toBe("connected");
  const id = sockets.deliver("slash_commands", command("help"));
  await expect.poll(() => sockets.acks.get(id)).toMatchObject({ response_type: "ephemeral" });
});

test("a form's errors are the ack's payload", async () => {
  const { sockets } = await start();
  const id = sockets.deliver("interactive", submission("declare-incident"));
  await expect.poll(() => sockets.acks.get(id)).toMatchObject({ response_action: "errors" });
});

test("an event is acked only when its listener is done", async () => {
  const { clock, asked, release } = heldClock();
  const { sockets } = await start({ clock });
  const id = sockets.deliver("events_api", event(joined));
  await asked;
  await roundTrip(sockets);
  expect(sockets.acks.has(id)).toBe(false);
  release();
  await expect.poll(() => sockets.acks.has(id)).toBe(true);
});

test.each([
  ["an event", "events_api", () => event(joined)],
  ["a command", "slash_commands", () => command("help")],
  ["a form", "interactive", () => submission("declare-incident")],
])("%s that cannot be answered now is not acked", async (_name, type, payload) => {
  const { sockets, logged } = await start({ clock: away });
  const id = sockets.deliver(type, payload());
  await expect.poll(logged).toContain("could not answer a request");
  await roundTrip(sockets);
  expect(sockets.acks.has(id)).toBe(false);
});

test("an envelope that holds no event is acked, and breaks nothing", async () => {
  const { sockets } = await start();
  await roundTrip(sockets);
  const next = sockets.deliver("slash_commands", command("help"));
  await expect.poll(() => sockets.acks.has(next)).toBe(true);
});

test("where Slack asks to go, another connection is there and a new one comes", async () => {
  const { app, sockets, slack } = await start();
  await expect.poll(() => sockets.open.size).toBe(2);
  const [first] = sockets.open;
  first?.send(JSON.stringify({ type: "disconnect", reason: "refresh_requested" }));
  await expect.poll(() => sockets.open.has(first!)).toBe(false);
  expect(app.state()).toBe("connected");
  await expect.poll(() => sockets.open.size, { timeout: 3_000 }).toBe(2);
  expect(slack.calls.length).toBe(3);
});

test("where every connection is cut they come back", async () => {
  const { app, sockets } = await start();
  await expect.poll(() => sockets.open.size).toBe(2);
  for (const socket of sockets.open) socket.terminate();
  await expect.poll(() => app.state()).not.toBe("connected");
  await expect.poll(() => sockets.open.size, { timeout: 3_000 }).toBe(2);
  await expect.poll(() => app.state()).toBe("connected");
  const id = sockets.deliver("slash_commands", command("help"));
  await expect.poll(() => sockets.acks.has(id)).toBe(true);
});

test("a start waits for a Slack that is away", async () => {
  let failures = 3;
  const { app } = await start({}, (url) => (_call, response) => {
    failures -= 1;
    return failures >= 0 ? void response.writeHead(503).end() : { ok: true, url };
  });
  expect(app.state()).toBe("connected");
});

test("a start that Slack refuses for good says why", async () => {
  const { app } = await start({ isStarted: false }, () => () => ({
    ok: false,
    error: "invalid_auth",
  }));
  const failure = await app.start().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PermanentError);
  expect(failure).toMatchObject({ code: "invalid_auth" });
});

test("a refusal later on is told, and is not the end", async () => {
  let isRefused = false;
  const { app, sockets, logged } = await start(
    {},
    (url) => () => (isRefused ? { ok: false, error: "invalid_auth" } : { ok: true, url }),
  );
  await expect.poll(() => sockets.open.size).toBe(2);
  isRefused = true;
  for (const socket of sockets.open) socket.terminate();
  await expect.poll(() => app.state(), { timeout: 3_000 }).toBe("away");
  expect(logged()).toContain("Slack refuses");
  isRefused = false;
  await expect.poll(() => app.state(), { timeout: 4_000 }).toBe("connected");
});

test("a stop answers what is under way before it hangs up", async () => {
  const { clock, asked, release } = heldClock();
  const { app, sockets } = await start({ clock });
  const id = sockets.deliver("events_api", event(joined));
  await asked;
  const stopped = app.stop(5_000);
  const late = sockets.deliver("events_api", event(joined));
  await roundTrip(sockets);
  release();
  await stopped;
  await expect.poll(() => sockets.acks.has(id)).toBe(true);
  expect(sockets.acks.has(late)).toBe(false);
  await expect.poll(() => sockets.open.size).toBe(0);
});

test("connections are opened with the app's own token, and none is logged", async () => {
  const { slack, sockets, logged } = await start();
  const id = sockets.deliver("slash_commands", command("help"));
  await expect.poll(() => sockets.acks.has(id)).toBe(true);
  const opened = slack.calls.filter(({ method }) => method === "apps.connections.open");
  expect(new Set(opened.map(({ authorization }) => authorization))).toEqual(
    new Set([`Bearer ${appToken}`]),
  );
  for (const socket of sockets.open) socket.terminate();
  await expect.poll(() => sockets.open.size).toBe(0);
  for (const secret of [appToken, botToken, "a-secret-ticket"]) {
    expect(logged()).not.toContain(secret);
  }
});
